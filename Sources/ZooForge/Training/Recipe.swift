/// How long and how fast a network is trained: Adam, a rate that rises over the first tenth of the steps and then
/// falls to zero in a straight line.
public struct Recipe: Sendable, Hashable {
    public let steps: Int
    /// Words a step.
    public let batch: Int
    /// The highest rate.
    public let learningRate: Double

    public init(steps: Int, batch: Int = 32, learningRate: Double = 0.003) {
        precondition(steps >= 0 && batch > 0, "training has a length")
        self.steps = steps
        self.batch = batch
        self.learningRate = learningRate
    }

    /// What every fine-tuning run of the zoo uses: three passes over a large task, but at least 2,400 words and at
    /// most 6,000, in steps of 32 (of 16 where there are fewer than 200 words).
    public static func fineTuning(trainingWords: Int) -> Recipe {
        let batch = trainingWords < 200 ? 16 : 32
        let words = min(6000, max(2400, 3 * trainingWords))
        return Recipe(steps: words / batch, batch: batch, learningRate: 0.002)
    }

    /// The rate of one step, counted from 0.
    public func learningRate(at step: Int) -> Double {
        let warm = max(1, steps / 10)
        if step < warm { return learningRate * Double(step + 1) / Double(warm) }
        return learningRate * Double(steps - step) / Double(max(1, steps - warm))
    }
}
