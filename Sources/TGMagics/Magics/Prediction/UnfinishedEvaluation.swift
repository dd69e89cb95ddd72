import Synchronization
import TransferGraphCore

/// What the last interrupted `%evaluate` had done, so that the same line goes on from there.
enum UnfinishedEvaluation {
    private static let last = Mutex<(key: Int, finished: FinishedTargets)?>(nil)

    /// What is done of the evaluation with this key; nothing where another was interrupted since.
    static func targets(for key: Int) -> FinishedTargets {
        last.withLock { $0?.key == key ? $0?.finished : nil } ?? FinishedTargets()
    }

    static func keep(_ finished: FinishedTargets, for key: Int) { last.withLock { $0 = (key, finished) } }

    /// Forgets it, once it is done.
    static func remove(_ key: Int) { last.withLock { if $0?.key == key { $0 = nil } } }

    /// The same for evaluations that predict the same: of one zoo, by the same methods with the same settings. The targets
    /// may differ.
    static func key(_ zoo: Zoo, _ evaluator: Evaluator) -> Int {
        var hasher = Hasher()
        hasher.combine(zoo.name)
        for model in zoo.models { hasher.combine(model.name) }
        for dataset in zoo.datasets { hasher.combine(dataset.name) }
        for table in [zoo.results] + zoo.scores.map(\.values) {
            hasher.combine(table.offsets)
            hasher.combine(table.models)
            hasher.combine(table.values)
        }
        hasher.combine(zoo.distances?.values ?? [])
        hasher.combine(evaluator.methods)
        hasher.combine(evaluator.holdOut)
        hasher.combine(evaluator.historyRatio)
        hasher.combine(evaluator.modelRatio)
        hasher.combine("\(evaluator.settings)")
        return hasher.finalize()
    }
}
