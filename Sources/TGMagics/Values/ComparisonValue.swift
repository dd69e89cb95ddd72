import CellLanguage
import JupyterKernel
import Presentation
import TransferGraphCore

/// An evaluation beside someone else's figures: means by method, and each target.
public struct ComparisonValue: SessionValue {
    public let evaluation: Evaluation
    public let reference: ReferenceFigures
    private let comparisons: [ReferenceComparison]

    /// - Throws: `Cancelled`, or `UserError` named `NothingToCompare`.
    public init(_ evaluation: Evaluation, with reference: ReferenceFigures, work: Work) throws {
        self.evaluation = evaluation
        self.reference = reference
        var comparisons: [ReferenceComparison] = []
        for (index, method) in evaluation.methods.enumerated() {
            work.report("bootstrap intervals", Double(index) / Double(evaluation.methods.count))
            if let comparison = try ReferenceComparison(of: method, in: evaluation, with: reference, work: work) {
                comparisons.append(comparison)
            }
        }
        guard !comparisons.isEmpty else {
            let known = Array(Set(reference.rows.map(\.method)).sorted().prefix(8)).joined(separator: ", ")
            throw UserError(
                "NothingToCompare", "\(reference.file) has no method and target that the evaluation has too.",
                place: .init(file: reference.file), hint: "Its methods are \(known).")
        }
        self.comparisons = comparisons
    }

    public var kind: String { "comparison" }
    public var text: String { summary }
    public var summary: String { "\(comparisons.count) methods beside \(reference.file)" }

    private static let shown: [Measure] = [.pearson, .spearman, .weightedKendall, .regret(at: 5)]
    private var measures: [Measure] { Self.shown.filter(reference.measures.contains) }

    /// A row a method: means over the targets that both have.
    var means: Table {
        var columns: [Table.Column] = [.init("method"), .number("targets", .count)]
        for measure in measures {
            columns += [.number("\(measure.name) here", .decimals(3)), .number("there", .decimals(3))]
            if measure == .pearson { columns += [.init("difference"), .init("farthest apart on")] }
        }
        let rows = comparisons.map { comparison -> [Table.Cell] in
            var row: [Table.Cell] = [.text(comparison.method), .integer(comparison.targets.count)]
            for measure in measures {
                let both = comparison.means[measure]
                if measure == .pearson, let both, let interval = comparison.interval {
                    row.append(.interval(both.here, low: interval.lower, high: interval.upper))
                } else {
                    row.append(.number(both?.here ?? .nan))
                }
                row.append(.number(both?.there ?? .nan))
                if measure == .pearson {
                    row.append(.text(difference(comparison)))
                    row.append(
                        .text(comparison.farthest.map { "\($0.target) \(Self.signed($0.difference))" } ?? ""))
                }
            }
            return row
        }
        return Table(
            title: "\(evaluation.zoo.name) beside \(reference.file)", columns: columns, rows: rows,
            notes: [
                "Means over the targets that both have; in brackets the 95 % bootstrap interval over models.",
                "A difference may be noise where a sign-flip test over the targets gives p > 0.05; both sides saw the same models.",
            ])
    }

    private func difference(_ comparison: ReferenceComparison) -> String {
        guard let both = comparison.means[.pearson] else { return "undefined" }
        let text = Self.signed(both.here - both.there)
        if comparison.isEqual { return "equal" }
        return comparison.isDistinguishable ? text : "\(text), may be noise"
    }

    private static func signed(_ value: Double) -> String {
        let text = NumberFormat.decimals(3).text(value)
        return value > 0 && !text.allSatisfy({ "0.".contains($0) }) ? "+\(text)" : text
    }

    /// A row a method and target.
    var details: Table {
        var columns: [Table.Column] = [
            .init("method"), .init("target"), .number("models here", .count), .number("there", .count),
        ]
        for measure in measures {
            columns += [.number("\(measure.name) here", .decimals(3)), .number("there", .decimals(3))]
        }
        let rows = pairs.map { pair -> [Table.Cell] in
            var row: [Table.Cell] = [
                .text(pair.row.method), .text(pair.row.target), .integer(modelCount(pair)), .init(pair.row.modelCount),
            ]
            for measure in measures {
                row.append(.number(evaluation.value(measure, method: pair.row.method, target: pair.target) ?? .nan))
                row.append(.number(pair.row.values[measure] ?? .nan))
            }
            return row
        }
        return Table(columns: columns, rows: rows)
    }

    /// The models a correlation here is over: those with a result and a prediction.
    private func modelCount(_ pair: (target: Int, row: ReferenceFigures.Row)) -> Int {
        let cell = evaluation.cells(of: pair.row.method).first { $0.target == pair.target }
        return cell?.outcome.predictedCount ?? 0
    }

    private var pairs: [(target: Int, row: ReferenceFigures.Row)] {
        comparisons.flatMap { comparison in
            evaluation.targets.compactMap { target in
                reference.row(method: comparison.method, target: evaluation.zoo.datasets[target].name)
                    .map { (target, $0) }
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
        func number(_ value: Double?) -> JSON { value.map { $0.isFinite ? .number($0) : .null } ?? .null }
        func named(_ value: (Measure) -> Double?) -> JSON {
            .object(.init(reference.measures.map { ($0.name, number(value($0))) }, uniquingKeysWith: { $1 }))
        }
        let results = pairs.map { pair -> JSON in
            [
                "method": .string(pair.row.method), "target": .string(pair.row.target),
                "here": named { evaluation.value($0, method: pair.row.method, target: pair.target) },
                "there": named { pair.row.values[$0] },
            ]
        }
        let means = comparisons.map { comparison -> JSON in
            [
                "method": .string(comparison.method), "targets": .integer(comparison.targets.count),
                "here": named { comparison.means[$0]?.here }, "there": named { comparison.means[$0]?.there },
                "p": number(comparison.pValue), "distinguishable": .bool(comparison.isDistinguishable),
            ]
        }
        return [
            "kind": "comparison", "zoo": .string(evaluation.zoo.name), "file": .string(reference.file),
            "means": .array(means), "results": .array(results),
        ]
    }
}
