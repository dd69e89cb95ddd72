import ArgumentParser
import CellLanguage
import JupyterKernel
import Presentation
import TransferGraphCore

/// `%scores`
public struct ScoresMagic: Magic {
    public static let configuration = CommandConfiguration(
        commandName: "scores", abstract: "Lists the transferability scores of models on datasets.",
        discussion: "%scores --dataset pets --method logme --sort value --descending")

    @Option(help: ArgumentHelp("Only those on this dataset.", valueName: "dataset"))
    public var dataset: String?
    @Option(help: ArgumentHelp("Only this score.", valueName: "score"))
    public var method: String?
    @Option(help: ArgumentHelp("Only this model's.", valueName: "model"))
    public var model: String?
    @OptionGroup public var options: TableOptions

    public init() {}

    public func run(in invocation: Invocation) throws -> MagicResult {
        let zoo = try invocation.state.requireZoo()
        let onlyDataset = try dataset.map { try zoo.dataset(named: $0) }
        let onlyModel = try model.map { try zoo.model(named: $0) }
        if let method, !zoo.scores.contains(where: { $0.method == method }) {
            throw UserError(
                "UnknownMethod", "The zoo '\(zoo.name)' has no score '\(method)'.",
                hint: NearestNames.hint(for: method, in: zoo.scores.map(\.method), listing: "%zoo info"))
        }
        var rows: [[Table.Cell]] = []
        for score in zoo.scores where method == nil || score.method == method {
            for entry in score.values.entries {
                if let onlyDataset, onlyDataset != entry.dataset { continue }
                if let onlyModel, onlyModel != entry.model { continue }
                rows.append([
                    .text(zoo.models[entry.model].name), .text(zoo.datasets[entry.dataset].name), .text(score.method),
                    .number(entry.value), .init(zoo.result(entry.model, on: entry.dataset)),
                ])
            }
        }
        return MagicResult(
            try options.table(
                columns: [
                    .init("model"), .init("dataset"), .init("method"), .number("value"), .number("result"),
                ], rows: rows))
    }
}
