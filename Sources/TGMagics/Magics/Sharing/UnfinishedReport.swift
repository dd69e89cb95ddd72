import Synchronization
import TransferGraphCore

/// What the last interrupted `%report` had done, so that the same line goes on from there.
final class UnfinishedReport: Sendable {
    private static let last = Mutex<UnfinishedReport?>(nil)

    private let key: String
    private let made: Mutex<[Int: ReportPlan.Made]>
    /// The targets that the report's evaluation has done.
    let evaluated: FinishedTargets

    /// What is done of the report that is planned; nothing where another was interrupted since.
    init(_ plan: ReportPlan) {
        let before = Self.last.withLock { $0?.key == plan.key ? $0 : nil }
        key = plan.key
        made = Mutex(before?.made.withLock { $0 } ?? [:])
        evaluated = before?.evaluated ?? FinishedTargets()
    }

    var madeCount: Int { made.withLock { $0.count } }

    subscript(target: Int) -> ReportPlan.Made? {
        get { made.withLock { $0[target] } }
        set { made.withLock { $0[target] = newValue } }
    }

    func keep() { Self.last.withLock { $0 = self } }

    static func forget() { last.withLock { $0 = nil } }
}
