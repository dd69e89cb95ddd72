import ArgumentParser
import CellLanguage
import TGMagics

/// `tgkernel predict`: the magic `%predict` in a terminal.
struct Predict: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "predict", abstract: PredictMagic.configuration.abstract, discussion: "In a notebook: %predict.")

    @OptionGroup var zoo: ZooChoice
    @OptionGroup var magic: PredictMagic

    func run() throws {
        try TerminalRunner(registry: .standard).run(magic, after: zoo.loading)
    }
}
