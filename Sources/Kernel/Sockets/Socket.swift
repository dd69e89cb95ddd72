import CZeroMQ

/// One ZeroMQ socket. Not `Sendable`: the thread that makes it is the thread that uses and closes it.
package final class Socket {
    /// How an attempt to send without waiting went.
    package enum Sending {
        case sent
        /// The peer's queue is full.
        case full
        /// No peer has the message's identity.
        case unreachable
        case failed
    }

    /// No honest message is larger; a larger frame ends its sender's connection before memory is allocated.
    private static let largestFrame: Int64 = 1 << 30

    package let pointer: UnsafeMutableRawPointer

    /// - Parameter type: One of `ZMQ_ROUTER`, `ZMQ_XPUB`, ….
    package init(_ type: Int32, in context: SocketContext) throws(KernelError) {
        guard let pointer = zmq_socket(context.pointer, type) else {
            throw KernelError("ZeroMQ made no socket: \(lastProblem()).")
        }
        self.pointer = pointer
        try set(ZMQ_LINGER, 1_000 as Int32)
        try set(ZMQ_IPV6, 1 as Int32)
        try set(ZMQ_MAXMSGSIZE, Self.largestFrame)
    }

    deinit { zmq_close(pointer) }

    /// - Throws: ``KernelError`` if ZeroMQ refuses it: otherwise a limit would be silently missing.
    package func set<Number: FixedWidthInteger>(_ option: Int32, _ value: Number) throws(KernelError) {
        var value = value
        guard zmq_setsockopt(pointer, option, &value, MemoryLayout<Number>.size) == 0 else {
            throw KernelError("ZeroMQ refuses the socket option \(option): \(lastProblem()).")
        }
    }

    /// Encrypts the socket's connections with CurveZMQ, as the server side.
    func encrypt(with keys: CurveKeys) throws(KernelError) {
        try set(ZMQ_CURVE_SERVER, 1 as Int32)
        guard zmq_setsockopt(pointer, ZMQ_CURVE_SECRETKEY, keys.secretKey, 40) == 0 else {
            throw KernelError("The connection file's curve_secretkey is not a CurveZMQ key: \(lastProblem()).")
        }
    }

    /// - Parameter descriptor: A descriptor that listens on that address already, from now on the socket's own.
    package func bind(_ endpoint: String, on descriptor: Int32? = nil) throws(KernelError) {
        if let descriptor { try set(ZMQ_USE_FD, descriptor) }
        guard zmq_bind(pointer, endpoint) == 0 else {
            throw KernelError("Cannot listen on \(endpoint): \(lastProblem()).")
        }
    }

    package func connect(_ endpoint: String) throws(KernelError) {
        guard zmq_connect(pointer, endpoint) == 0 else {
            throw KernelError("Cannot connect to \(endpoint): \(lastProblem()).")
        }
    }

    /// The bound address, with the port that the system chose if it was asked to.
    package var endpoint: String {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 1_024) { text in
            var size = text.count
            guard zmq_getsockopt(pointer, ZMQ_LAST_ENDPOINT, text.baseAddress, &size) == 0, size > 0 else { return "" }
            return String(decoding: UnsafeRawBufferPointer(text).prefix(size - 1), as: UTF8.self)
        }
    }

    /// The next multipart message; `nil` if none has arrived whole.
    ///
    /// - Parameter waiting: Whether to wait for one; then `nil` means that the context was shut down.
    package func receive(waiting: Bool = false) -> [[UInt8]]? { receive(waiting: waiting) { _ in } }

    /// The next multipart message with the file descriptor of the connection it came over, if any.
    func receiveWithConnection() -> (parts: [[UInt8]], connection: Int32?)? {
        var connection: Int32 = -1
        let parts = receive(waiting: false) { connection = zmq_msg_get(&$0, ZMQ_SRCFD) }
        return parts.map { ($0, connection < 0 ? nil : connection) }
    }

    private func receive(waiting: Bool, _ look: (inout zmq_msg_t) -> Void) -> [[UInt8]]? {
        var parts: [[UInt8]] = []
        var message = zmq_msg_t()
        zmq_msg_init(&message)
        defer { zmq_msg_close(&message) }
        repeat {
            while zmq_msg_recv(&message, pointer, waiting ? 0 : ZMQ_DONTWAIT) < 0 {
                guard zmq_errno() == EINTR else { return nil }
            }
            look(&message)
            parts.append(Array(UnsafeRawBufferPointer(start: zmq_msg_data(&message), count: zmq_msg_size(&message))))
        } while zmq_msg_more(&message) != 0
        return parts
    }

    /// Sends a multipart message whole or not at all.
    ///
    /// - Parameter first: What is sent in place of the first part.
    @discardableResult
    package func send(_ parts: [[UInt8]], first: [UInt8]? = nil) -> Sending {
        for (index, part) in parts.enumerated() {
            let flags = ZMQ_DONTWAIT | (index + 1 < parts.count ? ZMQ_SNDMORE : 0)
            let bytes = index == 0 ? first ?? part : part
            while bytes.withUnsafeBytes({ zmq_send(pointer, $0.baseAddress, $0.count, flags) }) < 0 {
                switch zmq_errno() {
                case EINTR: continue
                case EAGAIN: return .full
                case EHOSTUNREACH: return .unreachable
                default: return .failed
                }
            }
        }
        return .sent
    }
}
