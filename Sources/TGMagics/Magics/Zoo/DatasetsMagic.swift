import ArgumentParser
import CellLanguage
import JupyterKernel
import Presentation

/// `%datasets`
public struct DatasetsMagic: Magic {
    public static let configuration = CommandConfiguration(
        commandName: "datasets", abstract: "Lists the zoo's datasets, those to fine-tune on first.",
        discussion: "%datasets --targets --sort size --descending")

    @Flag(help: "Only those with results or scores.")
    public var targets = false
    @OptionGroup public var options: TableOptions

    public init() {}

    public func run(in invocation: Invocation) throws -> MagicResult {
        let zoo = try invocation.state.requireZoo()
        let isTarget = Set(zoo.targets)
        let order = zoo.targets + (targets ? [] : zoo.datasets.indices.filter { !isTarget.contains($0) })
        var pretrained = [Int](repeating: 0, count: zoo.datasets.count)
        for model in zoo.models { model.pretrainingDataset.map { pretrained[$0] += 1 } }
        let rows = order.map { index -> [Table.Cell] in
            let dataset = zoo.datasets[index]
            let results = zoo.results.column(index).map { zoo.results.values[$0] }
            let scores = zoo.scores.reduce(0) { $0 + $1.values.column(index).count }
            return [
                .text(dataset.name), .init(dataset.size), .init(dataset.classes), .integer(results.count),
                .init(results.isEmpty ? nil : results.reduce(0, +) / Double(results.count)), .init(results.max()),
                .integer(scores), .integer(pretrained[index]),
                results.isEmpty ? .missing : .truth(dataset.carriesSignal),
            ]
        }
        return MagicResult(
            try options.table(
                columns: [
                    .init("dataset"), .number("size", .count), .number("classes", .count), .number("results", .count),
                    .number("mean"), .number("best"), .number("scores", .count),
                    .number("pre-trained models", .count), .init("signal"),
                ], rows: rows))
    }
}
