import CellLanguage
import JupyterKernel
import Presentation
import TransferGraphCore

/// The models to fine-tune first for a dataset, with the evidence for each.
public struct RecommendationValue: SessionValue {
    public let prediction: Prediction
    public let zoo: Zoo
    public let top: Int
    private let models: [Int]
    /// One a model; none where the method cannot tell.
    private let explanations: [Explanation]
    private let evidence: Evidence

    /// - Throws: ``Cancelled`` while the method works out what moved its predictions, or what it throws then.
    public init(_ prediction: Prediction, zoo: Zoo, top: Int, explains: Bool = true, work: Work) throws {
        self.prediction = prediction
        self.zoo = zoo
        self.top = top
        models = Array(prediction.ranking.prefix(top))
        explanations = try explains ? prediction.explanations?(models, work) ?? [] : []
        evidence = Evidence(zoo, target: prediction.target)
    }

    private var targetName: String { zoo.datasets[prediction.target].name }

    public var kind: String { "recommendation" }
    public var text: String { models.first.map { zoo.models[$0].name } ?? "" }
    public var summary: String {
        "for \(targetName.singleLine()): \(models.map { zoo.models[$0].name.singleLine() }.joined(separator: ", "))"
    }

    private func explanation(_ position: Int) -> Explanation? {
        explanations.indices.contains(position) ? explanations[position] : nil
    }

    private func evidence(_ position: Int) -> [String] {
        guard let explanation = explanation(position), !explanation.parts.isEmpty else {
            return evidence.facts(models[position], limit: 4)
        }
        var shown = explanation.parts.prefix(5).map { ($0.contribution, $0.what) }
        let others = explanation.parts.dropFirst(shown.count)
        if !others.isEmpty { shown.append((others.reduce(0) { $0 + $1.contribution }, "all else")) }
        return shown.map { contribution, what in
            "\(contribution >= 0 ? "+" : "")\(NumberFormat.decimals(3).text(contribution)) \(what)"
        }
    }

    var table: Table {
        let hasInterval = prediction.intervals != nil
        var columns: [Table.Column] = [.number("", .count), .init("fine-tune"), .number("predicted", .decimals(3))]
        if hasInterval { columns.append(.init("80 % interval", .right)) }
        columns += [.init("family"), .number("parameters", .compact), .init("evidence")]
        let rows = models.enumerated().map { position, model -> [Table.Cell] in
            var row: [Table.Cell] = [
                .integer(position + 1), .text(zoo.models[model].name), .init(prediction.values[model]),
            ]
            if hasInterval {
                let interval = prediction.intervals?[model]
                let figure = NumberFormat.decimals(2).text
                row.append(.init(interval.map { "\(figure($0.lowerBound)) – \(figure($0.upperBound))" }))
            }
            row += [
                .init(zoo.models[model].family), .init(zoo.models[model].parameters),
                .text(evidence(position).joined(separator: "; ")),
            ]
            return row
        }
        return Table(
            title: "Fine-tune first for \(targetName)", columns: columns, rows: rows, total: prediction.ranking.count,
            notes: notes)
    }

    private var notes: [String] {
        var notes = [
            "Predicted by \(prediction.method): 0 is the target's worst model, 1 its best, where the method learns from results."
        ]
        if prediction.order != nil, models.count > 1 {
            notes.append(
                "In the order of expected gain: each next model is the one expected to raise the best result most, so that a model much like those before it comes later than its prediction alone would put it."
            )
        }
        if let chances = prediction.chanceOfBest, !chances.isEmpty, !models.isEmpty {
            let chance = chances[min(models.count, chances.count) - 1]
            notes.append(
                "The chance that the best model is among these \(models.count): \(NumberFormat.decimals(0).text(chance * 100)) %."
            )
        }
        if explanations.contains(where: { !$0.parts.isEmpty }) {
            let addUp = explanations.allSatisfy(\.addsUp)
            notes.append(
                addUp
                    ? "The parts of the evidence add up to the prediction."
                    : explanations.map(\.note).first { !$0.isEmpty }
                        ?? "The evidence shown is not all that moved the prediction.")
        } else {
            notes.append(
                "The evidence is what the zoo knows of the model; the method does not say what moved its prediction.")
        }
        if let note = zoo.assumption(for: prediction.target) { notes.append(note) }
        if let note = actualNote { notes.append(note) }
        return notes
    }

