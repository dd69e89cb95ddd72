import CZeroMQ

/// Echoes every heartbeat, on a thread of its own: a kernel that computes still counts as alive.
enum Heartbeat {
    /// Starts answering on `endpoint`.
    ///
    /// - Parameter descriptor: What listens there already.
    /// - Returns: The address the socket got.
    static func start(
        on endpoint: String, listening descriptor: Int32? = nil, keys: CurveKeys?, in context: SocketContext
    ) throws(KernelError) -> String {
        let started = Monitor<Result<String, KernelError>?>(nil)
        try WorkerThread.start("heartbeat") {
            let socket: Socket
            do throws(KernelError) {
                socket = try Socket(ZMQ_ROUTER, in: context)
                if let keys { try socket.encrypt(with: keys) }
                try socket.bind(endpoint, on: descriptor)
            } catch {
                started.change { $0 = .failure(error) }
                return
            }
            started.change { $0 = .success(socket.endpoint) }
            while let beat = socket.receive(waiting: true) { socket.send(beat) }
        }
        return try started.wait { $0 }.get()
    }
}
