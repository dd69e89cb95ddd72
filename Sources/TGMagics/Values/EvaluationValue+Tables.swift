import Foundation
import Presentation
import TransferGraphCore

/// The tables of an evaluation.
extension EvaluationValue {
    private var targetCount: Int { statistics.targets.count }
    private var measures: [Measure] { evaluation.holdOut.measures }
    /// Whether any held-out result is of a model that was trained on the dataset.
    private var hasTrained: Bool { trainedCounts.contains { $0 > 0 } }

    /// Whether a mean of a measure over the targets says something.
    func hasMean(_ measure: Measure) -> Bool { !measure.isInUnitOfResults || evaluation.hasOneUnit }

    /// The mean of a measure over the targets, where it says something.
    func mean(_ measure: Measure, of method: EvaluationSummary.Method) -> Double? {
        hasMean(measure) ? method[measure]?.mean : nil
    }

    /// One row per method: its means over the targets.
    var means: Table {
        let best = statistics.methods.indices.max { a, b in
            (statistics.methods[a][.pearson]?.mean ?? -2) < (statistics.methods[b][.pearson]?.mean ?? -2)
        }
        let rows = statistics.methods.map { method -> [Table.Cell] in
            var row: [Table.Cell] = [.text(method.name)]
            row += measures.map { measure in
                let figure = method[measure]
                let mean = mean(measure, of: method) ?? .nan
                guard measure == .pearson else { return .number(mean) }
                return .interval(mean, in: targetCount == 1 ? figure?.modelInterval : figure?.interval)
            }
            if givesIntervals { row.append(.init(method.coverage)) }
            return row + against(method) + [.number(method.seconds)]
        }
        let columns =
            [Table.Column("method")] + measures.map { Table.Column.number($0.name, .decimals(3)) }
            + (givesIntervals ? [.number("inside 80 %", .decimals(2))] : [])
            + againstColumns + [.number("s a target", .decimals(2))]
        return Table(
            title:
                "Mean over \(targetCount) target\(targetCount == 1 ? "" : "s") of \(evaluation.zoo.name)\(evaluation.holdOut.title)",
            columns: columns, rows: rows, emphasised: best.map { [$0] } ?? [], notes: notes(ofTests: true))
    }

    /// The means that tell most, narrow enough for a page.
    var mainMeans: Table { Self.further.reduce(means) { $0.without($1) }.without("s a target") }

    /// The means that ``mainMeans`` lacks.
    var furtherMeans: Table {
        let main = mainMeans.columns.map(\.name)
        var table = main.reduce(means) { $1 == "method" ? $0 : $0.without($1) }.without("s a target")
        table.notes = notes(ofTests: false)
        return table
    }

    /// Each target by the measures of ``mainMeans``.
    var mainDetails: Table { Self.further.reduce(details) { $0.without($1) }.without("s a target") }

    private static let further = ["Kendall", "weighted Kendall", "regret@1", "regret@3", "regret@5"]

    /// Whether any method gives predictive intervals.
    private var givesIntervals: Bool { statistics.methods.contains { $0.coverage != nil } }

    /// The columns of ``against(_:)``.
    var againstColumns: [Table.Column] {
        [.init("Pearson against \(statistics.baseline)")]
            + (targetCount > 1 && statistics.methods.count > 1
                ? [.init("won, tied, lost", .right), .init("p", .right)] : [])
    }

    /// The lead over the baseline and, for more than one target, its significance.
    func against(_ method: EvaluationSummary.Method) -> [Table.Cell] {
        let rest = againstColumns.count - 1
        guard let comparison = method.comparisons[.pearson] else {
            let text = method.name == statistics.baseline ? "the baseline" : "undefined"
            return [.text(text)] + [Table.Cell](repeating: .missing, count: rest)
        }
        guard targetCount > 1 else { return [.text(Self.signed(comparison.difference))] }
        var text = Self.signed(comparison.difference, comparison.interval)
        if !comparison.isDistinguishable { text += ", may be noise" }
        return [
            .text(text), .text("\(comparison.won), \(comparison.tied), \(comparison.lost)"),
            .text(Self.pValue(comparison.adjustedPValue)),
        ]
    }

    /// One row per method and question: the interval of each of its means.
    var uncertainty: Table {
        func row(
            _ method: EvaluationSummary.Method, _ question: String, _ interval: (EvaluationSummary.Figure) -> Interval?
        )
            -> [Table.Cell]
        {
            [.text(method.name), .text(question)]
                + Measure.standard.map { measure in
                    .interval(
                        mean(measure, of: method) ?? .nan,
                        in: hasMean(measure) ? method[measure].flatMap(interval) : nil)
                }
        }
        let rows = statistics.methods.flatMap { method in
            (targetCount > 1 ? [row(method, "other datasets and models like these", \.interval)] : [])
                + [row(method, "these datasets, other models like these", \.modelInterval)]
        }
        return Table(
            columns: [.init("method"), .init("95 % interval of the mean on")]
                + Measure.standard.map { .number($0.name, .decimals(3)) }, rows: rows)
    }

