import CLinux
import Glibc
import Synchronization

/// Checks, during long work, whether the memory that the process may take is nearly used up, so that the work can stop
/// before the system ends the process.
package final class MemoryWatch: Sendable {
    /// How often the system is asked, in nanoseconds.
    private static let period: Int64 = 10_000_000

    private let next = Atomic<Int64>(0)
    private let isOver = Atomic(false)
    private let found = Mutex<OutOfMemory?>(nil)

    package init() {}

    /// What is missing, once ``isShort`` has said so.
    package var shortage: OutOfMemory? { found.withLock { $0 } }

    /// Whether too little is left to go on; once true it stays so. Cheap enough for inner loops.
    package var isShort: Bool {
        guard MemoryLimit.isSet else { return false }
        if isOver.load(ordering: .relaxed) { return true }
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC_COARSE, &time)
        let now = Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
        let due = next.load(ordering: .relaxed)
        guard now >= due,
            next.compareExchange(expected: due, desired: now + Self.period, ordering: .relaxed).exchanged
        else { return false }
        guard let limit = MemoryLimit.ofProcess.first(where: Self.isShort) else { return false }
        found.withLock { $0 = OutOfMemory(needed: nil, limit: limit) }
        isOver.store(true, ordering: .relaxed)
        return true
    }

    private static func isShort(_ limit: MemoryLimit) -> Bool {
        let reserve = MemoryBudget.reserve(of: limit)
        return limit.left < reserve && limit.left + MemoryBudget.unused(in: limit) < reserve
    }
}
