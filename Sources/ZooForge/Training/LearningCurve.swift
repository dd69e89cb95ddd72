/// How a training run went: the mean loss since the point before, and the accuracy on the test words.
public struct LearningCurve: Sendable, Equatable {
    public struct Point: Sendable, Equatable {
        /// Steps made so far.
        public let step: Int
        /// The mean cross-entropy, in nats, of the training words since the last point; at step 0 of the test words.
        public let trainingLoss: Double
        /// The share of the test words whose class is found.
        public let accuracy: Double
    }

    public let points: [Point]
}
