import Synchronization

/// The targets that an evaluation has done so far, for one that is interrupted and goes on later. Thread-safe.
///
/// It belongs to one zoo, its methods and their settings: whoever goes on sees to it that these are the same.
public final class FinishedTargets: Sendable {
    private let cells = Mutex<[EvaluationTask: [Evaluation.Cell]]>([:])

    public init() {}

    /// How many targets are done, each seed and fold counting.
    public var count: Int { cells.withLock { $0.count } }

    /// A cell a method, in the evaluation's order; `nil` where the task is not done.
    public subscript(task: EvaluationTask) -> [Evaluation.Cell]? {
        get { cells.withLock { $0[task] } }
        set { cells.withLock { $0[task] = newValue } }
    }
}
