import Synchronization
import TransferGraphCore

/// What the last interrupted evaluations had finished, so that the same line continues from there.
enum UnfinishedEvaluation {
    private static let last = Mutex<[String: FinishedTargets]>([:])

    /// The finished part of the evaluation with this key; empty if others were interrupted since.
    ///
    /// - Parameter key: computed only if something is unfinished.
    static func targets(for key: @autoclosure () throws -> String) rethrows -> FinishedTargets {
        if last.withLock({ $0.isEmpty }) { return FinishedTargets() }
        let key = try key()
        return last.withLock { $0[key] } ?? FinishedTargets()
    }

    /// Keeps what one line had finished, in place of another's.
    static func keep(_ finished: [String: FinishedTargets]) { last.withLock { $0 = finished } }

    /// Forgets completed evaluations.
    static func remove(_ keys: @autoclosure () throws -> [String]) rethrows {
        if last.withLock({ $0.isEmpty }) { return }
        let keys = try keys()
        last.withLock { last in
            for key in keys { last[key] = nil }
        }
    }

    /// Equal for evaluations that predict the same: of one zoo, by the same methods with the same settings. The targets
    /// may differ.
    static func key(_ zoo: Zoo, _ evaluator: Evaluator) throws(Cancelled) -> String {
        try
            "\(zoo.name) \(zoo.contentHash()) \(evaluator.methods) \(evaluator.holdOut) \(evaluator.historyRatio) \(evaluator.modelRatio) \(evaluator.settings)"
    }
}
