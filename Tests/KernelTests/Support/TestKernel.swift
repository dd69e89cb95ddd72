import CZeroMQ
import JupyterKernel
import Testing

/// A kernel in this process and a client of it that speaks in frames, so that it can also speak wrongly.
final class TestKernel {
    struct Received {
        let type: String
        let parent: String?
        let topic: [UInt8]
        let content: JSON
        let metadata: JSON
        let buffers: [[UInt8]]
    }

    struct Silence: Error {}

    static let key = Array("a test's key".utf8)
    let interpreter: EchoInterpreter
    let signer = Signer(key: TestKernel.key)
    let shell: Socket
    let control: Socket
    let stdin: Socket
    let iopub: Socket
    let ports: [ChannelName: String]
    private let context: SocketContext
    private let ended = Monitor(false)
    private var count = 0

    /// - Parameters:
    ///   - file: What the connection file says beside the key.
    ///   - identity: The client's routing identity.
    init(
        file: String = #""ip":"127.0.0.1","transport":"tcp""#, identity: [UInt8] = Array("client".utf8),
        history: HistoryLocation = .memory, curve: CurveKeys? = nil, host: String = "127.0.0.1"
    ) throws {
        let interpreter = EchoInterpreter()
        self.interpreter = interpreter
        let text = "{\(file),\"key\":\"\(String(decoding: Self.key, as: UTF8.self))\"}"
        let connection = try ConnectionFile(parsing: Array(text.utf8))
        let ready = Monitor<Result<[ChannelName: String], KernelError>?>(nil)
        var options = KernelServer.Options()
        options.history = history
        let server = KernelServer(connection: connection, interpreter: interpreter, options: options)
        try WorkerThread.start("kernel") { [ended] in
            do throws(KernelError) {
                try server.run(on: connection.openPorts()) { ports in ready.change { $0 = .success(ports) } }
            } catch { ready.change { $0 = .failure(error) } }
            ended.change { $0 = true }
        }
        let ports = try #require(ready.wait(until: .now + 5_000) { $0 }).get()
        self.ports = ports
        let context = try SocketContext()
        self.context = context
        func connect(_ type: Int32, _ channel: ChannelName) throws -> Socket {
            let socket = try Socket(type, in: context)
            if type == ZMQ_DEALER { zmq_setsockopt(socket.pointer, ZMQ_ROUTING_ID, identity, identity.count) }
            if type == ZMQ_SUB { zmq_setsockopt(socket.pointer, ZMQ_SUBSCRIBE, "", 0) }
            if let curve {
                zmq_setsockopt(socket.pointer, ZMQ_CURVE_SERVERKEY, curve.publicKey, 40)
                zmq_setsockopt(socket.pointer, ZMQ_CURVE_PUBLICKEY, curve.publicKey, 40)
                zmq_setsockopt(socket.pointer, ZMQ_CURVE_SECRETKEY, curve.secretKey, 40)
            }
            let port = ports[channel] ?? ""
            try socket.connect(connection.transport == .ipc ? "ipc://\(host)-\(port)" : "tcp://\(host):\(port)")
            return socket
        }
        shell = try connect(ZMQ_DEALER, .shell)
        control = try connect(ZMQ_DEALER, .control)
        stdin = try connect(ZMQ_DEALER, .stdin)
        iopub = try connect(ZMQ_SUB, .iopub)
    }

    /// A further socket of the client's, not connected yet.
    func socket(_ type: Int32, _ prepare: (Socket) throws -> Void = { _ in }) throws -> Socket {
        let socket = try Socket(type, in: context)
        try prepare(socket)
        return socket
    }

    /// Waits for the subscription, without which the first outputs would be missed.
    func subscribed() throws {
        let welcome = try receive(on: iopub)
        try #require(welcome.type == "iopub_welcome" || welcome.type == "status")
    }

