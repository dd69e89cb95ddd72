import CellLanguage
import JupyterKernel
import Presentation
import TransferGraphCore

/// The models to fine-tune first for a dataset, with the evidence for each.
public struct RecommendationValue: SessionValue {
    public let prediction: Prediction
    public let zoo: Zoo
    public let top: Int
    let models: [Int]
    private let evidence: ModelEvidence
    let candidates: Candidates
    /// The expected results; `nil` if not computed, or without units.
    let expected: ExpectedResults?
    /// Whether charts come with tooltips, for front ends that draw them.
    var isInteractive = false
    /// What was left out of the zoo beforehand, in a sentence.
    var leftOut: String?
    private let trained: TrainedOn
    private let languages: LanguageNote

    /// - Parameters:
    ///   - candidates: the models that may be fine-tuned; all if `nil`.
    ///   - outlook: the predicted results in the dataset's units.
    /// - Throws: ``Cancelled`` while the method computes explanations, or its errors.
    init(
        _ prediction: Prediction, zoo: Zoo, top: Int, candidates: Candidates? = nil, outlook: Outlook? = nil,
        explains: Bool = true, work: Work
    ) throws {
        let candidates = candidates ?? Candidates(count: zoo.models.count)
        self.prediction = prediction.withoutExplanations
        self.zoo = zoo
        self.top = top
        self.candidates = candidates
        ranking = prediction.ranking.filter { candidates.isAllowed[$0] }
        let models = Array(ranking.prefix(top))
        self.models = models
        trained = TrainedOn(zoo)
        languages = LanguageNote(zoo, target: prediction.target)
        expected = outlook.map { ExpectedResults($0, of: models) }
        evidence = try ModelEvidence(prediction, models: models, zoo: zoo, explains: explains, work: work)
    }

    /// The models that may be fine-tuned, in the order to do so.
    let ranking: [Int]

    private var scale: PredictionScale { MethodCatalog.scale(of: prediction.method, in: zoo) }
    private var targetName: String { zoo.datasets[prediction.target].name }

    public var kind: String { "recommendation" }
    public var text: String { models.first.map { zoo.models[$0].name } ?? "" }
    public var summary: String {
        "for \(targetName.singleLine()): \(models.map { zoo.models[$0].name.singleLine() }.joined(separator: ", "))"
    }

    var table: Table {
        let hasInterval = prediction.intervals != nil
        // Where nothing tells the models apart, a prediction is a filler.
        let isTelling = Ties(zoo, target: prediction.target).tellsModelsApart
        var columns: [Table.Column] = [.number("", .count), .init("fine-tune"), .number("predicted", .decimals(3))]
        if hasInterval { columns.append(.init("80 % interval", .right)) }
        columns += [.init("family"), .number("parameters", .compact), .init("evidence")]
        let rows = models.enumerated().map { position, model -> [Table.Cell] in
            var row: [Table.Cell] = [
                .integer(position + 1), .text(zoo.models[model].name),
                .init(isTelling ? prediction.values[model] : nil),
            ]
            if hasInterval {
                let interval = isTelling ? prediction.intervals?[model] : nil
                let figure = NumberFormat.decimals(2).text
                row.append(.init(interval.map { "\(figure($0.lowerBound)) – \(figure($0.upperBound))" }))
            }
            row += [
                .init(zoo.models[model].family), .init(zoo.models[model].parameters),
                .text(evidence.text(position)),
            ]
            return row
        }
        return Table(
            title: "Fine-tune first for \(targetName)", columns: columns, rows: rows, total: ranking.count, notes: notes
        )
    }

    private var notes: [String] {
        var notes = [
            "Predicted by \(prediction.method): \(scale.phrase(on: targetName))."
        ]
        if let note = actualNote { notes.append(note) }
        if prediction.order != nil, models.count > 1 {
            notes.append(
                "In the order of expected gain: each next model is the one expected to raise the best result most, so that a model much like those before it comes later than its prediction alone would put it."
            )
        }
        if let chances = prediction.chanceOfBest, !chances.isEmpty, !models.isEmpty, candidates.reasons.isEmpty,
            models.count < ranking.count
        {
            let chance = chances[min(models.count, chances.count) - 1]
            let which = models.count == 1 ? "this is the best model" : "the best model is among these \(models.count)"
            notes.append("The chance that \(which): \(NumberFormat.decimals(0).text(chance * 100)) %.")
        }
        notes += [evidence.note(), evidence.negativeNote].compactMap(\.self)
        notes += trained.notes(of: models, target: prediction.target, in: zoo) + [leftOut].compactMap(\.self)
        if let note = candidates.note { notes.append(note) }
        if let note = languages.text(of: models) { notes.append(note) }
        if let note = rangeNote { notes.append(note) }
        if let note = Ties(zoo, target: prediction.target).note(targetName) { notes.append(note) }
        if let note = zoo.assumption(for: prediction.target) { notes.append(note) }
        return notes
    }

