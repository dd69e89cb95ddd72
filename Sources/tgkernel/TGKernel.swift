import ArgumentParser
import JupyterKernel
import TGMagics

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
        main(Array(CommandLine.arguments.dropFirst()).joiningNegativeNumbers)
    }
}
