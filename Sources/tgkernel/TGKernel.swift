import ArgumentParser
import CellLanguage
import Foundation
import JupyterKernel
import Sentences
import Support
import TGMagics
import TransferGraphCore

/// The program: a Jupyter kernel and its command line. The notebook's magics are subcommands as declared; each other
/// subcommand has a file of its own.
@main
struct TGKernel: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tgkernel",
        abstract: "TransferGraph for Jupyter: which pre-trained model to fine-tune for a dataset.",
        version: InterpreterInfo.version,
        subcommands: [Launch.self, Install.self, Uninstall.self],
        groupedSubcommands: [CommandGroup(name: "Notebook", subcommands: ZooChoice.commands)],
        defaultSubcommand: Launch.self)

    static func main() {
        // Exceeding the file size limit is an error, not the process's end.
        signal(SIGXFSZ, SIG_IGN)
        useOwnFonts()
        keepToOneThreadOfBLAS()
        reserveMemory()
        let arguments = Array(CommandLine.arguments.dropFirst())
        // The client is connecting: skip building a hundred subcommands.
        if let path = Launch.connectionFile(of: arguments) {
            do { try Launch.serve(path) } catch { exit(withError: error) }
        }
        // The default subcommand would take an unknown one for its argument.
        if let word = arguments.first, !word.hasPrefix("-"), let error = unknownCommand(word) {
            exit(withError: error)
        }
        main(arguments.joiningNegativeNumbers)
    }

    /// Pictures use the font that comes with an installation (`etc/fonts.conf` beside the program's `bin`), if any: a
    /// bare machine has none.
    private static func useOwnFonts() {
        let fonts =
            RunningProgram.path.split(separator: "/").dropLast(2).map { "/\($0)" }.joined() + "/etc/fonts.conf"
        if access(fonts, R_OK) == 0 { setenv("FONTCONFIG_FILE", fonts, 0) }
    }

    /// OpenBLAS has started a thread per processor by now, and each maps 128 MiB that is not used here. If the address
    /// space is limited, the program restarts itself without them.
    private static func keepToOneThreadOfBLAS() {
        let (name, mark) = ("OPENBLAS_NUM_THREADS", "01")
        if let value = getenv(name) {
            // Set below: child processes must not inherit it.
            if String(cString: value) == mark { unsetenv(name) }
            return
        }
        guard MemoryLimit.isSet(.addressSpace) else { return }
        setenv(name, mark, 1)
        execv("/proc/self/exe", CommandLine.unsafeArgv)
        unsetenv(name)
    }

    /// Reserves memory for arithmetic before anything else takes it; if there is too little, says so and exits.
    private static func reserveMemory() {
        do { try NumericMemory.reserve(threads: ProcessInfo.processInfo.activeProcessorCount) } catch {
            let words = UserError(error)
            FileHandle.standardError.write(Data("\(words.name): \(words.message) \(words.hint ?? "")\n".utf8))
            // Without the libraries' exit handlers: BLAS threads may still ask for memory that is missing.
            _exit(ExitCode.failure.rawValue)
        }
    }

    private static func unknownCommand(_ word: String) -> ValidationError? {
        let commands = configuration.subcommands.filter { $0.configuration.shouldDisplay }.map { $0._commandName }
        if commands.contains(word) || ["help", Launch._commandName].contains(word) { return nil }
        let what =
            ZooChoice.registry[word] == nil
            ? "There is no subcommand '\(word)'. "
                + NearestNames.hint(for: word, in: commands, listing: "'tgkernel --help'")
            : "'\(word)' makes sense only within a session."
        return ValidationError("\(what) 'tgkernel run FILE' runs a file of a notebook's lines.")
    }
}
