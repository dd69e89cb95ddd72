import CellLanguage
import JupyterKernel
import Presentation
import TransferGraphCore

/// A simulated search as it is shown: the regret after each run, one row and one line per strategy.
struct SimulationValue: SessionValue {
    let outcome: SearchOutcome
    private let summaries: [SearchOutcome.Summary]
    /// The column of the runs' costs, and how many models lack one.
    private let costs: (name: String, unknown: Int)?

    init(_ outcome: SearchOutcome, costs: (name: String, unknown: Int)?) {
        self.outcome = outcome
        self.costs = costs
        summaries = outcome.summaries()
    }

    var kind: String { "simulation" }
    var text: String { summary }
    var summary: String {
        "\(outcome.strategies.map(\.name).joined(separator: ", ")) on \(outcome.targets.count) target\(outcome.targets.count == 1 ? "" : "s"), \(outcome.runs) runs"
    }

    /// The runs that have a column.
    private var shownRuns: [Int] {
        let usual = [1, 2, 3, 5, 10, 20, 50, 100].filter { $0 < outcome.runs }
        return usual + [outcome.runs]
    }

    /// The strategy that the others are set beside; `nil` if there is no other.
    private var reference: SearchStrategy? { outcome.strategies.count > 1 ? outcome.reference : nil }

    private var unit: String {
        if outcome.isNormalised { return "share of the dataset's range" }
        guard let first = outcome.targets.first else { return "result" }
        let metric = outcome.zoo.datasets[first].metric
        return metric.name ?? "result"
    }

    var table: Table {
        var columns: [Table.Column] = [.init("strategy")]
        columns += shownRuns.map { .number("after \($0)", .figures) }
        if outcome.hasCosts { columns.append(.number("\(costs?.name ?? "cost") of \(outcome.runs)", .compact)) }
        if let reference { columns.append(.number("of \(reference.name)", .decimals(2))) }
        let rows = summaries.map { summary -> [Table.Cell] in
            var row: [Table.Cell] = [.text(summary.strategy.name)]
            row += shownRuns.map { run in .interval(summary.regret[run - 1], in: summary.intervals[run - 1]) }
            if outcome.hasCosts { row.append(.init(summary.cost.last)) }
            if let reference {
                row.append(
                    summary.strategy == reference
                        ? .number(1) : summary.share.map { .interval($0, in: summary.shareInterval) } ?? .missing)
            }
            return row
        }
        return Table(
            title:
                "Regret on \(outcome.targets.count) dataset\(outcome.targets.count == 1 ? "" : "s") of \(outcome.zoo.name)",
            columns: columns, rows: rows, notes: notes)
    }

    private var notes: [String] {
        var notes = [
            "Regret after k runs: what the best of k models lacks of the best of all (\(unit))\(outcome.seeds.count > 1 ? ", mean of \(outcome.seeds.count) seeds" : "")\(outcome.targets.count > 1 ? "; in brackets the 95 % bootstrap interval over datasets" : "")."
        ]
        if let costs, costs.unknown > 0 {
            notes.append("\(costs.unknown) models without \(costs.name) count as the mean of the others.")
        }
        if let reference {
            notes.append(
                "Of \(reference.name): the regret summed over all \(outcome.runs) runs, as a share of that of \(reference.name)."
            )
            if summaries.contains(where: { $0.shareInterval?.upper == .infinity }) {
                notes.append(
                    "∞: where only datasets are drawn on which \(reference.name) loses nothing, no share is large enough."
                )
            }
        }
        if outcome.historyRatio < 1 {
            notes.append(
                "Of the other datasets' results \(NumberFormat.count.text(outcome.historyRatio * 100)) % were kept.")
        }
        let percent = { (share: Double) in NumberFormat.decimals(0).text(share * 100) + " %" }
        for summary in summaries {
            if let stop = summary.stop {
                notes.append(
                    stop.share == 0
                        ? "\(summary.strategy.name) never says stop within half of the models."
                        : "\(summary.strategy.name) says stop in \(percent(stop.share)) of the replays, after \(percent(stop.tried)) of the models on average; in \(percent(stop.wrong)) of these a model not tried was better by more than \(NumberFormat.count.text(outcome.delta * 100)) %."
                )
            }
            if let accuracy = summary.accuracy {
                notes.append(
                    "After two results \(summary.strategy.name) errs by \(NumberFormat.figures.text(accuracy.error)) on average, against \(NumberFormat.figures.text(accuracy.rangeError)) by the range of similar datasets alone; \(percent(accuracy.coverage)) of the results lie in their 80 % intervals."
                )
            }
        }
        return notes
    }

    var figures: [DisplayData] {
        [
            LineChart(
                title: "What each strategy still lacks", xLabel: "models tried",
                yLabel: "mean regret (\(unit))"
                    + (outcome.targets.count > 1 ? "; bands: 95 % over datasets" : ""),
                series: summaries.map { summary in
                    LineChart.Series(
                        name: summary.strategy.name,
                        points: summary.regret.enumerated().map { (Double($0 + 1), $1) },
                        band: summary.strategy == summaries.first?.strategy
                            ? summary.intervals.enumerated().compactMap { run, interval in
                                interval.map { (Double(run + 1), $0.lower, $0.upper) }
                            } : [])
                }
            ).display()
        ]
    }

    /// One row per strategy and run.
    var tabular: Table? {
        let rows = summaries.flatMap { summary in
            summary.regret.indices.map { run -> [Table.Cell] in
                [
                    .text(summary.strategy.name), .integer(run + 1), .number(summary.regret[run]),
                    .init(summary.intervals[run]?.lower), .init(summary.intervals[run]?.upper),
                    .number(summary.cost[run]),
                ]
            }
        }
        return Table(
            columns: [
                .init("strategy"), .number("runs", .count), .number("regret"), .number("low (95 %)"),
                .number("high (95 %)"), .number("cost"),
            ], rows: rows)
    }

    var display: DisplayData {
        var display = table.display
        display.data[DisplayData.transferGraphJSON] = json
        return display
    }

    private var json: JSON {
        let entries = summaries.map { summary -> JSON in
            let stop: JSON =
                summary.stop.map {
                    [
                        "share": .init(finite: $0.share), "tried": .init(finite: $0.tried),
                        "wrong": .init(finite: $0.wrong),
                    ]
                } ?? .null
            let accuracy: JSON =
                summary.accuracy.map {
                    [
                        "error": .init(finite: $0.error), "range_error": .init(finite: $0.rangeError),
                        "coverage": .init(finite: $0.coverage),
                    ]
                } ?? .null
            return [
                "strategy": .string(summary.strategy.name), "regret": .array(summary.regret.map { JSON(finite: $0) }),
                "low": .array(summary.intervals.map { .init(finite: $0?.lower) }),
                "high": .array(summary.intervals.map { .init(finite: $0?.upper) }),
                "cost": .array(summary.cost.map { JSON(finite: $0) }), "share": .init(finite: summary.share),
                "share_low": .init(finite: summary.shareInterval?.lower),
                "share_high": .init(finite: summary.shareInterval?.upper),
                "stop": stop, "accuracy": accuracy,
            ]
        }
        return [
            "kind": "simulation", "runs": .integer(outcome.runs), "strategies": .array(entries),
            "targets": .array(outcome.targets.map { .string(outcome.zoo.datasets[$0].name) }),
            "seeds": .array(outcome.seeds.map { .init(whole: $0) }),
            "history_ratio": .init(finite: outcome.historyRatio),
            "normalised": .bool(outcome.isNormalised), "delta": .init(finite: outcome.delta),
        ]
    }
}