    /// Sends a request as it should be.
    ///
    /// - Returns: Its message identifier.
    @discardableResult
    func send(
        _ type: String, _ content: JSON = [:], on socket: Socket? = nil, subshell: String? = nil,
        buffers: [[UInt8]] = [], metadata: JSON = [:]
    ) -> String {
        count += 1
        let identifier = "request-\(count)"
        var header: JSON = [
            "msg_id": .string(identifier), "msg_type": .string(type), "session": "s", "username": "u",
            "date": "2026-01-01T00:00:00.000000Z", "version": "5.5",
        ]
        if let subshell, case .object(var members) = header {
            members["subshell_id"] = .string(subshell)
            header = .object(members)
        }
        (socket ?? shell).send(frames(header.serialized, content: content.serialized, buffers, metadata).parts)
        return identifier
    }

    /// Signed frames of anything.
    func frames(_ header: [UInt8], content: [UInt8], _ buffers: [[UInt8]] = [], _ metadata: JSON = [:]) -> Frames {
        let empty = Array("{}".utf8)
        let metadata = metadata.serialized
        return Frames(
            identities: [], signature: signer.signature(of: header, empty, metadata, content), header: header,
            parentHeader: empty, metadata: metadata, content: content, buffers: buffers)
    }

    /// The next message, its signature checked.
    ///
    /// - Throws: ``Silence`` where none comes in time.
    func receive(on socket: Socket, within milliseconds: Int = 5_000) throws -> Received {
        let deadline = Instant.now + milliseconds
        var items = [zmq_pollitem_t(socket: socket.pointer, fd: 0, events: Int16(ZMQ_POLLIN), revents: 0)]
        while true {
            if let parts = socket.receive() {
                let frames = try Frames(parts)
                try #require(signer.isValid(frames))
                let header = try JSON(parsing: frames.header)
                return Received(
                    type: header["msg_type"]?.string ?? "",
                    parent: try JSON(parsing: frames.parentHeader)["msg_id"]?.string,
                    topic: frames.identities.first ?? [], content: try JSON(parsing: frames.content),
                    metadata: try JSON(parsing: frames.metadata), buffers: frames.buffers)
            }
            let left = Instant.now.milliseconds(until: deadline)
            guard left > 0 else { throw Silence() }
            _ = zmq_poll(&items, 1, left)
        }
    }

    /// The reply to a request, others' replies skipped.
    func reply(to identifier: String, on socket: Socket? = nil, within milliseconds: Int = 5_000) throws -> JSON {
        while true {
            let message = try receive(on: socket ?? shell, within: milliseconds)
            if message.parent == identifier { return message.content }
        }
    }

    /// What IOPub says for a request, from `busy` to `idle`, both left out.
    func outputs(of identifier: String, within milliseconds: Int = 5_000) throws -> [Received] {
        var outputs: [Received] = []
        while true {
            let message = try receive(on: iopub, within: milliseconds)
            guard message.parent == identifier else { continue }
            guard message.type == "status" else {
                outputs.append(message)
                continue
            }
            if message.content["execution_state"] == "idle" { return outputs }
        }
    }

    /// Runs a cell: its reply, and what it showed without the echo of its code.
    func run(_ code: String, _ options: JSON = [:]) throws -> (reply: JSON, outputs: [Received]) {
        let identifier = execute(code, options)
        let outputs = try outputs(of: identifier).filter { $0.type != "execute_input" }
        return (try reply(to: identifier), outputs)
    }

    @discardableResult
    func execute(_ code: String, _ options: JSON = [:], subshell: String? = nil) -> String {
        guard case .object(var content) = options else { return "" }
        content["code"] = .string(code)
        return send("execute_request", .object(content), subshell: subshell)
    }

    /// Ends the kernel and tells whether it ended in time.
    @discardableResult
    func shutdown() -> Bool {
        send("shutdown_request", ["restart": false], on: control)
        return hasEnded(within: 5_000)
    }

    func hasEnded(within milliseconds: Int) -> Bool {
        ended.wait(until: .now + milliseconds) { $0 ? true : nil } ?? false
    }
}