    /// One row per method and measure: the method against the baseline; `nil` for one target.
    var comparisons: Table? {
        guard targetCount > 1 else { return nil }
        let rows = statistics.methods.flatMap { method in
            Measure.standard.compactMap { measure -> [Table.Cell]? in
                guard hasMean(measure), let comparison = method.comparisons[measure] else { return nil }
                return [
                    .text(method.name), .text(measure.name),
                    .text(Self.signed(comparison.difference, comparison.interval)), .integer(comparison.won),
                    .integer(comparison.tied), .integer(comparison.lost),
                ]
                    + [comparison.pValue, comparison.adjustedPValue, comparison.wilcoxonPValue].map {
                        .text(Self.pValue($0))
                    }
            }
        }
        guard !rows.isEmpty else { return nil }
        return Table(
            columns: [
                .init("method"), .init("measure"), .init("difference"), .number("won", .count), .number("tied", .count),
                .number("lost", .count), .init("p", .right), .init("p, adjusted", .right),
                .init("p of signed ranks", .right),
            ], rows: rows)
    }

    /// One row per target and method, with the mean of each method last.
    var details: Table {
        var rows: [[Table.Cell]] = []
        var emphasised: Set<Int> = []
        for method in statistics.methods {
            for (place, target) in statistics.targets.enumerated() {
                rows.append(
                    [.text(method.name), .text(target), .integer(method.modelCounts[place])]
                        + measures.map { .number(method[$0]?.values[place] ?? .nan) }
                        + (givesIntervals ? [.init(method.targetCoverage[place])] : [])
                        + (hasTrained ? [.integer(trainedCounts[place])] : []))
            }
            emphasised.insert(rows.count)
            rows.append(
                [.text(method.name), .text("mean"), .missing]
                    + measures.map { .number(mean($0, of: method) ?? .nan) }
                    + (givesIntervals ? [.init(method.coverage)] : []) + (hasTrained ? [.missing] : []))
        }
        let columns =
            [Table.Column("method"), .init("target"), .number("models", .count)]
            + measures.map { Table.Column.number($0.name, .decimals(3)) }
            + (givesIntervals ? [.number("inside 80 %", .decimals(2))] : [])
            + (hasTrained ? [.number("trained on it", .count)] : [])
        return Table(columns: columns, rows: rows, emphasised: emphasised)
    }

    // MARK: Notes

    /// - Parameter showsTests: whether the table has the intervals and tests.
    private func notes(ofTests showsTests: Bool) -> [String] {
        var notes = [evaluation.holdOut.note].compactMap(\.self)
        let measuring =
            evaluation.holdOut == .oneDataset
            ? "regret@k: the result lost by fine-tuning only the top k."
            : "Hit@k: the best model is among the first k; Recall@k: the share of the true first k that is; NDCG@k: the gain of the first k, over the greatest there could be."
        notes.append(
            ([showsTests ? intervalNote : nil, measuring, unitNote].compactMap(\.self)).joined(separator: " "))
        if showsTests, let comparisonNote { notes.append(comparisonNote) }
        if !silences.isEmpty {
            notes.append(
                "Not every model with a result has a prediction (\(silences)): correlations leave the others out, picks rank them last."
            )
        }
        if !fillers.isEmpty {
            notes.append(
                "The mean of all models stands for those of which no other result is known (\(fillers)): their order says nothing."
            )
        }
        let (everywhere, somewhere) = undefined
        if !everywhere.isEmpty { notes.append("Undefined on every target: \(everywhere).") }
        if !somewhere.isEmpty {
            notes.append(
                "Some measures are undefined on some targets (\(somewhere)): a mean is over the others, a dash where there are none."
            )
        }
        if givesIntervals {
            notes.append(
                "Inside 80 %: the share of the actual results inside their predictions' 80 % intervals, the mean over targets."
            )
        }
        if hasTrained {
            let count = trainedCounts.reduce(0, +)
            let all = evaluation.targets.reduce(0) { $0 + evaluation.zoo.results.column($1).count }
            notes.append(
                "\(NumberFormat.count.text(Double(count))) of the targets' \(NumberFormat.count.text(Double(all))) results are of models that were trained on the target; --exclude-trained-on leaves such results out everywhere."
            )
        }
        if let leftOut { notes.append(leftOut) }
        if evaluation.historyRatio < 1 {
            notes.append(
                "Of the other datasets' results \(NumberFormat.count.text(evaluation.historyRatio * 100)) % were kept."
            )
        }
        if evaluation.modelRatio < 1 {
            notes.append(
                "Of the models \(NumberFormat.count.text(evaluation.modelRatio * 100)) % kept their history.")
        }
        if statistics.seedCount > 1 {
            let spread = statistics.methods.map { method in
                "\(method.name) \(NumberFormat.decimals(3).text(method[.pearson]?.seedDeviation ?? .nan))"
            }
            notes.append(
                "All figures are means over \(statistics.seedCount) seeds. Deviation of the mean Pearson correlation over \(statistics.seedCount) seeds: \(spread.joined(separator: ", "))."
            )
        }
        return notes
    }

