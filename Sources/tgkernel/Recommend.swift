import ArgumentParser
import CellLanguage
import TGMagics

/// `tgkernel recommend`: the magic `%recommend` in a terminal.
struct Recommend: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recommend", abstract: RecommendMagic.configuration.abstract,
        discussion: "In a notebook: %recommend.")

    @OptionGroup var zoo: ZooChoice
    @OptionGroup var magic: RecommendMagic

    func run() throws {
        try TerminalRunner(registry: .standard).run(magic, after: zoo.loading)
    }
}
