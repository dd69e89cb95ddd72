import ArgumentParser
import CellLanguage
import TGMagics

/// `tgkernel run`: the magic `%run` in a terminal.
struct Run: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: RunMagic.configuration.abstract, discussion: "In a notebook: %run.")

    @OptionGroup var zoo: ZooChoice
    @OptionGroup var magic: RunMagic

    func run() throws {
        try TerminalRunner(registry: .standard).run(magic, after: zoo.loading)
    }
}
