/// A zoo that was measured: everything its files say.
public struct MadeZoo: Sendable {
    public struct Model: Sendable {
        public let plan: ModelPlan
        /// The number of its weights without the classifier.
        public let parameters: Int
        /// The classes of the task it was trained on.
        public let classes: Int
        /// On its own task's test words, 0 to 1.
        public let accuracy: Double
        /// On its own task's test words, in nats a word.
        public let loss: Double
    }

    public struct Task: Sendable {
        public let definition: TaskDefinition
        public let classes: Int
        public let trainingWords: Int
        public let testWords: Int
        /// The mean of the probe's features over the training words.
        public let embedding: [Float]
    }

    /// One model fine-tuned on one target.
    public struct Run: Sendable {
        public let model: String
        public let target: String
        public let seed: UInt64
        /// On the target's test words, 0 to 1.
        public let accuracy: Double
    }

    public struct Score: Sendable {
        public let model: String
        public let target: String
        /// As the paper that introduced it writes it, such as `LogME`.
        public let method: String
        public let value: Double
    }

    public let models: [Model]
    /// Sources, then targets.
    public let tasks: [Task]
    /// One run for each model and target, in the models' and then the targets' order.
    public let records: [Run]
    /// For a tenth of the cells the run of the record and two with other seeds.
    public let noise: [Run]
    public let scores: [Score]
}
