import ArgumentParser
import CellLanguage
import JupyterKernel
import Presentation
import TransferGraphCore

/// `%methods`
public struct MethodsMagic: Magic {
    public static let configuration = CommandConfiguration(
        commandName: "methods", abstract: "Lists the methods that --method takes with the current zoo.")

    public init() {}

    public func run(in invocation: Invocation) throws -> MagicResult {
        let zoo = invocation.state.zoo
        let standard = zoo.map(MethodOptions.standardMethod)
        let rows = MethodCatalog.entries(for: zoo).map { entry -> [Table.Cell] in
            [.text(entry.name), .text(entry.name == standard ? "\(entry.summary) (the usual one)" : entry.summary)]
        }
        return MagicResult(Table(columns: [.init("method"), .init("what it predicts by")], rows: rows))
    }
}
