import CZeroMQ

/// ZeroMQ's context: the I/O thread and the sockets that share it.
///
/// `@unchecked Sendable`: libzmq documents contexts as safe to use from any thread without locking; the pointer
/// itself never changes.
package final class SocketContext: @unchecked Sendable {
    let pointer: UnsafeMutableRawPointer

    package init() throws(KernelError) {
        guard let pointer = zmq_ctx_new() else { throw KernelError("ZeroMQ made no context: \(lastProblem()).") }
        self.pointer = pointer
    }

    /// Makes every blocking call on the context's sockets return, so that the threads that own them close them.
    package func shutdown() { zmq_ctx_shutdown(pointer) }

    /// Waits until every socket is closed and what was sent has left (or its linger is over).
    package func terminate() { while zmq_ctx_term(pointer) != 0 && zmq_errno() == EINTR {} }
}

/// The error of ZeroMQ's latest call on this thread.
func lastProblem() -> String { String(cString: zmq_strerror(zmq_errno())) }
