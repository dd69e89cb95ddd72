import CZeroMQ
import Glibc

/// The sockets that the event loop owns, bound and ready, with the addresses of all five.
struct Sockets {
    let shell: Socket
    let control: Socket
    let stdin: Socket
    let iopub: Socket
    /// Reports closed connections of ``iopub``.
    let connections: ConnectionMonitor
    /// The address each channel got.
    let endpoints: [ChannelName: String]

    /// Binds every channel of `file`.
    ///
    /// - Parameter ports: What listens already.
    /// - Throws: ``KernelError`` if a port is taken or an address is not this machine's.
    init(_ file: ConnectionFile, on ports: OpenPorts?, in context: SocketContext) throws(KernelError) {
        var endpoints: [ChannelName: String] = [:]
        func open(_ type: Int32, _ channel: ChannelName) throws(KernelError) -> Socket {
            let socket = try Socket(type, in: context)
            if let curve = file.curve { try socket.encrypt(with: curve) }
            if type == ZMQ_ROUTER {
                // A reply is never dropped because its reader is slow.
                try socket.set(ZMQ_SNDHWM, 0 as Int32)
                try socket.set(ZMQ_RCVHWM, 0 as Int32)
                // A client that reconnects under its old identity takes its place again.
                try socket.set(ZMQ_ROUTER_HANDOVER, 1 as Int32)
            }
            if channel == .stdin { try socket.set(ZMQ_ROUTER_MANDATORY, 1 as Int32) }
            if channel == .iopub { try Publisher.prepare(socket) }
            return socket
        }
        shell = try open(ZMQ_ROUTER, .shell)
        control = try open(ZMQ_ROUTER, .control)
        stdin = try open(ZMQ_ROUTER, .stdin)
        iopub = try open(ZMQ_XPUB, .iopub)
        connections = try ConnectionMonitor(of: iopub, in: context)
        for (channel, socket) in [(ChannelName.shell, shell), (.control, control), (.stdin, stdin), (.iopub, iopub)] {
            try socket.bind(file.endpoint(of: channel), on: ports?.take(channel))
            endpoints[channel] = socket.endpoint
        }
        endpoints[.heartbeat] = try Heartbeat.start(
            on: file.endpoint(of: .heartbeat), listening: ports?.take(.heartbeat), keys: file.curve, in: context)
        self.endpoints = endpoints
    }

    /// The port of each channel; for `ipc` what stands in its place.
    var ports: [ChannelName: String] {
        endpoints.mapValues { endpoint in
            let separator: Character = endpoint.hasPrefix("ipc:") ? "-" : ":"
            return endpoint.lastIndex(of: separator).map { String(endpoint[endpoint.index(after: $0)...]) } ?? ""
        }
    }

    /// Removes the files of `ipc` addresses, which ZeroMQ leaves behind; existing connections stay.
    func removeFiles() {
        for endpoint in endpoints.values where endpoint.hasPrefix("ipc://") && !endpoint.hasPrefix("ipc://@") {
            unlink(String(endpoint.dropFirst("ipc://".count)))
        }
    }

    /// The content of a `connect_reply`.
    var connectContent: [UInt8] {
        let ports = ports
        let members = ChannelName.allCases.map { channel -> (String, JSON) in
            let port = ports[channel] ?? ""
            return ("\(channel.rawValue)_port", Int(port).map(JSON.integer) ?? .string(port))
        }
        var content: JSON = ["status": "ok"]
        if case .object(var object) = content {
            for (name, port) in members { object[name] = port }
            content = .object(object)
        }
        return content.serialized
    }
}
