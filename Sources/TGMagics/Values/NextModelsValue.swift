import CellLanguage
import JupyterKernel
import Presentation
import Support
import TransferGraphCore

/// What to fine-tune next for a dataset, given its results and a run's cost: each model with its expected improvement,
/// the models tried, and whether to go on.
struct NextModelsValue: SessionValue {
    let prediction: Prediction
    let zoo: Zoo
    let outlook: Outlook
    private let advice: SearchAdvice
    /// Whether somebody said by how much a model has to be better.
    private let isDeltaSaid: Bool
    private let plan: BudgetPlan?
    let models: [Int]
    let candidates: Candidates
    private let evidence: ModelEvidence
    private let rows: [Row]
    /// Whether predictions are results; they are places where nothing says how far apart results lie.
    private let hasResults: Bool
    /// Whether charts come with tooltips, for front ends that draw them.
    var isInteractive = false
    /// What was left out of the zoo beforehand, in a sentence.
    var leftOut: String?
    private let trained: TrainedOn

    /// - Parameters:
    ///   - outlook: for the candidates without a result, in the dataset's units.
    ///   - delta: if `nil`, 1 % of what results can be.
    ///   - explains: whether to ask the method for explanations, which may take a moment.
    /// - Throws: `UserError` if `delta` is larger than results can differ; ``Cancelled``; the method's errors while it
    ///   computes explanations.
    init(
        _ prediction: Prediction, outlook: Outlook, candidates: Candidates, delta: ResultDifference?, zoo: Zoo,
        top: Int,
        explains: Bool = true, work: Work
    ) throws {
        self.prediction = prediction.withoutExplanations
        self.zoo = zoo
        self.candidates = candidates
        let open = outlook
        self.outlook = outlook
        let plan = candidates.costs.map { costs in
            BudgetPlan(open, costs: open.models.map { costs[$0] }, budget: candidates.budget)
        }
        self.plan = plan
        try work.check()
        let advice = SearchAdvice(
            open, limit: plan == nil ? top : open.models.count > 200 ? max(top, 20) : open.models.count,
            delta: try delta?.value(in: open, of: zoo.datasets[prediction.target].name) ?? open.usualDelta)
        self.advice = advice
        isDeltaSaid = delta != nil
        let models = plan?.models ?? advice.steps.map(\.model)
        self.models = models
        trained = TrainedOn(zoo)
        let hasResults = open.knowsSpread
        self.hasResults = hasResults
        let words = UnitWords(open.metric ?? DatasetMetric(scale: .asWritten))
        rows = models.enumerated().compactMap { position, model in
            guard let place = open.models.firstIndex(of: model) else { return nil }
            guard hasResults else {
                return prediction.values[model].map {
                    Row(model: model, predicted: $0, label: NumberFormat.decimals(3).text($0))
                }
            }
            return Row(
                model: model, predicted: words.metric.turned(open.mean[place]), label: words.text(open.mean[place]),
                interval: words.turned(open.interval(place)),
                gain: plan?.gains[position] ?? advice.steps[position].gain,
                chance: advice.chances.isEmpty ? nil : advice.chances[place])
        }
        evidence = try ModelEvidence(prediction, models: models, zoo: zoo, explains: explains, work: work)
    }

    private var target: Int { prediction.target }
    private var targetName: String { zoo.datasets[target].name }
    private var scale: PredictionScale { MethodCatalog.scale(of: prediction.method, in: zoo) }
    private var words: UnitWords { UnitWords(outlook.metric ?? DatasetMetric(scale: .asWritten)) }

    var kind: String { "recommendation" }
    var text: String { models.first.map { zoo.models[$0].name } ?? "" }
    var summary: String {
        "next for \(targetName.singleLine()): \(models.map { zoo.models[$0].name.singleLine() }.joined(separator: ", "))"
    }

    private struct Row {
        let model: Int
        /// In the dataset's own direction.
        let predicted: Double
        let label: String
        /// What a place has none of.
        var interval: ClosedRange<Double>?
        var gain: Double?
        var chance: Double?
    }

    /// The models tried, best first.
    private var results: [RevealedResult] {
        outlook.revealed.sorted { ($0.value, -$0.model) > ($1.value, -$1.model) }
    }

    // MARK: Tables

