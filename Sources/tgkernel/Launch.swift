import ArgumentParser
import CellLanguage
import Foundation
import JupyterKernel
import Logging
import TGMagics

/// Serves one notebook: what Jupyter calls, as the kernelspec says.
struct Launch: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run the kernel for a client; Jupyter calls this.", shouldDisplay: false)

    @Option(
        name: [.customShort("f"), .customLong("connection-file"), .customLong("registration-file")],
        help: "The connection file (or the registration file of protocol 5.6) that the client wrote.")
    var connectionFile: String?

    func run() throws {
        guard let connectionFile else { throw CleanExit.helpRequest(TGKernel.self) }
        let environment = ProcessInfo.processInfo.environment
        var logger = Logger(label: "tgkernel")
        logger.logLevel = environment["TRANSFERGRAPH_LOG"].flatMap(Logger.Level.init(rawValue:)) ?? .notice
        var options = KernelServer.Options.forProgram(environment: environment)
        options.history = .standard(for: "transfergraph", environment: environment)
        do {
            let connection = try ConnectionFile(path: connectionFile)
            for warning in ConnectionFile.warnings(path: connectionFile) { logger.warning("\(warning)") }
            let server = KernelServer(
                connection: connection, interpreter: CellInterpreter.transferGraph(), options: options, logger: logger)
            let path = connectionFile
            try server.run { (ports) throws(KernelError) in try connection.write(ports: ports, to: path) }
        } catch {
            logger.critical("\(error)")
            throw ExitCode.failure
        }
        // Threads of libraries may still run; their destructors at exit would pull the ground from under them.
        fflush(nil)
        _exit(0)
    }
}
