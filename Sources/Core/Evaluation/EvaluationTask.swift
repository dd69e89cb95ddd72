/// One target to predict: with one seed, and in one fold of what is held out.
public struct EvaluationTask: Hashable, Sendable {
    public let seed: UInt64
    /// From 0; there is one only where whole datasets are held out.
    public let fold: Int
    /// The target's index among the zoo's datasets.
    public let target: Int

    public init(seed: UInt64, fold: Int = 0, target: Int) {
        self.seed = seed
        self.fold = fold
        self.target = target
    }
}
