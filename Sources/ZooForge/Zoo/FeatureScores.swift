import Core

/// The transferability scores of a model's features for a target, before any fine-tuning.
enum FeatureScores {
    /// The words that are looked at, at most: the first of the training words, which stand in random order.
    static let words = 1500

    static func scores(
        of model: TrainedModel, on task: WordTask, _ work: Work
    ) throws -> [(method: String, value: Double)] {
        []
    }
}
