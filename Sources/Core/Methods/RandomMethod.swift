/// A number drawn at random for each model: what no method may fall behind.
public struct RandomMethod: PredictionMethod {
    public let name = "random"
    public var scale: PredictionScale { .random }

    public init() {}

    public func predict(_ workspace: TargetWorkspace) throws -> Prediction {
        var generator = SeededGenerator(
            seed: workspace.settings.seed, purpose: .randomPrediction, item: workspace.zoo.target)
        return Prediction(
            method: name, target: workspace.zoo.target,
            values: workspace.zoo.known.models.map { _ in generator.uniform() })
    }
}
