import ArgumentParser
import Presentation

/// `%who`
public struct WhoMagic: Magic {
    public static let configuration = CommandConfiguration(
        commandName: "who", abstract: "Lists the variables, and what else the session holds.")
    public static let places: MagicPlaces = .line

    public init() {}

    public func run(in invocation: Invocation) throws -> MagicResult {
        let state = invocation.state
        var rows = state.variables.sorted { $0.key < $1.key }.map { name, value -> [Table.Cell] in
            [.text(name), .text(value.kind), .text(value.summary)]
        }
        rows += invocation.runner.registry.vocabulary.holdings(of: state).map { name, kind, summary in
            [.text(name), .text(kind), .text(summary)]
        }
        let notes = rows.isEmpty ? ["Nothing yet: NAME = %COMMAND … assigns what a command gives."] : []
        return MagicResult(
            Table(columns: [.init("name"), .init("kind"), .init("what it is")], rows: rows, notes: notes))
    }
}
