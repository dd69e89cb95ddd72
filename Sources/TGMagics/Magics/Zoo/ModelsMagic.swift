import ArgumentParser
import CellLanguage
import JupyterKernel
import Presentation

/// `%models`
public struct ModelsMagic: Magic {
    public static let configuration = CommandConfiguration(
        commandName: "models", abstract: "Lists the zoo's models with what is known of them.",
        discussion: """
            %models --sort parameters --descending --match vit
            %models --columns parameters,license --where "parameters < 100e6 and license = 'apache-2.0'"
            """)

    public static let bindingOptions = ColumnOptions.binding

    @OptionGroup public var choice: ColumnOptions
    @OptionGroup public var options: TableOptions

    public init() {}

    public func run(in invocation: Invocation) throws -> MagicResult {
        let zoo = try invocation.state.requireZoo()
        let table = ZooTable.models(zoo)
        let rows = try choice.rows(of: table, in: zoo, of: invocation)
        if let chosen = try choice.chosen(from: table) {
            return MagicResult(
                try options.table(
                    columns: chosen.map(\.shown), rows: rows.map { row in chosen.map { $0.cell(row) } },
                    notes: choice.notes(on: table, rows: rows.count, of: invocation), of: (table, rows)))
        }
        var counts = [Int](repeating: 0, count: zoo.models.count)
        for model in zoo.results.models { counts[Int(model)] += 1 }
        let cells = rows.map { index -> [Table.Cell] in
            let model = zoo.models[index]
            let origins = model.pretrainingDatasets.map { zoo.datasets[$0].name }
            return [
                .text(model.name), .init(model.family), .init(model.parameters), .init(model.inputSize),
                .init(
                    origins.count > 2
                        ? "\(origins[0]) and \(origins.count - 1) more"
                        : origins.first.map { _ in
                            origins.joined(separator: ", ")
                        }), .init(model.pretrainingAccuracy),
                .integer(counts[index]),
            ]
        }
        return MagicResult(
            try options.table(
                columns: [
                    .init("model"), .init("family"), .number("parameters", .compact), .number("input", .count),
                    .init("pre-trained on"), .number("accuracy there"), .number("results", .count),
                ], rows: cells,
                notes: choice.notes(on: table, rows: rows.count, of: invocation) + furtherColumns(table),
                of: (table, rows)))
    }

    /// The columns of the zoo's own files, which `--columns` shows.
    private func furtherColumns(_ table: ZooTable) -> [String] {
        let further = table.columns.dropFirst(8).map(\.name)
        if further.isEmpty { return [] }
        return [
            "--columns shows further ones: \(further.prefix(12).joined(separator: ", "))\(further.count > 12 ? ", …" : "")."
        ]
    }
}
