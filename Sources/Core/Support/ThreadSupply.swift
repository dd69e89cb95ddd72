import Foundation
import Glibc

/// Whether the system gives this process the threads that parallel work would take.
///
/// Where it does not (`ulimit -u`), Dispatch asks again and again for ever; so it is tried once, before the first use,
/// with as many threads as would run at the same time.
enum ThreadSupply {
    static let isEnough = start(ProcessInfo.processInfo.activeProcessorCount + 1)

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
