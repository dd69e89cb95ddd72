import ArgumentParser
import CellLanguage
import JupyterKernel
import Presentation
import TransferGraphCore

/// `%zoo list`
public struct ZooListMagic: Magic {
    public static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Lists the zoos known: built-in and loaded.")

    public init() {}

    public func run(in invocation: Invocation) throws -> MagicResult {
        let state = invocation.state
        let rows = state.knownZooNames.map { name -> [Table.Cell] in
            guard let zoo = state.zoos[name] else {
                return [
                    .text(name), .text("built-in"), .missing, .missing, .missing,
                    .text("%zoo load \(Word.quoting(name))"),
                ]
            }
            return [
                .text(name), .text(name == state.currentZooName ? "current" : "loaded"), .integer(zoo.models.count),
                .integer(zoo.datasets.count), .integer(zoo.results.count), .text(zoo.source),
            ]
        }
        let notes = rows.isEmpty ? ["None yet: %zoo load PATH loads one."] : []
        return MagicResult(
            Table(
                columns: [
                    .init("zoo"), .init(""), .number("models", .count), .number("datasets", .count),
                    .number("results", .count), .init("from"),
                ], rows: rows, notes: notes))
    }
}
