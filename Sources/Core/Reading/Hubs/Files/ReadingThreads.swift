import Foundation
import Support
import Synchronization

/// Reads many files side by side.
package enum ReadingThreads {
    /// How many threads read; as many as there are processors where `nil`. What is read is the same.
    @TaskLocal package static var count: Int?

    /// What `body` makes of each item, in the items' order, whatever thread read it.
    ///
    /// - Parameter stage: what is said while it goes on.
    /// - Throws: `Cancelled`.
    static func map<Item: Sendable, Value: Sendable>(
        _ items: [Item], stage: String, work: Work, _ body: @escaping @Sendable (Item) -> Value
    ) throws -> [Value] {
        // A few dozen at a time: a thread that takes each file by itself spends its time on taking.
        let size = 32
        let chunks = stride(from: 0, to: items.count, by: size).map { $0..<min($0 + size, items.count) }
        let done = Atomic(0)
        let threads = count ?? ProcessInfo.processInfo.activeProcessorCount
        let values = try Parallel.map(chunks, threads: threads, work: work) { chunk in
            var values: [Value] = []
            values.reserveCapacity(chunk.count)
            for index in chunk {
                try work.check()
                values.append(body(items[index]))
            }
            let count = done.add(chunk.count, ordering: .relaxed).newValue
            work.report(stage, Double(count) / Double(items.count))
            return values
        }
        return values.flatMap { $0 }
    }
}
