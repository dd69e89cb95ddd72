import Foundation
import Glibc
import Support

/// Whether the system gives this process the threads that parallel work would take.
///
/// Where it does not (`ulimit -u`), Dispatch asks again and again for ever; so it is tried once, before the first use,
/// with as many threads as would run at the same time. Where the address space is limited too, the room for their stacks
/// is looked at each time.
enum ThreadSupply {
    static var isEnough: Bool { isAllowed && hasRoom }

    private static let count = ProcessInfo.processInfo.activeProcessorCount + 1
    private static let isAllowed = start(count)
    /// What is mapped for a thread's stack, and what of that is used, in bytes.
    private static let stack = (mapped: 9 << 20, used: 256 << 10)

    private static var hasRoom: Bool {
        guard MemoryLimit.isSet else { return true }
        do { try MemoryBudget.require(count * stack.used, mapping: count * stack.mapped) } catch { return false }
        return true
    }

    private static func start(_ count: Int) -> Bool {
        let gate = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
        pthread_mutex_init(gate, nil)
        pthread_mutex_lock(gate)
        var threads: [pthread_t] = []
        defer {
            pthread_mutex_unlock(gate)
            for thread in threads { pthread_join(thread, nil) }
            pthread_mutex_destroy(gate)
            gate.deallocate()
        }
        for _ in 0..<count {
            var thread = pthread_t()
            let error = pthread_create(
                &thread, nil,
                { gate in
                    guard let gate = gate?.assumingMemoryBound(to: pthread_mutex_t.self) else { return nil }
                    pthread_mutex_lock(gate)
                    pthread_mutex_unlock(gate)
                    return nil
                }, gate)
            guard error == 0 else { return false }
            threads.append(thread)
        }
        return true
    }
}
