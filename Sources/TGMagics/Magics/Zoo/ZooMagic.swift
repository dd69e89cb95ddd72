import ArgumentParser
import CellLanguage

/// `%zoo load|save|list|use|info|describe`, `%%zoo NAME`
public struct ZooMagic: Magic {
    public static let configuration = CommandConfiguration(
        commandName: "zoo",
        abstract: "Loads zoos of models, datasets and fine-tuning results, switches between them, and saves them.",
        discussion: """
            %zoo load path/to/zoo --as mine
            %%zoo NAME over a table in the cell makes a small zoo: model,dataset,score and a line for each result.

            \(ZooLayout.text)
            """,
        subcommands: [
            ZooLoadMagic.self, ZooSaveMagic.self, ZooListMagic.self, ZooUseMagic.self, ZooInfoMagic.self,
            ZooDescribeMagic.self, ZooHereMagic.self,
        ],
        defaultSubcommand: ZooHereMagic.self)
    public static let places: MagicPlaces = [.line, .cell, .terminal]

    public init() {}
}