    /// How good the choice is, where the zoo knows.
    private var actualNote: String? {
        let column = zoo.results.column(prediction.target)
        let tried = models.compactMap { zoo.results[model: $0, dataset: prediction.target] }
        guard column.count >= 2, let best = tried.max(), let overall = column.map({ zoo.results.values[$0] }).max()
        else {
            return nil
        }
        let figure = { NumberFormat.figures.text(zoo.turned($0, on: prediction.target)) }
        return
            "The zoo's \(column.count) results on \(targetName) were held out: the best of these models reached \(figure(best)), the best of all \(figure(overall))."
    }

    public var figures: [DisplayData] { charts.map { $0.display() } }

    var charts: [any Chart] {
        let bars = models.compactMap { model -> DotChart.Item? in
            guard let value = prediction.values[model] else { return nil }
            return .init(
                name: zoo.models[model].name, value: value, interval: prediction.intervals?[model],
                label: NumberFormat.decimals(3).text(value))
        }
        guard !bars.isEmpty, prediction.intervals != nil else { return [] }
        let chances: [any Chart] = [
            DotChart(
                title: "Fine-tune first for \(targetName)",
                subtitle: "predicted performance by \(prediction.method), with the 80 % interval", items: bars
            )
        ]
        return chances + (waterfall.map { [$0] } ?? [])
    }

    /// How the first model's evidence adds up to its prediction; `nil` where the method does not say.
    var waterfall: WaterfallChart? {
        guard let model = models.first, let explanation = explanation(0), explanation.addsUp, !explanation.parts.isEmpty
        else { return nil }
        let shown = explanation.parts.prefix(10)
        let rest = explanation.parts.dropFirst(shown.count)
        var steps = shown.map { WaterfallChart.Step(name: $0.what, change: $0.contribution) }
        if !rest.isEmpty {
            steps.append(.init(name: "all else (\(rest.count))", change: rest.reduce(0) { $0 + $1.contribution }))
        }
        return WaterfallChart(
            title: "What speaks for \(zoo.models[model].name.singleLine(limit: 60))",
            subtitle: "each part of the evidence, and what they add up to", steps: steps, sumName: "predicted")
    }

    public var display: DisplayData {
        var display = table.display
        display.data[DisplayData.transferGraphJSON] = json
        return display
    }

    private var json: JSON {
        func number(_ value: Double?) -> JSON { value.map { $0.isFinite ? .number($0) : .null } ?? .null }
        let entries = models.enumerated().map { position, model -> JSON in
            let interval = prediction.intervals?[model]
            let explanation = explanation(position)
            let parts = explanation?.parts.map { part -> JSON in
                [
                    "kind": .string(part.kind.rawValue), "what": .string(part.what),
                    "contribution": number(part.contribution),
                ]
            }
            return [
                "rank": .integer(position + 1), "model": .string(zoo.models[model].name),
                "predicted": number(prediction.values[model]), "low": number(interval?.lowerBound),
                "high": number(interval?.upperBound),
                "evidence": .array(parts ?? evidence.facts(model, limit: 4).map(JSON.string)),
                "adds_up": explanation.map { .bool($0.addsUp) } ?? .null,
            ]
        }
        return [
            "kind": "recommendation", "target": .string(targetName), "method": .string(prediction.method),
            "models": .array(entries), "total": .integer(prediction.ranking.count),
            "chance_of_best": .array((prediction.chanceOfBest ?? []).prefix(top).map { number($0) }),
        ]
    }
}
