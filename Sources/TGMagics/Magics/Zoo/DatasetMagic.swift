import ArgumentParser
import CellLanguage

/// `%dataset`
public struct DatasetMagic: Magic {
    public static let configuration = CommandConfiguration(
        commandName: "dataset", abstract: "Puts your own dataset into the zoo as a target, and takes it out.",
        discussion: """
            %dataset add mine --features features.npy --labels labels.npy
            %dataset remove mine
            """, subcommands: [DatasetAddMagic.self, DatasetRemoveMagic.self])

    public init() {}
}
