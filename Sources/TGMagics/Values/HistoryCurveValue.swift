import CellLanguage
import JupyterKernel
import Presentation
import TransferGraphCore

/// Evaluations with ever less of the history, as a curve: what each method still achieves.
struct HistoryCurveValue: SessionValue {
    private let steps: [EvaluationValue]
    private let isInteractive: Bool

    /// - Parameter steps: evaluations of the same methods on the same targets, one per history ratio; at least one.
    init(_ steps: [EvaluationValue], isInteractive: Bool = false) {
        self.isInteractive = isInteractive
        self.steps = steps.sorted { $0.evaluation.historyRatio < $1.evaluation.historyRatio }
    }

    private var methods: [String] { steps.first?.evaluation.methods ?? [] }
    private var ratios: [Double] { steps.map(\.evaluation.historyRatio) }

    var kind: String { "history-curve" }
    var text: String { summary }
    var summary: String {
        "\(methods.joined(separator: ", ")) with \(ratios.map(NumberFormat.figures.text).joined(separator: ", ")) of the history"
    }

    var figures: [DisplayData] { [chart.display(isInteractive: isInteractive)] }

    private var targetCount: Int { steps.first?.statistics.targets.count ?? 0 }

    /// What brackets and bands show: the interval over datasets, or over models if there is one dataset.
    private var question: String {
        targetCount == 1
            ? "the 95 % interval on this dataset with other models like these"
            : "the 95 % interval on other datasets like these \(targetCount), with other models like these"
    }

    private func interval(_ step: EvaluationValue, _ method: Int) -> Interval? {
        let figure = step.statistics.methods[method][.pearson]
        return targetCount == 1 ? figure?.modelInterval : figure?.interval
    }

    /// The mean Pearson correlation over the history ratio, one line per method with its interval.
    var chart: LineChart {
        LineChart(
            title: "Pearson correlation with less and less history", subtitle: "bands: \(question)",
            xLabel: "share of the other datasets' results that is kept",
            yLabel: "mean Pearson correlation",
            series: methods.enumerated().map { index, method in
                LineChart.Series(
                    name: method,
                    points: steps.map {
                        ($0.evaluation.historyRatio, $0.statistics.methods[index][.pearson]?.mean ?? .nan)
                    },
                    band: steps.compactMap { step in
                        interval(step, index).map { (step.evaluation.historyRatio, $0.lower, $0.upper) }
                    })
            })
    }

    /// One row per method and ratio.
    var table: Table {
        let measures: [Measure] = [.pearson, .spearman, .regret(at: 1), .regret(at: 5)]
        let rows = methods.enumerated().flatMap { index, method in
            steps.map { step -> [Table.Cell] in
                let found = step.statistics.methods[index]
                return [
                    .text(method), .number(step.evaluation.historyRatio),
                    .interval(found[.pearson]?.mean ?? .nan, in: interval(step, index)),
                ] + measures.dropFirst().map { .number(step.mean($0, of: found) ?? .nan) } + [.init(found.coverage)]
                    + step.against(found)
            }
        }
        let columns =
            [Table.Column("method"), .number("history kept", .figures)]
            + measures.map { Table.Column.number($0.name, .decimals(3)) } + [.number("inside 80 %", .decimals(2))]
            + (steps.first?.againstColumns ?? [])
        let seeds = steps.first?.statistics.seedCount ?? 1
        return Table(
            title: "With less and less of the history", columns: columns, rows: rows,
            notes: [
                "In brackets: \(question). Inside 80 %: the share of the actual results inside the prediction's 80 % interval."
            ] + [steps.last?.comparisonNote].compactMap(\.self)
                + (seeds > 1 ? ["All figures are means over \(seeds) seeds."] : []))
    }

    var display: DisplayData {
        DisplayData(data: [
            "text/plain": .string(table.plainText), "text/html": .string(table.html),
            DisplayData.transferGraphJSON: [
                "kind": .string(kind), "history_ratios": .array(ratios.map(JSON.number)),
                "evaluations": .array(steps.map(\.json)),
            ],
        ])
    }
}
