import ArgumentParser
import CellLanguage
import JupyterKernel
import Presentation
import TransferGraphCore

/// `%records`
public struct RecordsMagic: Magic {
    public static let configuration = CommandConfiguration(
        commandName: "records", abstract: "Lists the fine-tuning results: how well each model did on each dataset.",
        discussion: """
            %records --dataset cifar100 --sort result --descending
            %records --where "runs > 1" --columns score,runs,lowest,highest
            """)

    public static let bindingOptions = ColumnOptions.binding

    @Option(help: ArgumentHelp("Only this model's.", valueName: "model"))
    public var model: String?
    @Option(help: ArgumentHelp("Only those on this dataset.", valueName: "dataset"))
    public var dataset: String?
    @OptionGroup public var choice: ColumnOptions
    @OptionGroup public var options: TableOptions

    public init() {}

    public func run(in invocation: Invocation) throws -> MagicResult {
        let zoo = try invocation.state.requireZoo()
        let onlyModel = try model.map { try zoo.model(named: $0) }
        let onlyDataset = try dataset.map { try zoo.dataset(named: $0) }
        let table = ZooTable.records(zoo)
        let chosen = try choice.chosen(from: table)
        var wanted: Set<Int>?
        if choice.condition != nil {
            wanted = Set(try choice.rows(of: table, in: zoo, of: invocation))
        }
        let conditions = try choice.notes(on: table, rows: wanted?.count ?? table.rowCount, of: invocation)
        let trained = TrainedOn(zoo)
        let isMarked = trained.resultCount(in: zoo) > 0
        let normalised = zoo.results.minMaxNormalised()
        var rows: [[Table.Cell]] = []
        var positions: [Int] = []
        for (position, entry) in zoo.results.entries.enumerated() {
            if let onlyModel, onlyModel != entry.model { continue }
            if let onlyDataset, onlyDataset != entry.dataset { continue }
            if let wanted, !wanted.contains(position) { continue }
            positions.append(position)
            if let chosen {
                var cells = chosen.map { $0.cell(position) }
                if !chosen.contains(where: { $0.name == "dataset" }) {
                    cells.insert(.text(zoo.datasets[entry.dataset].name), at: 1)
                }
                rows.append(cells)
                continue
            }
            let range = zoo.runRanges[position]
            rows.append([
                .text(zoo.models[entry.model].name), .text(zoo.datasets[entry.dataset].name),
                .number(zoo.turned(entry.value, on: entry.dataset)), .number(normalised.values[position]),
                position < zoo.runs.count ? .integer(Int(zoo.runs[position])) : .missing,
                .init(
                    range.map { "\(NumberFormat.figures.text($0.lowest)) – \(NumberFormat.figures.text($0.highest))" }),
                trained.cell(model: entry.model, dataset: entry.dataset),
            ])
        }
        if let chosen {
            var columns = chosen.map(\.shown)
            if !chosen.contains(where: { $0.name == "dataset" }) { columns.insert(.init("dataset"), at: 1) }
            return MagicResult(
                try options.table(columns: columns, rows: rows, notes: conditions, of: (table, positions)))
        }
        let hasRanges = !zoo.runRanges.isEmpty
        // The last two columns only if they hold anything.
        let isShown = [Bool](repeating: true, count: 5) + [hasRanges, isMarked]
        rows = rows.map { row in zip(row, isShown).filter(\.1).map(\.0) }
        return MagicResult(
            try options.table(
                columns: [
                    .init("model"), .init("dataset"), .number("result"), .number("normalised", .decimals(3)),
                    .number("runs", .count),
                ] + (hasRanges ? [.init("spread", .right)] : []) + (isMarked ? [TrainedOn.column] : []),
                rows: rows, notes: conditions + notes(zoo, onlyDataset), of: (table, positions)))
    }

    /// The direction of the results, unless higher is better.
    private func notes(_ zoo: Zoo, _ only: Int?) -> [String] {
        let lower = (only.map { [$0] } ?? zoo.targets).filter {
            !zoo.results.column($0).isEmpty && !zoo.datasets[$0].metric.higherIsBetter
        }
        if lower.isEmpty { return [] }
        let names = lower.prefix(5).map { zoo.datasets[$0].name }.joined(separator: ", ")
        return [
            "Lower is better on \(names)\(lower.count > 5 ? " and \(lower.count - 5) more" : ""); a normalised 1 is the best."
        ]
    }
}
