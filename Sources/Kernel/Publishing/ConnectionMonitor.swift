import CZeroMQ

/// Tells which connections of a socket have ended.
struct ConnectionMonitor {
    /// Readable when a connection has ended.
    let socket: Socket

    /// - Parameter observed: Not bound yet, so that no connection is missed.
    init(of observed: Socket, in context: SocketContext) throws(KernelError) {
        let endpoint = "inproc://connections"
        guard zmq_socket_monitor(observed.pointer, endpoint, ZMQ_EVENT_DISCONNECTED) == 0 else {
            throw KernelError("ZeroMQ cannot watch the connections: \(lastProblem()).")
        }
        socket = try Socket(ZMQ_PAIR, in: context)
        // ZeroMQ's own thread would wait for whoever lets the queue fill up.
        try socket.set(ZMQ_RCVHWM, 0 as Int32)
        try socket.connect(endpoint)
    }

    /// The file descriptors of the connections that have ended since the last call.
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
