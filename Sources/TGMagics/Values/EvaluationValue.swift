import CellLanguage
import Foundation
import JupyterKernel
import Presentation
import TransferGraphCore

/// An evaluation as it is shown: means by method, each target, and predicted against actual.
public struct EvaluationValue: SessionValue {
    public let evaluation: Evaluation
    /// The 95 % bootstrap interval over models of each method's mean of each of ``Measure/standard``.
    let intervals: [[Interval?]]
    /// Each method's mean Pearson correlation against that of the history mean; `nil` for the history itself.
    private let comparisons: [PairedComparison?]

    /// Whether the calibration of intervals is drawn too.
    private let showsCalibration: Bool

    /// Computes the intervals, which takes a moment.
    ///
    /// - Throws: `Cancelled`.
    public init(_ evaluation: Evaluation, showsCalibration: Bool = false, work: Work) throws {
        self.evaluation = evaluation
        self.showsCalibration = showsCalibration
        let bootstrap = ModelBootstrap(resamples: 500)
        // The rank correlations cost ten times as much; these intervals are shown on demand.
        let fewer = ModelBootstrap(resamples: 100)
        let history = evaluation.outcomes(of: "history")
        work.report("bootstrap intervals", 0)
        let threads = ProcessInfo.processInfo.activeProcessorCount
        let parts = try Parallel.map(evaluation.methods, threads: threads, work: work) { method in
            let outcomes = evaluation.outcomes(of: method)
            let pearson = try bootstrap.interval(of: .pearson, over: outcomes, work: work)
            let others = try fewer.intervals(of: Array(Measure.standard.dropFirst()), over: outcomes, work: work)
            let comparison =
                method == "history"
                ? nil
                : try PairedComparison(of: outcomes, with: history, by: .pearson, bootstrap: bootstrap, work: work)
            return (intervals: [pearson] + others, comparison: comparison)
        }
        intervals = parts.map(\.intervals)
        comparisons = parts.map(\.comparison)
    }

    private var zoo: Zoo { evaluation.zoo }

    public var kind: String { "evaluation" }
    public var text: String { summary }
    public var summary: String {
        let count = evaluation.targets.count
        return "\(evaluation.methods.joined(separator: ", ")) on \(count) target\(count == 1 ? "" : "s")"
    }

    // MARK: Tables

    /// A row a method: its means over the targets.
    var means: Table {
        let measures = Measure.standard
        let best = evaluation.methods.indices.max { a, b in
            (evaluation.mean(.pearson, method: evaluation.methods[a]) ?? -2)
                < (evaluation.mean(.pearson, method: evaluation.methods[b]) ?? -2)
        }
        let rows = evaluation.methods.enumerated().map { index, method -> [Table.Cell] in
            let cells = evaluation.cells(of: method)
            var row: [Table.Cell] = [.text(method)]
            for measure in measures {
                let mean = evaluation.mean(measure, method: method) ?? .nan
                if measure == .pearson, let interval = intervals[index][0] {
                    row.append(.interval(mean, low: interval.lower, high: interval.upper))
                } else {
                    row.append(.number(mean))
                }
            }
            if givesIntervals { row.append(evaluation.coverage(method: method).map { .number($0) } ?? .missing) }
            row.append(.text(comparison(index)))
            row.append(.number(cells.map(\.seconds).reduce(0, +) / Double(max(cells.count, 1))))
            return row
        }
        let columns =
            [Table.Column("method")] + measures.map { Table.Column.number($0.name, .decimals(3)) }
            + (givesIntervals ? [Table.Column.number("inside 80 %", .decimals(2))] : [])
            + [.init("Pearson against history"), .number("s a target", .decimals(2))]
        return Table(
            title:
                "Mean over \(evaluation.targets.count) target\(evaluation.targets.count == 1 ? "" : "s") of \(zoo.name)",
            columns: columns, rows: rows, emphasised: best.map { [$0] } ?? [], notes: notes)
    }

    /// Whether a method says how sure it is.
    private var givesIntervals: Bool { evaluation.cells.contains { $0.prediction.intervals != nil } }

    private func comparison(_ index: Int) -> String {
        guard let comparison = comparisons[index] else {
            return evaluation.methods[index] == "history" ? "the baseline" : "undefined"
        }
        let difference = NumberFormat.decimals(3).text(comparison.difference)
        let signed = comparison.difference >= 0 ? "+\(difference)" : difference
        return comparison.isDistinguishable ? signed : "\(signed), may be noise"
    }

