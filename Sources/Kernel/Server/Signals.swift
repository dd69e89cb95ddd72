import Glibc
import Synchronization

/// SIGINT and SIGTERM as file descriptors: a handler may do next to nothing, so it only wakes the poller.
enum Signals {
    private static let interruptDescriptor = Atomic<Int32>(-1)
    private static let terminateDescriptor = Atomic<Int32>(-1)

    /// From now on SIGINT calls `interrupt` and SIGTERM calls `terminate`. Both must live as long as the process.
    static func forward(interrupt: Wakeup, terminate: Wakeup) {
        interruptDescriptor.store(interrupt.descriptor, ordering: .sequentiallyConsistent)
        terminateDescriptor.store(terminate.descriptor, ordering: .sequentiallyConsistent)
        handle(SIGINT) { _ in Wakeup.call(Signals.interruptDescriptor.load(ordering: .relaxed)) }
        handle(SIGTERM) { _ in Wakeup.call(Signals.terminateDescriptor.load(ordering: .relaxed)) }
    }

    private static func handle(_ signal: Int32, _ handler: @escaping @convention(c) (Int32) -> Void) {
        var action = sigaction()
        action.__sigaction_handler.sa_handler = handler
        action.sa_flags = Int32(bitPattern: UInt32(SA_RESTART))
        sigaction(signal, &action, nil)
    }
}
