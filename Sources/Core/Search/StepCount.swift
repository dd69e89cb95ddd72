import Support
import Synchronization

/// Counts finished steps of work on several threads and passes them on; the steps' own reports stay unheard.
final class StepCount: Sendable {
    private let done = Atomic(0)
    private let steps: Int
    private let work: Work

    init(steps: Int, work: Work) {
        self.steps = steps
        self.work = work
    }

    var quiet: Work { Work(isCancelled: work.isCancelled, report: { _, _ in }) }

    func step(_ label: String) {
        let count = done.add(1, ordering: .relaxed).newValue
        work.report(label, Double(count) / Double(max(1, steps)))
    }
}
