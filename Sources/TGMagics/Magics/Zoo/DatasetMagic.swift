import ArgumentParser
import CellLanguage

/// `%dataset add`
public struct DatasetMagic: Magic {
    public static let configuration = CommandConfiguration(
        commandName: "dataset", abstract: "Puts your own dataset into the zoo as a target.",
        discussion: "%dataset add mine --features features.npy --labels labels.npy", subcommands: [DatasetAddMagic.self]
    )

    public init() {}
}
