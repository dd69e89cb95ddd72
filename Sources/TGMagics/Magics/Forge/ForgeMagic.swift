import ArgumentParser
import CellLanguage

/// `%forge tasks|pretrain|finetune|export`
public struct ForgeMagic: Magic {
    public static let configuration = CommandConfiguration(
        commandName: "forge",
        abstract: "Makes rows of the zoo `words`: trains small character networks and fine-tunes them.",
        discussion: """
            %forge pretrain --source romance --architecture cnn-64-k3 --steps 800
            %forge finetune cnn-64-k3/romance-800 scratch --target iberian
            """,
        subcommands: [ForgeTasksMagic.self, ForgePretrainMagic.self, ForgeFinetuneMagic.self, ForgeExportMagic.self],
        defaultSubcommand: ForgeTasksMagic.self)

    public init() {}
}
