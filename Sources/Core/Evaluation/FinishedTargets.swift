import Synchronization

/// The targets that an evaluation has done so far, for one that is interrupted and goes on later. Thread-safe.
///
/// It belongs to one zoo, its methods and their settings: whoever goes on sees to it that these are the same.
public final class FinishedTargets: Sendable {
    private struct Key: Hashable {
        let seed: UInt64
        let target: Int
    }
    private let cells = Mutex<[Key: [Evaluation.Cell]]>([:])

    public init() {}

    /// How many targets are done, each seed counting.
    public var count: Int { cells.withLock { $0.count } }

    /// A cell a method, in the evaluation's order; `nil` where the target is not done with this seed.
    public subscript(seed seed: UInt64, target target: Int) -> [Evaluation.Cell]? {
        get { cells.withLock { $0[Key(seed: seed, target: target)] } }
        set { cells.withLock { $0[Key(seed: seed, target: target)] = newValue } }
    }
}
