import CellLanguage
import JupyterKernel
import Presentation
import TransferGraphCore

/// A method's predictions for one target: the top models, beside their actual results if the zoo has them.
public struct PredictionValue: SessionValue {
    public let prediction: Prediction
    public let zoo: Zoo
    /// How many models are shown.
    public let top: Int
    /// Whether charts come with tooltips, for front ends that draw them.
    var isInteractive = false
    /// What was left out of the zoo beforehand, in a sentence.
    var leftOut: String?
    private let trained: TrainedOn
    /// The models with a prediction that were trained on the target.
    private let trainedModels: [Int]
    private let scale: PredictionScale
    /// Whether anything tells the models apart. If nothing does, a prediction is a filler and is not shown.
    private let isTelling: Bool

    public init(_ prediction: Prediction, zoo: Zoo, top: Int) {
        self.prediction = prediction
        self.zoo = zoo
        self.top = top
        let trained = TrainedOn(zoo)
        self.trained = trained
        scale = MethodCatalog.scale(of: prediction.method, in: zoo)
        isTelling = Ties(zoo, target: prediction.target).tellsModelsApart
        trainedModels =
            trained.isEmpty
            ? []
            : prediction.values.indices.filter {
                prediction.values[$0] != nil && trained.contains(model: $0, dataset: prediction.target)
            }
    }

    private var targetName: String { zoo.datasets[prediction.target].name }

    public var kind: String { "prediction" }
    /// The model ranked first, which a later line most likely needs.
    public var text: String { prediction.byValue.first.map { zoo.models[$0].name } ?? "" }
    public var summary: String {
        "\(prediction.method) on \(targetName.singleLine()): \(prediction.byValue.count) models"
    }

    private func predicted(_ model: Int) -> Double? { isTelling ? prediction.values[model] : nil }

    private func interval(_ model: Int) -> ClosedRange<Double>? { isTelling ? prediction.intervals?[model] : nil }

    /// In the target's own direction and scale.
    func actual(_ model: Int) -> Double? { zoo.result(model, on: prediction.target) }

    private var metric: DatasetMetric { zoo.datasets[prediction.target].metric }

    /// The rank, from 1, by actual result of each model that has one; equal results share the first of their ranks.
    private var actualRanks: [Int: Int] {
        let column = zoo.results.column(prediction.target)
        let ordered = column.sorted { zoo.results.values[$0] > zoo.results.values[$1] }
        var ranks: [Int: Int] = [:]
        var rank = 0
        for (place, position) in ordered.enumerated() {
            if place == 0 || zoo.results.values[position] != zoo.results.values[ordered[place - 1]] { rank = place + 1 }
            ranks[Int(zoo.results.models[position])] = rank
        }
        return ranks
    }

    var table: Table {
        let ranking = prediction.byValue
        let ranks = actualRanks
        let hasInterval = prediction.intervals != nil
        let hasActual = !ranks.isEmpty
        var columns: [Table.Column] = [.number("rank", .count), .init("model"), .number("predicted")]
        if hasInterval { columns += [.number("low (80 %)"), .number("high (80 %)")] }
        if hasActual { columns += [.number("actual"), .number("actual rank", .count)] }
        if !trainedModels.isEmpty { columns.append(TrainedOn.column) }
        let rows = ranking.prefix(top).enumerated().map { rank, model -> [Table.Cell] in
            var row: [Table.Cell] = [
                .integer(rank + 1), .text(zoo.models[model].name), .init(predicted(model)),
            ]
            if hasInterval {
                let interval = interval(model)
                row += [.init(interval?.lowerBound), .init(interval?.upperBound)]
            }
            if hasActual { row += [.init(actual(model)), .init(ranks[model])] }
            if !trainedModels.isEmpty { row.append(trained.cell(model: model, dataset: prediction.target)) }
            return row
        }
        return Table(
            title: "\(prediction.method): \(scale.title(on: targetName))", columns: columns, rows: rows,
            total: ranking.count, notes: notes)
    }

    private var notes: [String] {
        var notes = isTelling ? [scaleNote] : []
        let silent = prediction.values.count { $0 == nil }
        if silent > 0 {
            let score = zoo.scores.first { $0.method == prediction.method }
            let (verb, pronoun) = silent == 1 ? ("has", "it") : ("have", "them")
            notes.append(
                "\(silent.counted("model")) \(verb) no prediction: \(score.map { "the zoo has no \($0.name) value of \(pronoun) on \(targetName)" } ?? "the method needs data about \(pronoun) that the zoo lacks")."
            )
        }
        if !trainedModels.isEmpty {
            let unknown = prediction.values.indices.count { !trained.isKnown($0) }
            notes.append(
                "\(trainedModels.count) of the models were trained on \(targetName)\(unknown > 0 ? "; of \(unknown) it is not known what they were trained on" : "")."
            )
        }
        if let leftOut { notes.append(leftOut) }
        if let note = Ties(zoo, target: prediction.target).note(targetName) { notes.append(note) }
        if let note = zoo.assumption(for: prediction.target) { notes.append(note) }
        if let ownResultsNote { notes.append(ownResultsNote) }
        let outcome = known
        if !metric.higherIsBetter {
            notes.append(
                "Results on \(targetName) are \(metric.name ?? "numbers") of which lower is better; a higher prediction is a better model. In a file the predictions are turned round too."
            )
        }
        if isTelling, outcome.count >= 2 {
            let pearson = Measures.pearson(predicted: outcome.map(\.predicted), actual: outcome.map(\.actual))
            let spearman = Measures.spearman(predicted: outcome.map(\.predicted), actual: outcome.map(\.actual))
            let figure = { (value: Double?) in NumberFormat.decimals(3).text(value ?? .nan) }
            notes.append(
                "The results on \(targetName) were held out. Against them: Pearson \(figure(pearson)), Spearman \(figure(spearman)) over \(outcome.count) models.\(insideNote)"
            )
        }
        return notes
    }

