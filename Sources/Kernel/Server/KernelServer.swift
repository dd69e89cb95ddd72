import Glibc
import Logging

/// A Jupyter kernel: the whole protocol around one interpreter.
///
///     let file = try ConnectionFile(path: path)
///     try KernelServer(connection: file, interpreter: MyInterpreter()).run()
public struct KernelServer: Sendable {
    /// What a kernel does beyond what its connection file says.
    public struct Options: Sendable {
        public var history: HistoryLocation = .memory
        /// The process without which the kernel has no reason to live (`JPY_PARENT_PID`).
        public var parentProcess: Int32?
        /// Whether SIGINT interrupts the running cell and SIGTERM ends the kernel.
        public var handlesSignals = false
        /// Who the kernel's messages are from.
        public var username = "kernel"
        public init() {}
    }

    private let connection: ConnectionFile
    private let interpreter: any Interpreter
    private let options: Options
    private let logger: Logger

    public init(
        connection: ConnectionFile, interpreter: any Interpreter, options: Options = Options(),
        logger: Logger = Logger(label: "kernel")
    ) {
        self.connection = connection
        self.interpreter = interpreter
        self.options = options
        self.logger = logger
    }

    /// Serves on the calling thread until a client shuts the kernel down, SIGTERM comes, or its parent is gone.
    ///
    /// - Parameter ready: Called once the sockets listen, with the port of each channel.
    /// - Throws: ``KernelError`` where the kernel cannot start.
    public func run(ready: ([ChannelName: String]) -> Void = { _ in }) throws(KernelError) {
        let context = try SocketContext()
        // Also where it cannot start: ZeroMQ's threads are waited for, and whoever called goes on without them.
        defer {
            context.shutdown()
            context.terminate()
        }
        try serve(in: context, ready)
    }

    private func serve(in context: SocketContext, _ ready: ([ChannelName: String]) -> Void) throws(KernelError) {
        let parentWatch = ParentWatch(parent: options.parentProcess)
        let interrupts = Wakeup()
        let terminations = Wakeup()
        // Before anybody can know the ports, so that no signal finds its default action, which would kill.
        if options.handlesSignals { Signals.forward(interrupt: interrupts, terminate: terminations) }
        let signer = Signer(key: connection.key, scheme: connection.scheme)
        if !signer.isSigning {
            logger.warning("The connection file's key is empty: anyone who reaches the ports can run code.")
        }
        let sockets = try Sockets(connection, in: context)
        defer { sockets.removeFiles() }
        if let registration = connection.registration {
            try Registrar.register(
                registration, ports: sockets.ports, file: connection, signer: signer, in: context)
        }
        ready(sockets.ports)
        let outbox = Outbox()
        let handler = RequestHandler(
            interpreter: interpreter, outbox: outbox,
            history: HistoryStore(location: options.history, logger: logger),
            comms: CommManager(targets: interpreter.commTargets, outbox: outbox, logger: logger),
            questions: Questions(), counter: ExecutionCounter(), kernelInfo: KernelInfo(interpreter.info),
            logger: logger)
        let loop = EventLoop(
            sockets: sockets,
            envelope: Envelope(signer: signer, session: randomIdentifier(), username: options.username),
            handler: handler, shells: Shells(), interrupts: interrupts, terminations: terminations,
            parentWatch: parentWatch)
        switch loop.run() {
        case .shutdown: break
        case .terminated: loop.close(restart: false)
        case .parentGone:
            logger.notice("The process that started the kernel is gone; the kernel ends.")
            loop.close(restart: false)
        }
    }
}
