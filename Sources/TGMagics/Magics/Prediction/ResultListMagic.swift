import ArgumentParser
import CellLanguage
import Foundation
import Presentation
import TransferGraphCore

/// `%result list`
public struct ResultListMagic: Magic {
    public static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Lists the results that %result add brought into the current zoo.",
        discussion: "%result list --dataset mine")

    @Option(help: ArgumentHelp("Only those on this dataset.", valueName: "dataset"))
    public var dataset: String?

    public init() {}

    public func run(in invocation: Invocation) throws -> MagicResult {
        let zoo = try invocation.state.requireZoo()
        let index = try dataset.map { try zoo.dataset(named: $0) }
        return MagicResult(OwnResults.table(zoo, on: index, added: []))
    }
}

/// The user's own results as a table.
enum OwnResults {
    /// - Parameters:
    ///   - dataset: only those on it; on all datasets if `nil`.
    ///   - added: those that were just added.
    ///   - replaced: the models whose earlier results were replaced, and those results.
    static func table(
        _ zoo: Zoo, on dataset: Int?, added: [OwnResult], replaced: [(model: Int, value: Double)] = []
    ) -> Table {
        let results = zoo.ownResults.filter { dataset == nil || $0.dataset == dataset }
        let rows = results.map { result -> [Table.Cell] in
            let metric = zoo.datasets[result.dataset].metric
            return [
                .text(zoo.models[result.model].name), .text(zoo.datasets[result.dataset].name),
                .number(result.value), .text(metric.name ?? "–"), .text(metric.scale.phrase), .init(result.hours),
            ]
        }
        var notes: [String] = []
        if let first = added.first {
            let metric = zoo.datasets[first.dataset].metric
            let name = zoo.datasets[first.dataset].name.singleLine(limit: 40)
            let scale = metric.scale == .asWritten ? "" : ", \(metric.scale.phrase)"
            let what =
                metric.name != nil
                ? "Results on \(name) are \(metric.phrase) (\(metric.sourcePhrase)), \(metric.scale.phrase)."
                : metric.directionSource == .assumed
                    ? "On \(name) the higher result\(scale) is taken to be the better one: nothing says so. --metric names the metric."
                    : "On \(name) the \(metric.higherIsBetter ? "higher" : "lower") result\(scale) is the better one (\(metric.sourcePhrase))."
            notes.append("\(added.count.counted("result")) added. \(what)")
        }
        for (model, value) in replaced {
            notes.append(
                "The result of \(zoo.models[model].name.singleLine()) was \(WrittenNumber.shortest(value)), and is replaced."
            )
        }
        if results.isEmpty {
            notes.append("None yet: %result add DATASET MODEL VALUE keeps what fine-tuning gave.")
        } else {
            notes.append("%zoo save keeps them; %result remove DATASET MODEL takes one out.")
        }
        // The best of each dataset that has several, as wherever results are listed.
        let emphasised = results.indices.filter { place in
            let result = results[place]
            let others = results.filter { $0.dataset == result.dataset }
            let higher = zoo.datasets[result.dataset].metric.higherIsBetter
            return others.count > 1
                && others.allSatisfy { higher ? $0.value <= result.value : $0.value >= result.value }
        }
        return Table(
            title: "Results of your own",
            columns: [
                .init("model"), .init("dataset"), .number("result"), .init("metric"), .init("scale"), .number("hours"),
            ], rows: rows, emphasised: Set(emphasised), notes: notes)
    }
}

extension MetricScale {
    /// The scale in words.
    var phrase: String {
        switch self {
        case .fraction: "a fraction of 1"
        case .percent: "in percent"
        case .asWritten: "as written"
        }
    }
}
