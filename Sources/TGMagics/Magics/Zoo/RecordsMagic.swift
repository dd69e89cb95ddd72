import ArgumentParser
import CellLanguage
import JupyterKernel
import Presentation

/// `%records`
public struct RecordsMagic: Magic {
    public static let configuration = CommandConfiguration(
        commandName: "records", abstract: "Lists the fine-tuning results: how well each model did on each dataset.",
        discussion: "%records --dataset cifar100 --sort result --descending")

    @Option(help: ArgumentHelp("Only this model's.", valueName: "model"))
    public var model: String?
    @Option(help: ArgumentHelp("Only those on this dataset.", valueName: "dataset"))
    public var dataset: String?
    @OptionGroup public var options: TableOptions

    public init() {}

    public func run(in invocation: Invocation) throws -> MagicResult {
        let zoo = try invocation.state.requireZoo()
        let onlyModel = try model.map { try zoo.model(named: $0) }
        let onlyDataset = try dataset.map { try zoo.dataset(named: $0) }
        let normalised = zoo.results.minMaxNormalised()
        var rows: [[Table.Cell]] = []
        for (position, entry) in zoo.results.entries.enumerated() {
            if let onlyModel, onlyModel != entry.model { continue }
            if let onlyDataset, onlyDataset != entry.dataset { continue }
            rows.append([
                .text(zoo.models[entry.model].name), .text(zoo.datasets[entry.dataset].name), .number(entry.value),
                .number(normalised.values[position]),
                position < zoo.runs.count ? .integer(Int(zoo.runs[position])) : .missing,
            ])
        }
        return MagicResult(
            try options.table(
                columns: [
                    .init("model"), .init("dataset"), .number("result"), .number("normalised", .decimals(3)),
                    .number("runs", .count),
                ], rows: rows))
    }
}