    var table: Table {
        let isKnown = outlook.best != nil && hasResults
        var columns: [Table.Column] = [
            .number("", .count), .init("fine-tune"), .number("predicted", hasResults ? words.format : .decimals(3)),
        ]
        if hasResults { columns.append(.init("80 % interval", .right)) }
        if isKnown { columns += [.number("expected gain", words.format), .number("beats the best", .decimals(0))] }
        if plan != nil { columns.append(.number(candidates.costName, .compact)) }
        let showsSize = candidates.costName != "parameters"
        columns += [.init("family")] + (showsSize ? [.number("parameters", .compact)] : []) + [.init("evidence")]
        let cells = rows.enumerated().map { position, row -> [Table.Cell] in
            var cells: [Table.Cell] = [
                .integer(position + 1), .text(zoo.models[row.model].name), .number(row.predicted),
            ]
            if let interval = row.interval { cells.append(.text(words.span(interval))) }
            if isKnown {
                cells += [.init(row.gain), .text(row.chance.map { Self.percent($0) } ?? "–")]
            }
            if plan != nil { cells.append(.init(candidates.costs?[row.model])) }
            return cells + [.init(zoo.models[row.model].family)]
                + (showsSize ? [.init(zoo.models[row.model].parameters)] : []) + [.text(evidence.text(position))]
        }
        return Table(
            title: outlook.revealed.isEmpty
                ? "Fine-tune for \(targetName) within the budget" : "Fine-tune next for \(targetName)",
            columns: columns, rows: cells, total: plan == nil ? outlook.untried : cells.count, notes: notes)
    }

    /// The models tried, best first; `nil` if none was.
    var tried: Table? {
        guard !outlook.revealed.isEmpty else { return nil }
        let own = Dictionary(
            zoo.ownResults.filter { $0.dataset == target }.map { ($0.model, $0.hours) },
            uniquingKeysWith: { first, _ in first })
        let hasHours = own.values.contains { $0 != nil }
        // A model that may not be chosen is evidence, but its result is not the one to beat.
        let fitting = results.filter { candidates.meetsConstraints[$0.model] }
        let ordered = fitting.isEmpty ? results : fitting
        let shown = ordered.prefix(10)
        return Table(
            title: "Tried on \(targetName)",
            columns: [.init("model"), .number("result", words.format)] + (hasHours ? [.number("hours")] : []),
            rows: shown.map { result in
                [.text(zoo.models[result.model].name), .number(words.metric.turned(result.value))]
                    + (hasHours ? [.init(own[result.model].flatMap(\.self))] : [])
            }, total: ordered.count, emphasised: [0])
    }

    private static func percent(_ chance: Double) -> String {
        let share = NumberFormat.decimals(0).text(chance * 100)
        return chance > 0 && chance < 0.005 ? "<1 %" : "\(share) %"
    }

    /// Whether it is worth going on; `nil` if nothing was tried.
    var answer: String? {
        chanceOfMore.map { saysStop ? "Stop here: \($0)." : "Worth going on: \($0)." }
    }

    var saysStop: Bool { advice.saysStop && hasResults }

    /// The chance that a model not tried is better than the best result, in words; `nil` if nothing was tried.
    var chanceOfMore: String? {
        guard hasResults, let best = outlook.best, let chance = advice.chanceOfMore else { return nil }
        let (more, beyond) = words.metric.higherIsBetter ? ("more", "above") : ("less", "below")
        let name = zoo.models[best.model].name.singleLine()
        if advice.isOutOfReach {
            return advice.delta == 0
                ? "no result can be better than \(words.text(best.value)) of \(name)"
                : "no result can be more than \(words.difference(advice.delta)) \(beyond) the best so far, \(words.text(best.value)) of \(name)"
        }
        let untried = advice.untried == 1 ? "the one model" : "one of the \(advice.untried.grouped) models"
        let distance =
            advice.delta == 0
            ? "the best so far, of \(name)"
            : "\(words.difference(advice.delta)) \(beyond) the best so far, \(words.text(best.value)) of \(name)"
        return
            "the chance that \(untried) not tried reaches \(more) than \(words.text(best.value + advice.delta)) (\(distance)) is \(Self.percent(chance))"
    }

