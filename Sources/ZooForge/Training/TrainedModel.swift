/// A network that was trained on a task, as the zoo keeps it.
public struct TrainedModel: Sendable {
    public let name: String
    public let architecture: Architecture
    /// The task it was trained on last.
    public let task: String
    /// That task's number of classes.
    public let classes: Int
    /// All weights, the classifier's last.
    public let weights: [Float]
    /// The share of the task's test words whose class it finds.
    public let accuracy: Double
    /// The mean cross-entropy on the test words, in nats.
    public let loss: Double
    /// The seed of its first weights and of the order of its words.
    public let seed: UInt64
    public let recipe: Recipe
    /// The model it was trained on from, where there is one.
    public let parent: String?
    public let curve: LearningCurve

    /// The number of weights without the classifier's.
    public var encoderParameters: Int { Network<Float>.encoderParameterCount(of: architecture) }

    /// The weights without the classifier's.
    var encoder: ArraySlice<Float> {
        weights[..<encoderParameters]
    }
}
