import Dispatch
import Support
import Synchronization

extension Parallel {
    /// Runs `body` for every index in `0..<count` on at most `threads` threads, and returns when all are done.
    ///
    /// Which thread runs which index is left open: what `body` does must not depend on it. With one thread, or one index,
    /// everything runs on the calling thread, in order. Once the work is cancelled no further index begins.
    ///
    /// - Throws: `Cancelled` if the work was cancelled before or while it ran.
    package static func loop(
        _ count: Int, threads: Int, work: Work, _ body: @Sendable (Int) -> Void
    ) throws(Cancelled) {
        let workers = min(threads, count, NumericMemory.concurrency)
        guard workers > 1, ThreadSupply.isEnough else {
            for index in 0..<count {
                try work.check()
                body(index)
            }
            return try work.check()
        }
        let next = Atomic<Int>(0)
        DispatchQueue.concurrentPerform(iterations: workers) { _ in
            while !work.isCancelled() {
                let index = next.add(1, ordering: .relaxed).oldValue
                guard index < count else { return }
                body(index)
            }
        }
        try work.check()
    }
}