    private var notes: [String] {
        var notes: [String] = []
        if let answer { notes.append(answer) }
        if let plan {
            let total = NumberFormat.figures.text(plan.cost)
            var note =
                "A budget of \(NumberFormat.figures.text(plan.budget)) \(candidates.costName): these \(plan.models.count) cost \(total) together, and are expected to raise the best result most."
            if let next = plan.next, outlook.metric != nil, hasResults {
                note +=
                    " With \(NumberFormat.figures.text(next.budget)) \(candidates.costName) \(zoo.models[next.model].name) fits too; it is expected to add \(words.difference(next.gain))."
            }
            notes.append(note)
        }
        switch outlook.units {
        case .range(let range):
            notes.append(
                "Predicted by \(prediction.method) in \(targetName)'s own units (\(range.metric.phrase), \(range.metric.scale.phrase)), calibrated by \(outlook.revealed.isEmpty ? "" : "its \(outlook.revealed.count) result\(outlook.revealed.count == 1 ? "" : "s") and ")the ranges of \(range.datasets.count) other datasets."
            )
        case .ownResults where !hasResults:
            let count = outlook.revealed.count
            notes.append(
                "\(count == 1 ? "One result does" : "\(count.grouped) equal results do") not tell how far apart results on \(targetName.singleLine(limit: 40)) lie, and too few other datasets have this metric (\(words.metric.phrase)). So a prediction is \(scale.phrase(on: targetName.singleLine(limit: 40))), and nothing says whether to stop: a result that differs will."
            )
        case .ownResults(let range):
            notes.append(
                "Predicted by \(prediction.method) in \(targetName)'s own units (\(range.metric.phrase), \(range.metric.scale.phrase)). Too few other datasets have this metric: how far apart results lie is told by its own \(outlook.revealed.count.grouped) alone, and the order by all evidence."
            )
        case .normalised:
            notes.append(
                "Predicted by \(prediction.method): 0 is the target's worst model, 1 its best; the zoo has too few datasets of one metric to tell the range of results."
            )
        }
        if outlook.revealed.count > RevealedResult.mostConditioned {
            notes.append(
                "Of the \(NumberFormat.count.text(Double(outlook.revealed.count))) results on \(targetName), predictions go by \(NumberFormat.count.text(Double(RevealedResult.mostConditioned))), evenly spread from the best to the worst."
            )
        }
        if let unfitNote { notes.append(unfitNote) }
        if isDeltaSaid, chanceOfMore == nil {
            notes.append("--delta is not used: nothing says whether another run is worth it.")
        }
        if outlook.best != nil, models.count > 1, hasResults {
            notes.append(
                plan == nil
                    ? "Each one is expected to raise the best result most after those before it; its expected gain is what it adds to them."
                    : "In the order of what each is expected to add to those before it."
            )
        }
        notes += trained.notes(of: models, target: target, in: zoo) + [leftOut].compactMap(\.self)
        if let note = candidates.note { notes.append(note) }
        if let note = LanguageNote(zoo, target: target).text(of: models) { notes.append(note) }
        notes.append(evidence.note(of: "model's place, from about 0 (worst) to about 1 (best)") + turnedNote)
        if let note = evidence.negativeNote { notes.append(note) }
        if outlook.revealed.isEmpty, let note = Ties(zoo, target: target).note(targetName) { notes.append(note) }
        let held = zoo.results.column(target).count
        if outlook.revealed.isEmpty, held > 0 {
            notes.append(
                "The zoo's \(held.counted("result")) on \(targetName.singleLine(limit: 40)) \(held == 1 ? "was" : "were") held out."
            )
        }
        if let note = zoo.assumption(for: target) { notes.append(note) }
        return notes
    }

    /// Which of the models tried do not meet the limits, in a sentence; `nil` if all do.
    private var unfitNote: String? {
        let (unfit, tried) = (outlook.revealed.count { !candidates.meetsConstraints[$0.model] }, outlook.revealed.count)
        guard unfit > 0 else { return nil }
        if unfit == tried {
            return unfit == 1
                ? "The model tried does not meet the limits; it serves as evidence, and nothing is compared with its result."
                : "None of the \(tried.grouped) models tried meets the limits; they serve as evidence, and nothing is compared with their results."
        }
        return unfit == 1
            ? "1 of the \(tried.grouped) models tried does not meet the limits: it serves as evidence, is not listed, and is not the best so far."
            : "\(unfit.grouped) of the \(tried.grouped) models tried do not meet the limits: they serve as evidence, are not listed, and none is the best so far."
    }

    /// How the first model's place becomes its predicted result; empty if the evidence does not add up to a place, or
    /// predictions are places.
    private var turnedNote: String {
        guard hasResults, let first = rows.first, let place = evidence.sum(0) else { return "" }
        return
            " That of the first is \(NumberFormat.decimals(3).text(place)): the known results and the ranges of the zoo's turn it into \(first.label)."
    }

    var figures: [DisplayData] { dots.map { [$0.display(isInteractive: isInteractive)] } ?? [] }

