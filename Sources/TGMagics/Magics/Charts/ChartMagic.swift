import ArgumentParser
import CellLanguage

/// `%chart results|distances`
public struct ChartMagic: Magic {
    public static let configuration = CommandConfiguration(
        commandName: "chart", abstract: "Draws what the zoo holds: its results, or how far its datasets lie apart.",
        discussion: "%chart results\n%chart distances --interactive",
        subcommands: [ChartResultsMagic.self, ChartDistancesMagic.self], defaultSubcommand: ChartResultsMagic.self)

    public init() {}
}