    /// What the predictions are, so that they are not taken for results.
    private var scaleNote: String {
        var note = "Predicted is \(scale.phrase(on: targetName))."
        if scale == .place {
            note += " It is not the \(metric.name?.singleLine(limit: 40) ?? "result")"
            note +=
                zoo.results.column(prediction.target).isEmpty ? "." : "; actual results are in the dataset's own units."
        }
        if prediction.intervals != nil { note += " The 80 % intervals are on the same scale." }
        return note
    }

    /// How many of the actual results lie inside the intervals, as an evaluation counts them; empty without intervals.
    private var insideNote: String {
        let known = known
        let all = zoo.results.values[zoo.results.column(prediction.target)]
        guard scale == .place, let intervals = prediction.intervals, let low = all.min(), let high = all.max(),
            high > low
        else { return "" }
        let inside = known.count { intervals[$0.model]?.contains(($0.actual - low) / (high - low)) ?? false }
        let share = Double(inside) / Double(known.count)
        return
            " Taken as places, \(NumberFormat.decimals(0).text(share * 100)) % of them lie inside the 80 % intervals."
    }

    /// That results of the user's on the target are not used; `nil` if there are none.
    private var ownResultsNote: String? {
        let count = zoo.ownResults.count { $0.dataset == prediction.target }
        guard count > 0 else { return nil }
        return
            "\(count == 1 ? "Your own result on \(targetName) is" : "Your \(count.grouped) own results on \(targetName) are") held out here and not used; %recommend goes by \(count == 1 ? "it" : "them")."
    }

    /// Predictions beside results, both with higher meaning better.
    private var known: [(model: Int, predicted: Double, actual: Double)] {
        prediction.values.enumerated().compactMap { model, value in
            guard let value, let actual = zoo.results[model: model, dataset: prediction.target] else { return nil }
            return (model, value, actual)
        }
    }

    public var figures: [DisplayData] {
        let known = known
        guard isTelling, known.count >= 2, let low = known.map(\.actual).min(), let high = known.map(\.actual).max()
        else {
            return []
        }
        // A place in the units of the results, so that the two can be compared.
        let isMapped = scale == .place && high > low
        let inUnits = { (value: Double) in isMapped ? metric.turned(low + value * (high - low)) : value }
        let ends = [low, high].map { ScatterChart.Point(x: metric.turned($0), y: metric.turned($0)) }
        let pearson = Measures.pearson(predicted: known.map(\.predicted), actual: known.map(\.actual)) ?? .nan
        return [
            ScatterChart(
                title: "Predicted against actual on \(targetName)",
                xLabel: metric.higherIsBetter ? "actual result" : "actual result (lower is better)",
                yLabel: isMapped ? "predicted place, on the range of results" : "prediction",
                panels: [
                    .init(
                        title: prediction.method,
                        subtitle: "Pearson \(NumberFormat.decimals(3).text(pearson)) over \(known.count) models",
                        series: [
                            .init(
                                name: targetName,
                                points: known.map {
                                    .init(
                                        x: metric.turned($0.actual), y: inUnits($0.predicted),
                                        name: zoo.models[$0.model].name)
                                })
                        ])
                ], agreement: isMapped ? .init(from: ends[0], to: ends[1]) : nil
            ).display(isInteractive: isInteractive)
        ]
    }

    public var display: DisplayData {
        var display = table.display
        display.data[DisplayData.transferGraphJSON] = json
        return display
    }

    private var json: JSON {
        let ranking = prediction.byValue
        let rows = ranking.map { model -> JSON in
            let interval = interval(model)
            return [
                .string(zoo.models[model].name), .init(finite: predicted(model)), .init(finite: actual(model)),
                .init(finite: interval?.lowerBound), .init(finite: interval?.upperBound),
            ]
        }
        return [
            "kind": "prediction", "method": .string(prediction.method), "target": .string(targetName),
            "scale": .string(scale.rawValue), "columns": ["model", "predicted", "actual", "low", "high"],
            "rows": .array(rows), "total": .integer(ranking.count),
            "higher_is_better": .bool(metric.higherIsBetter),
            "trained_on": .array(trainedModels.map { .string(zoo.models[$0].name) }),
        ]
    }
}
