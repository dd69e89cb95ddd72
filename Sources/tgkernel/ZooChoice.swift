import ArgumentParser
import CellLanguage
import TGMagics

/// The zoo that a subcommand works on, and the magics that are subcommands.
struct ZooChoice: TerminalSession {
    static let registry = MagicRegistry.standard

    @Option(
        help: ArgumentHelp("The zoo to work on: a built-in one, or the directory of one.", valueName: "name-or-path"))
    var zoo: String?

    func preparation() throws -> [any Magic] {
        try zoo.map { [try ZooLoadMagic.parse(["--", $0])] } ?? []
    }
}
