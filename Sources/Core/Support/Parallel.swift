import Dispatch
import Support
import Synchronization

/// Runs independent pieces of work on several threads.
public enum Parallel {
    /// What `body` makes of each item, in the items' order, whatever thread made it.
    ///
    /// - Parameters:
    ///   - items: what is worked on.
    ///   - threads: how many items are worked on at the same time, at least 1.
    ///   - work: asked before each item whether to go on.
    ///   - body: makes one value; it may run on any thread.
    /// - Throws: the first error in the items' order, or `Cancelled`; once something failed no further item begins.
    public static func map<Item: Sendable, Value: Sendable>(
        _ items: [Item], threads: Int, work: Work = .unwatched, _ body: @Sendable (Item) throws -> Value
    ) throws -> [Value] {
        let workers = max(1, min(threads, items.count, NumericMemory.concurrency))
        if workers == 1 || !ThreadSupply.isEnough {
            return try items.map { item in
                try work.check()
                return try body(item)
            }
        }
        let next = Atomic(0)
        let slots = UnsafeMutableBufferPointer<Result<Value, any Error>?>.allocate(capacity: items.count)
        slots.initialize(repeating: nil)
        defer { slots.deinitialize().deallocate() }
        // Each slot is written by the one thread that drew its index, and read when all threads are done.
        nonisolated(unsafe) let results = slots
        let hasFailed = Atomic(false)
        DispatchQueue.concurrentPerform(iterations: workers) { _ in
            while !hasFailed.load(ordering: .relaxed) {
                let index = next.add(1, ordering: .relaxed).oldValue
                guard index < items.count else { return }
                let result = Result {
                    try work.check()
                    return try body(items[index])
                }
                if case .failure = result { hasFailed.store(true, ordering: .relaxed) }
                results[index] = result
            }
        }
        for case .failure(let error)? in results { throw error }
        return try results.map { result in
            guard let result else { throw Cancelled() }
            return try result.get()
        }
    }
}
