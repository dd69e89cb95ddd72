import CellLanguage
import Presentation
import TransferGraphCore

/// Models to fine-tune for a dataset, as a report presents them.
protocol Recommendation: SessionValue {
    var prediction: Prediction { get }
    var zoo: Zoo { get }
    /// The models, in the order in which to fine-tune them.
    var models: [Int] { get }
    var candidates: Candidates { get }
    /// How many models may be chosen.
    var choiceCount: Int { get }
    /// The expected results of ``models``; `nil` if the dataset's units are unknown.
    var expectedInUnits: (metric: DatasetMetric, results: [(mean: Double, interval: ClosedRange<Double>)?])? { get }
    /// Whether results of the dataset are used; if not, those that it has are held out.
    var goesByResults: Bool { get }
    /// The best result used of a model that could be chosen; `nil` if there is none.
    var bestSoFar: RevealedResult? { get }
    /// What to keep if no further run is worth it, and the chance, in words, that a model not tried is better; `nil` if
    /// one is.
    var stop: (keep: RevealedResult, reason: String)? { get }
    /// The recommendation, with results in the dataset's units if known, and what was tried.
    var reportTables: [Table] { get }
    var charts: [any Chart] { get }
}

extension RecommendationValue: Recommendation {
    var choiceCount: Int { ranking.count }
    var goesByResults: Bool { false }
    var bestSoFar: RevealedResult? { nil }
    var stop: (keep: RevealedResult, reason: String)? { nil }

    var expectedInUnits: (metric: DatasetMetric, results: [(mean: Double, interval: ClosedRange<Double>)?])? {
        guard let expected, let metric = expected.metric else { return nil }
        return (metric, expected.results)
    }

    var reportTables: [Table] {
        guard let (metric, results) = expectedInUnits else { return [table] }
        let words = UnitWords(metric)
        var table = table.inserting(
            [
                (.number("expected result", words.format), results.map { .init($0.map { metric.turned($0.mean) }) }),
                (.init("80 % of results", .right), results.map { .init($0.map { words.interval($0.interval) }) }),
            ], before: 2)
        table.notes.insert(
            "The expected result is in the dataset's own units (\(metric.phrase), \(metric.scale.phrase)), by the ranges of other datasets.",
            at: 0)
        return [table]
    }
}

extension NextModelsValue: Recommendation {
    var choiceCount: Int { outlook.untried }
    var goesByResults: Bool { !outlook.revealed.isEmpty }
    var bestSoFar: RevealedResult? { outlook.best }
    var stop: (keep: RevealedResult, reason: String)? {
        guard saysStop, let best = outlook.best, let chance = chanceOfMore else { return nil }
        return (best, chance)
    }

    var expectedInUnits: (metric: DatasetMetric, results: [(mean: Double, interval: ClosedRange<Double>)?])? {
        guard outlook.knowsSpread else { return nil }
        return outlook.metric.map { ($0, ExpectedResults(outlook, of: models).results) }
    }

    var reportTables: [Table] { [table, tried].compactMap(\.self) }
}