    private var notes: [String] {
        var notes = [
            "In brackets: the 95 % bootstrap interval over models. regret@k: the result lost by fine-tuning only the top k."
        ]
        if !silences.isEmpty {
            notes.append(
                "Not every model with a result has a prediction (\(silences)): correlations leave the others out, picks rank them last."
            )
        }
        if givesIntervals {
            notes.append(
                "Inside 80 %: the share of the actual results inside their predictions' 80 % intervals, the mean over targets."
            )
        }
        if evaluation.historyRatio < 1 {
            notes.append(
                "Of the other datasets' results \(NumberFormat.figures.text(evaluation.historyRatio * 100)) % were kept."
            )
        }
        if evaluation.modelRatio < 1 {
            notes.append(
                "Of the models \(NumberFormat.figures.text(evaluation.modelRatio * 100)) % kept their history.")
        }
        if evaluation.seeds.count > 1 {
            let spread = evaluation.methods.map { method -> String in
                let means = evaluation.meansBySeed(.pearson, method: method).compactMap(\.self)
                let mean = means.reduce(0, +) / Double(max(means.count, 1))
                let variance = means.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(max(means.count - 1, 1))
                return "\(method) \(NumberFormat.decimals(3).text(variance.squareRoot()))"
            }
            notes.append(
                "Deviation of the mean Pearson correlation over \(evaluation.seeds.count) seeds: \(spread.joined(separator: ", "))."
            )
        }
        return notes
    }

    /// How many of the targets' models each method says something of, for the methods that do not of all.
    private var silences: String {
        evaluation.methods.compactMap { method -> String? in
            let outcomes = evaluation.outcomes(of: method)
            let (known, all) = outcomes.reduce((0, 0)) { ($0.0 + $1.predictedCount, $0.1 + $1.models.count) }
            return known == all ? nil : "\(method) \(known) of \(all)"
        }.joined(separator: ", ")
    }

    /// A row a method: the interval of each of its means.
    var uncertainty: Table {
        let rows = evaluation.methods.enumerated().map { index, method -> [Table.Cell] in
            [.text(method)]
                + zip(Measure.standard, intervals[index]).map { measure, interval in
                    let mean = evaluation.mean(measure, method: method) ?? .nan
                    return interval.map { .interval(mean, low: $0.lower, high: $0.upper) } ?? .number(mean)
                }
        }
        return Table(
            columns: [.init("method")] + Measure.standard.map { .number($0.name, .decimals(3)) }, rows: rows)
    }

    /// A row a target and method, with the mean of each method last.
    var details: Table {
        let measures = Measure.standard
        var rows: [[Table.Cell]] = []
        var emphasised: Set<Int> = []
        for method in evaluation.methods {
            for target in evaluation.targets {
                let models = zoo.results.column(target).count
                rows.append(
                    [.text(method), .text(zoo.datasets[target].name), .integer(models)]
                        + measures.map { .number(evaluation.value($0, method: method, target: target) ?? .nan) }
                        + inside(method, target))
            }
            emphasised.insert(rows.count)
            rows.append(
                [.text(method), .text("mean"), .missing]
                    + measures.map { .number(evaluation.mean($0, method: method) ?? .nan) } + inside(method, nil))
        }
        let columns =
            [Table.Column("method"), .init("target"), .number("models", .count)]
            + measures.map { Table.Column.number($0.name, .decimals(3)) }
            + (givesIntervals ? [.number("inside 80 %", .decimals(2))] : [])
        return Table(columns: columns, rows: rows, emphasised: emphasised)
    }

    private func inside(_ method: String, _ target: Int?) -> [Table.Cell] {
        guard givesIntervals else { return [] }
        return [evaluation.coverage(method: method, target: target).map { .number($0) } ?? .missing]
    }

    // MARK: Display

    public var figures: [DisplayData] {
        [scatter.display] + (showsCalibration ? [calibration.display] : [])
    }

    /// For each chance, how many of the actual results lie below what the method says they lie below with that chance.
    var calibration: Drawing {
        let chances = (1...19).map { Double($0) / 20 }
        let lines = evaluation.methods.compactMap { method -> LineChart.Series? in
            let points = chances.compactMap { chance in
                evaluation.shareBelow(chance: chance, method: method).map { (x: chance, y: $0) }
            }
            return points.isEmpty ? nil : LineChart.Series(name: method, points: points)
        }
        return LineChart(
            title: "Calibration: are results where they are said to be?",
            xLabel: "chance that a result is at most so high, as predicted",
            yLabel: "share of the actual results that are at most so high",
            series: lines + [LineChart.Series(name: "as it should be", points: [(0, 0), (1, 1)], isDashed: true)]
        ).drawing
    }

