import CellLanguage
import JupyterKernel
import Presentation
import Sentences
import Support
import TransferGraphCore

/// Transferability scores of several models on the same samples: one row per model.
struct ScoreTableValue: SessionValue {
    let models: [ModelScores]
    private let notes: [String]
    private let zoo: String?
    private let dataset: String?

    /// - Parameters:
    ///   - zoo: the zoo that the scores were added to, on `dataset`; `nil` if none.
    init(_ models: [ModelScores], notes: [String], into zoo: String?, dataset: String?) {
        self.models = models
        self.notes = notes
        self.zoo = zoo
        self.dataset = dataset
    }

    private var scores: [TransferabilityScore] { models.first?.results.map(\.score) ?? [] }

    var kind: String { "scores" }
    /// The model with the best value of the first score that has one.
    var text: String { best(0).map { models[$0].name } ?? "" }
    var summary: String { "\(scores.count) scores of \(models.count) models" }

    /// The best model by the score in a column.
    private func best(_ column: Int) -> Int? {
        guard scores.indices.contains(column) else { return nil }
        let known = models.indices.filter { models[$0].results[column].value != nil }
        return known.max { a, b in
            let (x, y) = (models[a].results[column].value ?? 0, models[b].results[column].value ?? 0)
            return scores[column].higherIsBetter ? x < y : x > y
        }
    }

    var tabular: Table? { table }

    private var table: Table {
        let rows = models.map { model -> [Table.Cell] in
            [.text(model.name)] + model.results.map { .init($0.value) }
                + [.number(model.results.reduce(0) { $0 + $1.seconds })]
        }
        var lines = notes
        let lower = scores.filter { !$0.higherIsBetter }.map(\.name)
        if !lower.isEmpty { lines.append("Higher is better, but for \(lower.joined(separator: ", ")).") }
        let firsts = scores.indices.compactMap { column in best(column).map { (scores[column].name, models[$0].name) } }
        if models.count > 1, let first = firsts.first {
            let same = firsts.count { $0.1 == first.1 }
            lines.append(
                same == firsts.count
                    ? "Best by all: \(first.1)."
                    : "Best by \(first.0): \(first.1); \(same == 1 ? "none" : "\(same - 1)") of the \((firsts.count - 1).counted("other score")) \(same <= 2 ? "agrees" : "agree")."
            )
        }
        var told: [String: [String]] = [:]
        for model in models {
            for result in model.results {
                if let note = result.note { told["\(result.score.name): \(note)", default: []].append(model.name) }
            }
        }
        for (note, names) in told.sorted(by: { $0.key < $1.key }) {
            let whose = names.count == models.count ? "all models" : names.prefix(5).joined(separator: ", ")
            lines.append("\(note) (\(whose)\(names.count > 5 && names.count < models.count ? ", …" : "")).")
        }
        if let zoo, let dataset {
            lines.append("Put into the zoo '\(zoo)' as scores on '\(dataset)'; %zoo save keeps them.")
        }
        return Table(
            title: "Scores of \(models.count) models",
            columns: [.init("model")] + scores.map { .number($0.name) } + [.number("seconds", .decimals(2))],
            rows: rows,
            notes: lines)
    }

    var display: DisplayData {
        var display = table.display
        display.data[DisplayData.transferGraphJSON] = json
        return display
    }

    private var json: JSON {
        let entries = models.map { model -> JSON in
            let values = model.results.map { result in
                (result.score.name, result.value.map { $0.isFinite ? JSON.number($0) : .null } ?? .null)
            }
            let notes = model.results.compactMap { result in result.note.map { (result.score.name, JSON.string($0)) } }
            return [
                "model": .string(model.name), "values": .object(.init(values, uniquingKeysWith: { $1 })),
                "notes": .object(.init(notes, uniquingKeysWith: { $1 })),
            ]
        }
        return ["kind": "scores", "models": .array(entries), "into": zoo.map { .string($0) } ?? .null]
    }
}
