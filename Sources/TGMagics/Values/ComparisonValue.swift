import CellLanguage
import JupyterKernel
import Presentation
import TransferGraphCore

/// An evaluation beside published figures, or beside another one: means by method, and each target.
public struct ComparisonValue: SessionValue {
    private let statistics: EvaluationSummary
    private let zoo: Zoo
    public let reference: ReferenceFigures
    private let comparisons: [ReferenceComparison]
    /// How the other evaluation was made otherwise, in a sentence; `nil` if it was not, and for a file.
    private let otherwise: String?

    /// - Parameter other: the evaluation that `reference` holds the figures of; `nil` for a file.
    /// - Throws: `Cancelled`, or `UserError` named `NothingToCompare`.
    public init(
        _ evaluation: EvaluationValue, with reference: ReferenceFigures, of other: EvaluationValue? = nil, work: Work
    ) throws {
        statistics = evaluation.statistics
        zoo = evaluation.evaluation.zoo
        self.reference = reference
        otherwise = other.flatMap { Self.differences(evaluation.evaluation, $0.evaluation) }
        comparisons = try ReferenceComparison.all(in: statistics, with: reference, work: work)
        guard !comparisons.isEmpty else {
            throw Self.nothingShared(
                statistics, reference, place: other == nil ? .init(file: reference.file) : nil)
        }
    }

    /// Says what the two sides lack in common: methods, targets, or a row of both.
    private static func nothingShared(
        _ statistics: EvaluationSummary, _ reference: ReferenceFigures, place: UserError.Place?
    ) -> UserError {
        func listed(_ names: [String]) -> String {
            let shown = names.prefix(6).map { $0.singleLine(limit: 40) }.joined(separator: ", ")
            return names.count > 6 ? "\(shown) and \((names.count - 6).grouped) more" : shown
        }
        let here = (methods: statistics.methods.map(\.name), targets: statistics.targets)
        let there = (
            methods: Set(reference.rows.map(\.method)).sorted(), targets: Set(reference.rows.map(\.target)).sorted()
        )
        let lacking = [
            ("method", here.methods, there.methods), ("target", here.targets, there.targets),
        ].filter { Set($0.1).isDisjoint(with: $0.2) }
        guard !lacking.isEmpty else {
            return UserError(
                "NothingToCompare",
                "\(reference.file) has no figures of a method on a target of which the evaluation has some.",
                place: place,
                hint:
                    "Both have the methods \(listed(here.methods.filter(there.methods.contains))) and the targets \(listed(here.targets.filter(there.targets.contains))), but not together."
            )
        }
        return UserError(
            "NothingToCompare",
            "\(reference.file) shares no \(lacking.map(\.0).joined(separator: " and no ")) with the evaluation.",
            place: place,
            hint: lacking.map { "Its \($0.0)s are \(listed($0.2)); the evaluation's are \(listed($0.1))." }
                .joined(separator: " "))
    }

    public var kind: String { "comparison" }
    public var text: String { summary }
    public var summary: String { "\(comparisons.count) methods beside \(reference.file)" }

    /// What two evaluations were made with, where that differs.
    private static func differences(_ here: Evaluation, _ there: Evaluation) -> String? {
        func made(_ evaluation: Evaluation) -> [String] {
            [
                "zoo \(evaluation.zoo.name)", "protocol \(evaluation.holdOut.rawValue)",
                "history ratio \(WrittenNumber.shortest(evaluation.historyRatio))",
                "model ratio \(WrittenNumber.shortest(evaluation.modelRatio))",
                "seeds \(evaluation.seeds.map { "\($0)" }.joined(separator: ", "))",
            ]
        }
        let differing = zip(made(here), made(there)).filter { $0.0 != $0.1 }
        if differing.isEmpty { return nil }
        return
            "Here \(differing.map(\.0).joined(separator: "; ")); there \(differing.map(\.1).joined(separator: "; "))."
    }

    private static let shown: [Measure] = [.pearson, .spearman, .weightedKendall, .regret(at: 5)]
    private var measures: [Measure] { Self.shown.filter(reference.measures.contains) }

    /// A row for each method: means over the targets that both have.
    var means: Table {
        var columns: [Table.Column] = [.init("method"), .number("targets", .count)]
        for measure in measures {
            columns += [.number("\(measure.name) here", .decimals(3)), .number("there", .decimals(3))]
            if measure == .pearson {
                columns += [
                    .init("difference"), .init("won, tied, lost", .right), .init("p", .right),
                    .init("farthest apart on"),
                ]
            }
        }
        let rows = comparisons.map { comparison -> [Table.Cell] in
            var row: [Table.Cell] = [.text(comparison.method), .integer(comparison.targets.count)]
            for measure in measures {
                let both = comparison.means[measure]
                guard hasMean(measure, comparison) else {
                    row += [.missing, .missing]
                    continue
                }
                row.append(
                    .interval(both?.here ?? .nan, in: measure == .pearson ? comparison.interval : nil))
                row.append(.number(both?.there ?? .nan))
                if measure == .pearson { row += difference(comparison) }
            }
            return row
        }
        return Table(
            title: "\(zoo.name) beside \(reference.file)", columns: columns, rows: rows,
            notes: [meansNote, EvaluationValue.testNote(comparisons.compactMap(\.comparison)), omissionNote, otherwise]
                .compactMap(\.self)
                + (statistics.seedCount > 1 ? ["Figures here are means over \(statistics.seedCount) seeds."] : []))
    }

