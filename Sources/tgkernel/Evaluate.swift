import ArgumentParser
import CellLanguage
import TGMagics

/// `tgkernel evaluate`: the magic `%evaluate` in a terminal.
struct Evaluate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate", abstract: EvaluateMagic.configuration.abstract, discussion: "In a notebook: %evaluate."
    )

    @OptionGroup var zoo: ZooChoice
    @OptionGroup var magic: EvaluateMagic

    func run() throws {
        try TerminalRunner(registry: .standard).run(magic, after: zoo.loading)
    }
}
