import ArgumentParser
import Foundation
import JupyterKernel

/// The options that say where a kernelspec goes.
struct KernelPlace: ParsableArguments {
    static let defaultName = "transfergraph"

    @Flag(help: "For this user, in every environment (the default).")
    var user = false

    @Option(help: ArgumentHelp("For the installation under this directory.", valueName: "directory"))
    var prefix: String?

    @Flag(help: "For the Python environment that is active, else for the python3 on the path.")
    var sysPrefix = false

    func validate() throws {
        if prefix?.isEmpty == true { throw ValidationError("--prefix takes a directory.") }
        if [user, prefix != nil, sysPrefix].count(where: { $0 }) > 1 {
            throw ValidationError("--user, --prefix and --sys-prefix exclude each other.")
        }
    }

    /// The directory of kernelspecs that the options name.
    func directory() throws -> String {
        let environment = ProcessInfo.processInfo.environment
        if let prefix { return KernelSpecLocation.prefix(prefix).directory(environment: environment) }
        guard sysPrefix else { return KernelSpecLocation.user.directory(environment: environment) }
        return KernelSpecLocation.prefix(try Self.pythonPrefix(environment)).directory(environment: environment)
    }

    private static func pythonPrefix(_ environment: [String: String]) throws -> String {
        for name in ["VIRTUAL_ENV", "CONDA_PREFIX"] {
            if let prefix = environment[name], !prefix.isEmpty { return prefix }
        }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-c", "import sys; print(sys.prefix)"]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        let prefix = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard process.terminationStatus == 0, !prefix.isEmpty else {
            throw ValidationError("No Python environment is active and python3 was not found; use --prefix.")
        }
        return prefix
    }
}