    private var meansNote: String {
        var note = "Means over the targets that both have."
        if comparisons.contains(where: { $0.interval != nil || $0.comparison?.interval != nil }) {
            note +=
                " In brackets: the 95 % interval on other datasets like these; here with other models like these too, for the difference with the same models, as both sides saw them."
        }
        if !comparisons.allSatisfy({ comparison in measures.allSatisfy { hasMean($0, comparison) } }) {
            note += " regret@k has no mean where the targets' results are in different units."
        }
        return note
    }

    /// Whether a mean of a measure over the targets that both have says something.
    private func hasMean(_ measure: Measure, _ comparison: ReferenceComparison) -> Bool {
        !measure.isInUnitOfResults
            || zoo.haveOneUnit(zoo.datasets.indices.filter { comparison.targets.contains(zoo.datasets[$0].name) })
    }

    /// Which rows of a file are not compared, and why; `nil` where all are, and of another evaluation.
    private var omissionNote: String? {
        let omissions = reference.omissions(methods: statistics.methods.map(\.name), targets: statistics.targets)
            .map { ($0.reason, $0.rows.filter { $0.line != nil }) }.filter { !$0.1.isEmpty }
        if omissions.isEmpty { return nil }
        let parts = omissions.map { reason, rows -> String in
            let count = "\(rows.count.grouped) "
            let why =
                switch reason {
                case .unnamed: "without a method or target"
                case .unknownMethod: "of methods that were not evaluated"
                case .unknownTarget: "on targets that were not evaluated"
                case .repeated: "of a method and target that an earlier row has"
                }
            let examples = rows.prefix(3).map { row -> String in
                let line = row.line.map { "line \($0)" } ?? ""
                return row.name.isEmpty ? line : "\(row.name.singleLine(limit: 40)), \(line)"
            }
            return count + why + " (" + examples.joined(separator: "; ") + (rows.count > 3 ? "; …" : "") + ")"
        }
        let all = omissions.reduce(0) { $0 + $1.1.count }
        return
            "Of \(reference.file) \(all.grouped) row\(all == 1 ? " is" : "s are") left out: \(parts.joined(separator: ", "))."
    }

    private func difference(_ found: ReferenceComparison) -> [Table.Cell] {
        guard let comparison = found.comparison else { return [.text("undefined"), .missing, .missing, .missing] }
        let text = EvaluationValue.signed(comparison.difference, comparison.interval)
        return [
            .text(found.isEqual ? "equal" : found.isDistinguishable ? text : "\(text), may be noise"),
            .text("\(comparison.won), \(comparison.tied), \(comparison.lost)"),
            .text(EvaluationValue.pValue(comparison.adjustedPValue)),
            .init(found.farthest.map { "\($0.target) \(EvaluationValue.signed($0.difference))" }),
        ]
    }

    /// A row for each method and target.
    var details: Table {
        var columns: [Table.Column] = [
            .init("method"), .init("target"), .number("models here", .count), .number("there", .count),
        ]
        for measure in measures {
            columns += [.number("\(measure.name) here", .decimals(3)), .number("there", .decimals(3))]
        }
        let rows = pairs.map { pair -> [Table.Cell] in
            var row: [Table.Cell] = [
                .text(pair.row.method), .text(pair.row.target), .number(pair.method.predictedCounts[pair.place]),
                .init(pair.row.modelCount),
            ]
            for measure in measures {
                row.append(.number(pair.method[measure]?.values[pair.place] ?? .nan))
                row.append(.number(pair.row.values[measure] ?? .nan))
            }
            return row
        }
        return Table(columns: columns, rows: rows)
    }

    /// Each method and target that both have.
    private var pairs: [(method: EvaluationSummary.Method, place: Int, row: ReferenceFigures.Row)] {
        comparisons.flatMap { comparison in
            statistics.targets.enumerated().compactMap { place, target in
                guard let method = statistics[comparison.method],
                    let row = reference.row(method: comparison.method, target: target)
                else { return nil }
                return (method, place, row)
            }
        }
    }

    public var display: DisplayData {
        let (means, details) = (means, details)
        return DisplayData(data: [
            "text/plain": .string(means.plainText + "\n\n" + details.plainText),
            "text/html": .string(
                means.html + "<details><summary>Each target</summary>\(details.html)</details>"),
            DisplayData.transferGraphJSON: json,
        ])
    }

    private var json: JSON {
        func named(_ value: (Measure) -> Double?) -> JSON {
            .object(.init(reference.measures.map { ($0.name, .init(finite: value($0))) }, uniquingKeysWith: { $1 }))
        }
        let results = pairs.map { pair -> JSON in
            [
                "method": .string(pair.row.method), "target": .string(pair.row.target),
                "here": named { pair.method[$0]?.values[pair.place] }, "there": named { pair.row.values[$0] },
            ]
        }
        let means = comparisons.map { comparison -> JSON in
            [
                "method": .string(comparison.method), "targets": .integer(comparison.targets.count),
                "here": named { hasMean($0, comparison) ? comparison.means[$0]?.here : nil },
                "there": named { hasMean($0, comparison) ? comparison.means[$0]?.there : nil },
                "p": .init(finite: comparison.comparison?.pValue),
                "distinguishable": .bool(comparison.isDistinguishable),
                "pearson_interval": .init(comparison.interval), "pearson": .init(comparison.comparison),
            ]
        }
        return [
            "kind": "comparison", "zoo": .string(zoo.name), "file": .string(reference.file),
            "means": .array(means), "results": .array(results),
        ]
    }
}
