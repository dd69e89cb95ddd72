import ArgumentParser
import CellLanguage

/// `%graph info`
public struct GraphInfoMagic: Magic {
    public static let configuration = CommandConfiguration(
        commandName: "info", abstract: "Counts the current graph's nodes and edges.")

    public init() {}

    public func run(in invocation: Invocation) throws -> MagicResult {
        MagicResult(GraphValue(try invocation.state.graphOrUsual()))
    }
}
