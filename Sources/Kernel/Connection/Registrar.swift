import CZeroMQ

/// The start-up handshake of protocol 5.6: the kernel reports the ports it chose to whoever started it.
enum Registrar {
    /// How long the starter may take to acknowledge, in milliseconds.
    private static let patience = 30_000

    /// Reports `ports` and waits for the acknowledgement.
    ///
    /// - Throws: ``KernelError`` if none comes in time or it is not signed with the file's key.
    static func register(
        _ registration: ConnectionFile.Registration, ports: [ChannelName: String], file: ConnectionFile,
        signer: Signer, in context: SocketContext
    ) throws(KernelError) {
        let socket = try Socket(ZMQ_DEALER, in: context)
        let endpoint = file.registrationEndpoint(registration)
        try socket.connect(endpoint)
        var content: [(String, JSON)] = [("kernel_id", .string(registration.kernelID))]
        for channel in ChannelName.allCases {
            content.append(("\(channel.rawValue)_port", .string(ports[channel] ?? "")))
        }
        let bytes = JSON.object(.init(uniqueKeysWithValues: content)).serialized
        socket.send([Frames.delimiter, signer.signature(of: bytes), bytes])
        var items = [zmq_pollitem_t(socket: socket.pointer, fd: 0, events: Int16(ZMQ_POLLIN), revents: 0)]
        let deadline = Instant.now + patience
        while case let left = Instant.now.milliseconds(until: deadline), left > 0 {
            _ = zmq_poll(&items, 1, left)
            guard let parts = socket.receive() else { continue }
            guard let start = parts.firstIndex(of: Frames.delimiter), parts.count >= start + 3,
                signer.isSignature(parts[start + 1], of: parts[start + 2])
            else { continue }
            return
        }
        throw KernelError("The registration at \(endpoint) was not acknowledged within \(patience / 1_000) s.")
    }
}
