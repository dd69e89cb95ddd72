import CellLanguage
import JupyterKernel
import Presentation
import TransferGraphCore

/// Evaluations with less and less of the history, as a curve: what each method still reaches.
struct HistoryCurveValue: SessionValue {
    private let steps: [EvaluationValue]

    /// - Parameter steps: evaluations of the same methods on the same targets, one a history ratio; at least one.
    init(_ steps: [EvaluationValue]) {
        self.steps = steps.sorted { $0.evaluation.historyRatio < $1.evaluation.historyRatio }
    }

    private var methods: [String] { steps.first?.evaluation.methods ?? [] }
    private var ratios: [Double] { steps.map(\.evaluation.historyRatio) }

    var kind: String { "history-curve" }
    var text: String { summary }
    var summary: String {
        "\(methods.joined(separator: ", ")) with \(ratios.map(NumberFormat.figures.text).joined(separator: ", ")) of the history"
    }

    var figures: [DisplayData] { [chart.display] }

    /// The mean Pearson correlation over the share of the history, a line a method with its bootstrap interval.
    var chart: Drawing {
        LineChart(
            title: "Pearson correlation with less and less history",
            xLabel: "share of the other datasets' results that is kept",
            yLabel: "mean Pearson correlation; bands: 95 % interval over models",
            series: methods.enumerated().map { index, method in
                LineChart.Series(
                    name: method,
                    points: steps.map {
                        ($0.evaluation.historyRatio, $0.evaluation.mean(.pearson, method: method) ?? .nan)
                    },
                    band: steps.compactMap { step in
                        step.intervals[index][0].map { (step.evaluation.historyRatio, $0.lower, $0.upper) }
                    })
            }
        ).drawing
    }

    /// A row a method and ratio.
    var table: Table {
        let measures: [Measure] = [.pearson, .spearman, .regret(at: 1), .regret(at: 5)]
        let rows = methods.enumerated().flatMap { index, method in
            steps.map { step -> [Table.Cell] in
                let mean = { (measure: Measure) in step.evaluation.mean(measure, method: method) ?? .nan }
                return [
                    .text(method), .number(step.evaluation.historyRatio),
                    step.intervals[index][0].map { .interval(mean(.pearson), low: $0.lower, high: $0.upper) }
                        ?? .number(mean(.pearson)),
                ] + measures.dropFirst().map { .number(mean($0)) }
                    + [step.evaluation.coverage(method: method).map { .number($0) } ?? .missing]
            }
        }
        let columns =
            [Table.Column("method"), .number("history kept", .figures)]
            + measures.map { Table.Column.number($0.name, .decimals(3)) } + [.number("inside 80 %", .decimals(2))]
        return Table(
            title: "With less and less of the history", columns: columns, rows: rows,
            notes: [
                "In brackets: the 95 % bootstrap interval over models. Inside 80 %: the share of the actual results inside the prediction's 80 % interval."
            ])
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
