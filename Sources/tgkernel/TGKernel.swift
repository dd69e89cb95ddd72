import ArgumentParser
import Foundation
import JupyterKernel
import Support
import TGMagics
import TransferGraphCore

/// The program: a Jupyter kernel and its command line. Each subcommand is a file of its own.
@main
struct TGKernel: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tgkernel",
        abstract: "TransferGraph for Jupyter: which pre-trained model to fine-tune for a dataset.",
        version: InterpreterInfo.version,
        subcommands: [
            Launch.self, Install.self, Uninstall.self, Run.self, Evaluate.self, Predict.self, Recommend.self,
        ],
        defaultSubcommand: Launch.self)

    static func main() {
        // A file that becomes larger than allowed (ulimit -f) is an error like others and not this program's end.
        signal(SIGXFSZ, SIG_IGN)
        do throws(UserError) {
            try NumericMemory.reserve(threads: ProcessInfo.processInfo.activeProcessorCount)
        } catch {
            FileHandle.standardError.write(Data("\(error.name): \(error.message) \(error.hint ?? "")\n".utf8))
            // Without the libraries' own ends: the BLAS's threads may still ask for the memory that there is not.
            _exit(ExitCode.failure.rawValue)
        }
        main(Array(CommandLine.arguments.dropFirst()).joiningNegativeNumbers)
    }
}