    /// The models with their intervals; `nil` if there is none.
    private var dots: DotChart? {
        let items = rows.map { row in
            DotChart.Item(
                name: zoo.models[row.model].name, value: row.predicted, interval: row.interval, label: row.label)
        }
        guard !items.isEmpty else { return nil }
        return DotChart(
            title: outlook.revealed.isEmpty ? "Fine-tune for \(targetName)" : "Fine-tune next for \(targetName)",
            subtitle: "predicted by \(prediction.method)\(hasResults ? ", with the 80 % interval" : "")",
            items: items,
            marks: (hasResults ? outlook.best : nil).map {
                [(words.metric.turned($0.value), "best so far")]
            } ?? [],
            axisTitle: (hasResults ? outlook.metric : nil).map {
                "predicted result: \($0.phrase), \($0.scale.phrase)"
            } ?? "predicted place: 0 the worst model on \(targetName), 1 its best")
    }

    /// The charts of a report: the models with their intervals, and the evidence for the first.
    var charts: [any Chart] {
        let waterfall = models.first.flatMap {
            evidence.waterfall(0, of: zoo.models[$0].name, sum: "predicted place")
        }
        return [dots, waterfall].compactMap { (chart: (any Chart)?) in chart }
    }

    var display: DisplayData {
        let table = table
        let tried = tried
        return DisplayData(data: [
            "text/plain": .string([table.plainText, tried?.plainText].compactMap(\.self).joined(separator: "\n\n")),
            "text/html": .string(table.html + (tried?.html ?? "")), DisplayData.transferGraphJSON: json,
        ])
    }

    /// One row per model, its interval as two numbers.
    var tabular: Table? {
        let rows = rows.enumerated().map { position, row -> [Table.Cell] in
            [
                .integer(position + 1), .text(zoo.models[row.model].name), .number(row.predicted),
                .init(row.interval?.lowerBound), .init(row.interval?.upperBound), .init(row.gain), .init(row.chance),
                .text(evidence.text(position)),
            ]
        }
        return Table(
            columns: [
                .number("rank", .count), .init("model"), .number("predicted"), .number("low (80 %)"),
                .number("high (80 %)"), .number("expected gain"), .number("chance to beat the best"), .init("evidence"),
            ], rows: rows)
    }

    private var json: JSON {
        let metric = words.metric
        let entries = rows.enumerated().map { position, row -> JSON in
            [
                "rank": .integer(position + 1), "model": .string(zoo.models[row.model].name),
                "predicted": .init(finite: row.predicted), "low": .init(finite: row.interval?.lowerBound),
                "high": .init(finite: row.interval?.upperBound),
                "expected_gain": .init(finite: row.gain), "chance_to_beat_best": .init(finite: row.chance),
                "trained_on": trained.json(row.model, on: target),
                "cost": .init(finite: candidates.costs?[row.model]), "evidence": evidence.json(position),
                "adds_up": evidence.addsUp(position),
            ]
        }
        let tried = results.map { result -> JSON in
            ["model": .string(zoo.models[result.model].name), "result": .init(finite: metric.turned(result.value))]
        }
        var budget = JSON.null
        if let plan {
            var next = JSON.null
            if let further = plan.next {
                next = [
                    "model": .string(zoo.models[further.model].name), "budget": .init(finite: further.budget),
                    "gain": .init(finite: further.gain),
                ]
            }
            budget = [
                "budget": .init(finite: plan.budget), "cost": .init(finite: plan.cost),
                "column": .string(candidates.costName),
                "next": next,
            ]
        }
        return [
            "kind": "recommendation", "target": .string(targetName), "method": .string(prediction.method),
            "models": .array(entries), "tried": .array(tried), "total": .integer(outlook.untried),
            "conditioned": .bool(!outlook.revealed.isEmpty),
            "best": .init(finite: outlook.best.map { metric.turned($0.value) }),
            "metric": outlook.metric?.name.map { .string($0) } ?? .null,
            "scale": outlook.metric.map { .string($0.scale.rawValue) } ?? .null,
            "higher_is_better": .bool(metric.higherIsBetter), "left_out": candidates.json,
            "delta": .init(finite: advice.delta), "in_units": .bool(outlook.metric != nil && hasResults),
            "chance_of_more": .init(finite: hasResults ? advice.chanceOfMore : nil),
            "stop": advice.chanceOfMore == nil || !hasResults ? .null : .bool(advice.saysStop),
            "budget": budget,
        ]
    }
}
