/// A transferability score of the zoo as the prediction: the value computed for each model on the target.
public struct ScoreMethod: PredictionMethod {
    public let name: String
    private let index: Int

    /// - Parameter index: the score's index in the zoo's ``Zoo/scores``.
    init(_ score: Zoo.Score, index: Int) {
        name = score.method
        self.index = index
    }

    public func predict(_ workspace: TargetWorkspace) throws -> Prediction {
        let zoo = workspace.zoo
        var values = [Double?](repeating: nil, count: zoo.known.models.count)
        let table = zoo.known.scores[index].values
        for position in table.column(zoo.target) { values[Int(table.models[position])] = table.values[position] }
        return Prediction(method: name, target: zoo.target, values: values)
    }
}
