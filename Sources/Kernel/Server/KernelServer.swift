import Foundation
import Logging

/// A Jupyter kernel: the whole protocol around one interpreter.
///
/// ```swift
/// let file = try ConnectionFile(path: CommandLine.arguments[1])
/// try KernelServer(connection: file, interpreter: Echo(), options: .forProgram()).run()
/// ```
///
/// It answers every request of protocol 5.5 but those of debuggers: execution with its outputs, questions and payloads,
/// completion, inspection, history, comms, interrupts, subshells, shutdown; over TCP or IPC, signed, and encrypted if
/// the connection file has keys. A client that reads slowly or not at all holds up no other.
public struct KernelServer: Sendable {
    /// What a kernel does beyond what its connection file says.
    public struct Options: Sendable {
        /// Where the cells that were run are kept.
        public var history: HistoryLocation = .memory
        /// The process whose end also ends the kernel (`JPY_PARENT_PID`).
        public var parentProcess: Int32?
        /// Whether SIGINT interrupts the running cell, SIGTERM ends the kernel, and writing beyond the file size limit
        /// is an error instead of the process's end.
        public var handlesSignals = false
        /// The username in message headers.
        public var username = "kernel"

        /// The options of a kernel embedded in another process: no signals, no parent, no file.
        public init() {}

        /// The options of a program that is only a kernel.
        ///
        /// - Parameter environment: Holds Jupyter's process ID and the user's name.
        public static func forProgram(
            environment: [String: String] = ProcessInfo.processInfo.environment
        ) -> Options {
            var options = Options()
            options.handlesSignals = true
            options.parentProcess = environment["JPY_PARENT_PID"].flatMap { Int32($0) }
            options.username = environment["USER"] ?? environment["LOGNAME"] ?? "kernel"
            return options
        }
    }

    private let connection: ConnectionFile
    private let interpreter: any Interpreter
    private let options: Options
    private let logger: Logger

    /// Makes a kernel; nothing happens before ``run(on:ready:)``.
    ///
    /// - Parameters:
    ///   - connection: Where to listen, and how messages are signed.
    ///   - interpreter: What is run.
    ///   - options: What a kernel does beyond that.
    ///   - logger: Where warnings go. Repeated ones are only counted, with a line now and then.
    public init(
        connection: ConnectionFile, interpreter: any Interpreter, options: Options = Options(),
        logger: Logger = Logger(label: "kernel")
    ) {
        self.connection = connection
        self.interpreter = interpreter
        self.options = options
        self.logger = logger
    }

    /// Serves on the calling thread until a client shuts the kernel down, SIGTERM comes, or its parent has ended.
    ///
    /// - Parameters:
    ///   - ports: What listens already; everything else is bound here.
    ///   - ready: Called once the sockets listen, with the port of each channel; if it throws, the kernel does not
    ///     start.
    /// - Throws: ``KernelError`` if the kernel cannot start: a port is taken, or the system allows too few files or
    ///   threads.
    public func run(
        on ports: OpenPorts? = nil,
        ready: ([ChannelName: String]) throws(KernelError) -> Void = { (_) throws(KernelError) in }
    ) throws(KernelError) {
        // The libraries below assume that there is enough.
        try SystemLimits.check()
        let context = try SocketContext()
        // Even if it cannot start: ZeroMQ's threads are joined, and the caller goes on without them.
        defer {
            context.shutdown()
            context.terminate()
        }
        try serve(in: context, on: ports, ready)
    }

    private func serve(
        in context: SocketContext, on ports: OpenPorts?, _ ready: ([ChannelName: String]) throws(KernelError) -> Void
    ) throws(KernelError) {
        let log = LimitedLog(logger.handler, LogRepetitions())
        var logger = logger
        logger.handler = log
        let parentWatch = ParentWatch(parent: options.parentProcess)
        let interrupts = try Wakeup()
        let terminations = try Wakeup()
        // Before anybody can know the ports, so that no signal meets its default action, which would kill.
        if options.handlesSignals {
            Signals.forward(interrupt: interrupts, terminate: terminations)
            SystemLimits.letLargeWritesFail()
        }
        let signer = Signer(key: connection.key, scheme: connection.scheme)
        if !signer.isSigning {
            logger.warning("The connection file's key is empty: anyone who reaches the ports can run code.")
        }
        let sockets = try Sockets(connection, on: ports, in: context)
        defer { sockets.removeFiles() }
        if let registration = connection.registration {
            try Registrar.register(
                registration, ports: sockets.ports, file: connection, signer: signer, in: context)
        }
        try ready(sockets.ports)
        let outbox = Outbox(wakeup: try Wakeup())
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
            parentWatch: parentWatch, log: log)
        _ = try loop.run()
    }
}
