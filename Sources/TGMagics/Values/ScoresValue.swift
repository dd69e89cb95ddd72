import CellLanguage
import JupyterKernel
import Presentation
import Sentences
import TransferGraphCore

/// Transferability scores of one feature matrix.
public struct ScoresValue: SessionValue {
    public let results: [ScoreResult]

    public init(_ results: [ScoreResult]) {
        self.results = results
    }

    public var kind: String { "scores" }
    /// The value if there is only one score.
    public var text: String { results.count == 1 ? results[0].value.map { "\($0)" } ?? "" : summary }
    public var summary: String {
        results.map { "\($0.score.name) \(NumberFormat.figures.text($0.value ?? .nan))" }.joined(separator: ", ")
    }

    /// One row per score.
    public var tabular: Table? { table }

    private var table: Table {
        let rows = results.map { result -> [Table.Cell] in
            [
                .text(result.score.name), .init(result.value),
                .text(result.score.higherIsBetter ? "higher" : "lower"), .number(result.seconds),
                .text(result.note ?? ""),
            ]
        }
        return Table(
            columns: [
                .init("score"), .number("value"), .init("better is"), .number("seconds", .decimals(3)), .init(""),
            ], rows: rows)
    }

    public var display: DisplayData {
        var display = table.display
        display.data[DisplayData.transferGraphJSON] = json
        return display
    }

    private var json: JSON {
        let values = results.map { result in
            (result.score.name, result.value.map { $0.isFinite ? JSON.number($0) : .null } ?? .null)
        }
        let notes = results.compactMap { result in result.note.map { (result.score.name, JSON.string($0)) } }
        return [
            "kind": "scores", "values": .object(.init(values, uniquingKeysWith: { $1 })),
            "notes": .object(.init(notes, uniquingKeysWith: { $1 })),
        ]
    }
}