    /// The range of the best result in the dataset's units, if the target has none yet but others tell.
    private var rangeNote: String? {
        guard zoo.results.column(prediction.target).isEmpty, let expected else { return nil }
        let rank =
            "No result on \(targetName) is known: the numbers from 0 to 1 are places within the dataset, no results"
        guard case .range(let range) = expected.units else {
            return rank + ", and the zoo has too few datasets of one metric to tell their range."
        }
        let words = UnitWords(range.metric)
        var note =
            rank
            + ". On \(range.datasets.count) datasets \(Ties(zoo, target: prediction.target).hasDistances ? "like it" : "of this metric") the worst and the best model reached \(words.text(range.low)) and \(words.text(range.high)) on average (\(range.metric.phrase), \(range.metric.scale.phrase))"
        if let first = models.first, let result = expected.results[0] {
            note +=
                "; \(zoo.models[first].name) is expected at \(words.text(result.mean)), with 80 % between \(words.between(result.interval))"
        }
        return note + ". %result add \(targetName.singleLine(limit: 40)) MODEL VALUE tells more."
    }

    /// How good the choice is, if the zoo knows.
    private var actualNote: String? {
        let column = zoo.results.column(prediction.target)
        let tried = models.compactMap { zoo.results[model: $0, dataset: prediction.target] }
        if column.count == 1 { return "The zoo's 1 result on \(targetName) was held out." }
        guard let best = tried.max(), let overall = column.map({ zoo.results.values[$0] }).max() else {
            return column.isEmpty ? nil : "The zoo's \(column.count) results on \(targetName) were held out."
        }
        let figure = { NumberFormat.figures.text(zoo.turned($0, on: prediction.target)) }
        return
            "The zoo's \(column.count) results on \(targetName) were held out: \(tried.count == 1 ? "the one shown" : "the best of the \(tried.count) shown") reached \(figure(best)), the best of all \(column.count)\(candidates.reasons.isEmpty ? "" : " (those left out included)") \(figure(overall))."
    }

    public var figures: [DisplayData] { charts.map { $0.display(isInteractive: isInteractive) } }

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
                subtitle: "predicted place by \(prediction.method), with the 80 % interval", items: bars,
                axisTitle: "predicted place: 0 the worst model on \(targetName), 1 its best"
            )
        ]
        return chances + (waterfall.map { [$0] } ?? [])
    }

    /// How the first model's evidence adds up to its prediction; `nil` if the method does not say.
    var waterfall: WaterfallChart? {
        models.first.flatMap { evidence.waterfall(0, of: zoo.models[$0].name, sum: "predicted") }
    }

    public var display: DisplayData {
        var display = table.display
        display.data[DisplayData.transferGraphJSON] = json
        return display
    }

    private var json: JSON {
        let entries = models.enumerated().map { position, model -> JSON in
            let interval = prediction.intervals?[model]
            return [
                "rank": .integer(position + 1), "model": .string(zoo.models[model].name),
                "predicted": .init(finite: prediction.values[model]), "low": .init(finite: interval?.lowerBound),
                "high": .init(finite: interval?.upperBound),
                "trained_on": trained.json(model, on: prediction.target),
                "evidence": evidence.json(position), "adds_up": evidence.addsUp(position),
            ]
        }
        return [
            "kind": "recommendation", "target": .string(targetName), "method": .string(prediction.method),
            "models": .array(entries), "total": .integer(ranking.count), "conditioned": false,
            "left_out": candidates.json,
            "chance_of_best": .array((prediction.chanceOfBest ?? []).prefix(top).map { JSON(finite: $0) }),
        ]
    }
}
