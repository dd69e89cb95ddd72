import ArgumentParser
import CellLanguage
import Foundation
import JupyterKernel
import Sentences
import Support
import TGMagics
import TransferGraphCore

/// The program: a Jupyter kernel and its command line. The notebook's magics are subcommands as they are declared; each
/// other one is a file of its own.
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
        // A file beyond the limit of its size is an error that is told, not an end.
        signal(SIGXFSZ, SIG_IGN)
        RunningProgram.remember()
        useOwnFonts()
        keepToOneThreadOfBLAS()
        reserveMemory()
        let arguments = Array(CommandLine.arguments.dropFirst())
        // The client is connecting: its command line is not worth a tree of a hundred subcommands.
        if let path = Launch.connectionFile(of: arguments) {
            do { try Launch.serve(path) } catch { exit(withError: error) }
        }
        // The default subcommand would take an unknown one for a word of its own.
        if let word = arguments.first, !word.hasPrefix("-"), let error = unknownCommand(word) {
            exit(withError: error)
        }
        main(arguments.joiningNegativeNumbers)
    }

    /// Pictures are drawn with the font that an installation brings (`etc/fonts.conf` beside the program's `bin`), where it
    /// brings one: a bare machine has none.
    private static func useOwnFonts() {
        let fonts =
            RunningProgram.path.split(separator: "/").dropLast(2).map { "/\($0)" }.joined() + "/etc/fonts.conf"
        if access(fonts, R_OK) == 0 { setenv("FONTCONFIG_FILE", fonts, 0) }
    }

    /// OpenBLAS has started a thread for each processor by now, and each maps 128 MiB, of which none is used here. Where
    /// the address space is limited the program begins once more without them.
    private static func keepToOneThreadOfBLAS() {
        let (name, mark) = ("OPENBLAS_NUM_THREADS", "01")
        if let value = getenv(name) {
            // Set below: programs that this one starts are not to find it.
            if String(cString: value) == mark { unsetenv(name) }
            return
        }
        guard MemoryLimit.isSet(.addressSpace) else { return }
        setenv(name, mark, 1)
        execv("/proc/self/exe", CommandLine.unsafeArgv)
        unsetenv(name)
    }

    /// Makes room for arithmetic before anything else takes it; where there is too little, says so and ends.
    private static func reserveMemory() {
        do { try NumericMemory.reserve(threads: ProcessInfo.processInfo.activeProcessorCount) } catch {
            let words = UserError(error)
            FileHandle.standardError.write(Data("\(words.name): \(words.message) \(words.hint ?? "")\n".utf8))
            // Without the libraries' own ends: the BLAS's threads may still ask for the memory that there is not.
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
            : "'\(word)' has a meaning within a session only."
        return ValidationError("\(what) 'tgkernel run FILE' runs a file of a notebook's lines.")
    }
}