    /// What the brackets mean, and why they are missing; `nil` where nothing has an interval.
    private var intervalNote: String? {
        let figures = statistics.methods.compactMap { $0[.pearson] }
        if targetCount == 1 {
            return "One target: no interval over datasets, and no test."
                + (figures.contains { $0.modelInterval != nil }
                    ? " In brackets: the 95 % interval on this dataset with other models like these." : "")
        }
        let isShown =
            figures.contains { $0.interval != nil }
            || statistics.methods.contains { $0.comparisons[.pearson]?.interval != nil }
        return isShown
            ? "In brackets: the 95 % interval on other datasets like these \(targetCount), with other models like these."
            : nil
    }

    /// Why some means are missing; `nil` where none is.
    private var unitNote: String? {
        measures.allSatisfy(hasMean)
            ? nil
            : "It has no mean, as the targets' results are in different units; of range, it is a share of the range of each target's results."
    }

    /// What the comparisons with the baseline mean; `nil` if there are none.
    var comparisonNote: String? {
        targetCount > 1 ? Self.testNote(statistics.methods.compactMap { $0.comparisons[.pearson] }) : nil
    }

    /// What the tests of some comparisons mean that are shown together, and whether there are enough targets for them; `nil`
    /// if there are none.
    static func testNote(_ comparisons: [PairedComparison]) -> String? {
        guard let targets = comparisons.map({ $0.differences.count { $0 != nil } }).max() else { return nil }
        let count = comparisons.count
        var note =
            "p: the sign-flip test of the paired differences over the targets\(count == 1 ? "" : ", adjusted for \(count) methods"). May be noise: p above 0.05, or 0 inside the brackets."
        let smallest = PairedTest.smallestPValue(of: targets)
        if smallest > 0.05 {
            note +=
                " With \(targets) target\(targets == 1 ? "" : "s") p cannot go below \(pValue(smallest)): no difference can be told from noise."
        }
        return note
    }

    /// How many of the targets' models each method predicts, for methods that do not predict all.
    private var silences: String {
        statistics.methods.compactMap { method -> String? in
            let known = method.predictedCounts.reduce(0, +)
            let all = method.modelCounts.reduce(0, +)
            return known == Double(all) ? nil : "\(method.name) \(NumberFormat.count.text(known)) of \(all.grouped)"
        }.joined(separator: ", ")
    }

    /// For how many of the predictions of a method the mean of all models stands, for methods that have such.
    private var fillers: String {
        statistics.methods.compactMap { method -> String? in
            let count = evaluation.fillerCount(method: method.name)
            let all = method.modelCounts.reduce(0, +)
            return count > 0 ? "\(method.name) \(NumberFormat.count.text(count)) of \(all.grouped)" : nil
        }.joined(separator: ", ")
    }

    /// The methods of which every measure is undefined on every target, and those of which one is on some, with how many.
    private var undefined: (everywhere: String, somewhere: String) {
        var (everywhere, somewhere): ([String], [String]) = ([], [])
        for method in statistics.methods {
            let missing = measures.map { measure in method[measure]?.values.count { $0 == nil } ?? 0 }
            guard let least = missing.min(), let most = missing.max(), most > 0 else { continue }
            if least == targetCount {
                everywhere.append(method.name)
            } else {
                somewhere.append("\(method.name) \(most) of \(targetCount)")
            }
        }
        return (everywhere.joined(separator: ", "), somewhere.joined(separator: ", "))
    }

    // MARK: Words

    /// A difference with its sign and interval.
    static func signed(_ value: Double, _ interval: Interval? = nil) -> String {
        let format = NumberFormat.decimals(3)
        let text = format.text(value)
        let signed = value > 0 && text.contains { ("1"..."9").contains($0) } ? "+\(text)" : text
        guard let interval else { return signed }
        return "\(signed) [\(format.text(interval.lower)), \(format.text(interval.upper))]"
    }

    /// A p-value to three decimals, 0.0625 as 0.063: no p that is shown is below what p can be.
    static func pValue(_ value: Double) -> String {
        value < 0.0005 ? "<0.001" : NumberFormat.decimals(3).text((value * 1000).rounded() / 1000)
    }
}

extension Table.Cell {
    /// A number with its interval, if there is one.
    static func interval(_ value: Double, in interval: Interval?) -> Table.Cell {
        interval.map { .interval(value, low: $0.lower, high: $0.upper) } ?? .number(value)
    }
}
