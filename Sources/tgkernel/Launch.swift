import ArgumentParser
import CellLanguage
import Foundation
import JupyterKernel
import Logging
import TGMagics

/// Serves one notebook: the command that Jupyter runs, as the kernelspec says.
struct Launch: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run the kernel for a client; Jupyter calls this.", shouldDisplay: false)

    @Option(
        name: [.customShort("f"), .customLong("connection-file"), .customLong("registration-file")],
        help: "The connection file (or the registration file of protocol 5.6) that the client wrote.")
    var connectionFile: String?

    /// The connection file of a command line in the kernelspec's form; `nil` for any other.
    static func connectionFile(of arguments: [String]) -> String? {
        arguments.count == 2 && arguments[0] == "--connection-file" ? arguments[1] : nil
    }

    func run() throws {
        guard let connectionFile else { throw CleanExit.helpRequest(TGKernel.self) }
        try Self.serve(connectionFile)
    }

    static func serve(_ path: String) throws(ExitCode) {
        let environment = ProcessInfo.processInfo.environment
        var logger = Logger(label: "tgkernel")
        logger.logLevel = environment["TRANSFERGRAPH_LOG"].flatMap(Logger.Level.init(rawValue:)) ?? .notice
        do {
            let connection = try ConnectionFile(path: path)
            // Before anything else: the client is already connecting.
            let ports = OpenPorts.inherited() ?? connection.openPorts()
            var options = KernelServer.Options.forProgram(environment: environment)
            options.history = .standard(for: "transfergraph", environment: environment)
            for warning in ConnectionFile.warnings(path: path) { logger.warning("\(warning)") }
            let server = KernelServer(
                connection: connection, interpreter: CellInterpreter.transferGraph(), options: options, logger: logger)
            try server.run(on: ports) { (ports) throws(KernelError) in try connection.write(ports: ports, to: path) }
        } catch {
            logger.critical("\(error)")
            throw ExitCode.failure
        }
        // Library threads may still run; destructors at exit would free what they use.
        fflush(nil)
        _exit(0)
    }
}
