import TransferGraphCore

extension PredictionScale {
    /// What is predicted on a target, as a title says it.
    func title(on target: String) -> String {
        switch self {
        case .place: "predicted place on \(target), from 0 (its worst model) to 1 (its best)"
        case .deviations: "predicted deviations from the mean on \(target)"
        case .own: "scores on \(target)"
        case .random: "random numbers for \(target)"
        }
    }

    /// What the numbers are: what follows "predicted is" in a sentence.
    func phrase(on target: String) -> String {
        switch self {
        case .place:
            "a place on \(target): 0 is its worst model, 1 its best, and a model may be predicted a little beyond"
        case .deviations:
            "by how many standard deviations a model is expected above the mean of the results on \(target), or below it where negative"
        case .own: "a score in its own unit, of which the order counts"
        case .random: "a number drawn at random, which says nothing of a model"
        }
    }
}
