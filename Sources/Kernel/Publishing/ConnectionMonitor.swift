import CZeroMQ

/// Reports which connections of a socket have closed.
struct ConnectionMonitor {
    /// Readable when a connection has closed.
    let socket: Socket

    /// - Parameter observed: Not bound yet, so that no connection is missed.
    init(of observed: Socket, in context: SocketContext) throws(KernelError) {
        let endpoint = "inproc://connections"
        guard zmq_socket_monitor(observed.pointer, endpoint, ZMQ_EVENT_DISCONNECTED) == 0 else {
            throw KernelError("ZeroMQ cannot watch the connections: \(lastProblem()).")
        }
        socket = try Socket(ZMQ_PAIR, in: context)
        // Otherwise a full queue would block ZeroMQ's own thread.
        try socket.set(ZMQ_RCVHWM, 0 as Int32)
        try socket.connect(endpoint)
    }

    /// The file descriptors of the connections closed since the last call.
    func ended() -> [Int32] {
        var descriptors: [Int32] = []
        while let event = socket.receive()?.first {
            // The event's number in 16 bits, then its value in 32.
            guard event.count == 6 else { continue }
            descriptors.append(event.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: 2, as: Int32.self) })
        }
        return descriptors
    }
}