    /// Predicted against actual, a panel a method. Over several targets both are scaled onto 0…1 within each, since
    /// targets differ in how well anything does on them.
    var scatter: Drawing {
        let isScaled = evaluation.targets.count > 1
        let panels = evaluation.methods.map { method in
            let outcomes = evaluation.outcomes(of: method)
            let series = outcomes.map { outcome in
                let known = outcome.predicted.indices.filter { outcome.predicted[$0].isFinite }
                let x = known.map { outcome.actual[$0] }
                let y = known.map { outcome.predicted[$0] }
                let points = isScaled ? zip(Self.scaled(x), Self.scaled(y)) : zip(x, y)
                return ScatterChart.Series(name: outcome.target, points: points.map { (x: $0, y: $1) })
            }
            let figure = { (measure: Measure) in
                NumberFormat.decimals(3).text(evaluation.mean(measure, method: method) ?? .nan)
            }
            return ScatterChart.Panel(
                title: method, subtitle: "Pearson \(figure(.pearson)) · Spearman \(figure(.spearman))", series: series)
        }
        let names = evaluation.targets.map { zoo.datasets[$0].name }
        return ScatterChart(
            title: names.count == 1
                ? "Predicted against actual on \(names[0])" : "Predicted against actual, each target held out",
            xLabel: isScaled ? "actual result, scaled within its target" : "actual result",
            yLabel: isScaled ? "prediction, scaled within its target" : "prediction", panels: panels
        ).drawing
    }

    private static func scaled(_ values: [Double]) -> [Double] {
        guard let low = values.min(), let high = values.max(), high > low else { return values.map { _ in 0.5 } }
        return values.map { ($0 - low) / (high - low) }
    }

    public var display: DisplayData {
        let means = means
        let details = details
        var html = means.html
        var plain = means.plainText
        if evaluation.targets.count > 1 {
            html += "<details><summary>Each target</summary>\(details.html)</details>"
            plain += "\n\n" + details.plainText
        }
        html += "<details><summary>The interval of every mean</summary>\(uncertainty.html)</details>"
        return DisplayData(data: [
            "text/plain": .string(plain), "text/html": .string(html), DisplayData.transferGraphJSON: json,
        ])
    }

    var json: JSON {
        func measures(_ value: (Measure) -> Double?) -> JSON {
            .object(
                .init(
                    Measure.all.map { ($0.name, value($0).map { $0.isFinite ? .number($0) : .null } ?? .null) },
                    uniquingKeysWith: { $1 }))
        }
        let means = evaluation.methods.map { method in (method, measures { evaluation.mean($0, method: method) }) }
        func pair(_ interval: Interval?) -> JSON {
            interval.map { [.number($0.lower), .number($0.upper)] } ?? .null
        }
        let intervals = zip(evaluation.methods, self.intervals).map { method, intervals in
            let named = zip(Measure.standard, intervals).map { ($0.name, pair($1)) }
            return (method, JSON.object(.init(named, uniquingKeysWith: { $1 })))
        }
        let pearson = zip(evaluation.methods, self.intervals).map { ($0, pair($1[0])) }
        let coverage = evaluation.methods.map { ($0, evaluation.coverage(method: $0).map(JSON.number) ?? .null) }
        let results = evaluation.methods.flatMap { method in
            evaluation.targets.map { target -> JSON in
                [
                    "method": .string(method), "target": .string(zoo.datasets[target].name),
                    "models": .integer(zoo.results.column(target).count),
                    "measures": measures { evaluation.value($0, method: method, target: target) },
                ]
            }
        }
        return [
            "kind": "evaluation", "zoo": .string(zoo.name), "methods": .array(evaluation.methods.map(JSON.string)),
            "targets": .array(evaluation.targets.map { .string(zoo.datasets[$0].name) }),
            "seeds": .array(evaluation.seeds.map { .integer(Int(truncatingIfNeeded: $0)) }),
            "history_ratio": .number(evaluation.historyRatio), "model_ratio": .number(evaluation.modelRatio),
            "means": .object(.init(means, uniquingKeysWith: { $1 })),
            "pearson_intervals": .object(.init(pearson, uniquingKeysWith: { $1 })),
            "intervals": .object(.init(intervals, uniquingKeysWith: { $1 })),
            "coverage": .object(.init(coverage, uniquingKeysWith: { $1 })), "results": .array(results),
        ]
    }
}
