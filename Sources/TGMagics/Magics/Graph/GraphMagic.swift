import ArgumentParser
import CellLanguage

/// `%graph build|info|show|export`
public struct GraphMagic: Magic {
    public static let configuration = CommandConfiguration(
        commandName: "graph", abstract: "Builds, draws and writes the graph of models and datasets.",
        discussion: "%graph build --target pets\n%graph show --around pets",
        subcommands: [GraphBuildMagic.self, GraphInfoMagic.self, GraphShowMagic.self, GraphExportMagic.self],
        defaultSubcommand: GraphInfoMagic.self)

    public init() {}
}
