import CLinux
import Glibc

/// A file descriptor that becomes readable on a call: other threads use it to wake one that polls sockets.
package final class Wakeup: Sendable {
    package let descriptor: Int32

    /// - Throws: ``KernelError`` if the process may open no more files.
    package init() throws(KernelError) {
        descriptor = eventfd(0, Int32(EFD_CLOEXEC) | Int32(EFD_NONBLOCK))
        guard descriptor >= 0 else {
            throw KernelError("The system cannot make an event descriptor: \(String(cString: strerror(errno))).")
        }
    }

    deinit { close(descriptor) }

    /// Makes the descriptor readable. Safe in a signal handler.
    package func call() { Self.call(descriptor) }

    static func call(_ descriptor: Int32) {
        var one: UInt64 = 1
        _ = write(descriptor, &one, 8)
    }

    /// Resets the descriptor; returns whether there was a call.
    @discardableResult
    func answer() -> Bool {
        var count: UInt64 = 0
        return read(descriptor, &count, 8) == 8
    }
}
