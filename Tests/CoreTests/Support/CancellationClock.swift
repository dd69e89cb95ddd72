import Testing
import TransferGraphCore

/// Measures how soon work leaves off when it is told to.
enum CancellationClock {
    /// Runs work that takes longer than `limit`, which is told to stop after that, and gives the time from then until it
    /// has stopped.
    static func delay(after limit: Duration, _ body: (Work) throws -> some Any) throws -> Duration {
        let start = ContinuousClock.now
        let work = Work(isCancelled: { ContinuousClock.now - start > limit }, report: { _, _ in })
        #expect(throws: Cancelled.self) { _ = try body(work) }
        return ContinuousClock.now - start - limit
    }
}
