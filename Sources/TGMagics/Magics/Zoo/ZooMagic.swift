import ArgumentParser
import CellLanguage

/// `%zoo load|list|use|info`
public struct ZooMagic: Magic {
    public static let configuration = CommandConfiguration(
        commandName: "zoo",
        abstract: "Loads zoos of models, datasets and fine-tuning results, and switches between them.",
        discussion: "%zoo load path/to/zoo --as mine",
        subcommands: [ZooLoadMagic.self, ZooListMagic.self, ZooUseMagic.self, ZooInfoMagic.self],
        defaultSubcommand: ZooInfoMagic.self)

    public init() {}
}
