import ArgumentParser
import CellLanguage
import JupyterKernel
import Presentation

/// `%datasets`
public struct DatasetsMagic: Magic {
    public static let configuration = CommandConfiguration(
        commandName: "datasets",
        abstract:
            "Lists the zoo's datasets, those to fine-tune on first, with the metric of their results and its direction.",
        discussion: """
            %datasets --targets --sort size --descending
            %datasets --where "metric = 'wer'"
            """)

    public static let bindingOptions = ColumnOptions.binding

    @Flag(help: "Only those with results or scores.")
    public var targets = false
    @OptionGroup public var choice: ColumnOptions
    @OptionGroup public var options: TableOptions

    public init() {}

    public func run(in invocation: Invocation) throws -> MagicResult {
        let zoo = try invocation.state.requireZoo()
        let table = ZooTable.datasets(zoo)
        let wanted = Set(try choice.rows(of: table, in: zoo, of: invocation))
        let isTarget = Set(zoo.targets)
        let order = (zoo.targets + (targets ? [] : zoo.datasets.indices.filter { !isTarget.contains($0) }))
            .filter(wanted.contains)
        if let chosen = try choice.chosen(from: table) {
            return MagicResult(
                try options.table(
                    columns: chosen.map(\.shown), rows: order.map { row in chosen.map { $0.cell(row) } },
                    notes: choice.notes(on: table, rows: wanted.count, of: invocation), of: (table, order)))
        }
        var pretrained = [Int](repeating: 0, count: zoo.datasets.count)
        for model in zoo.models { for dataset in model.pretrainingDatasets { pretrained[dataset] += 1 } }
        let rows = order.map { index -> [Table.Cell] in
            let dataset = zoo.datasets[index]
            let results = zoo.results.column(index).map { zoo.results.values[$0] }
            let scores = zoo.scores.reduce(0) { $0 + $1.values.column(index).count }
            return [
                .text(dataset.name), .init(dataset.size), .init(dataset.classes), .integer(results.count),
                results.isEmpty ? .missing : .text(dataset.metric.phrase),
                .init(results.isEmpty ? nil : zoo.turned(results.reduce(0, +) / Double(results.count), on: index)),
                .init(results.max().map { zoo.turned($0, on: index) }),
                .integer(scores), .integer(pretrained[index]),
                results.isEmpty ? .missing : .truth(dataset.carriesSignal),
            ]
        }
        return MagicResult(
            try options.table(
                columns: [
                    .init("dataset"), .number("size", .count), .number("classes", .count), .number("results", .count),
                    .init("metric"), .number("mean"), .number("best"), .number("scores", .count),
                    .number("pre-trained models", .count), .init("signal"),
                ], rows: rows, notes: choice.notes(on: table, rows: wanted.count, of: invocation), of: (table, order)))
    }
}
