import ArgumentParser
import Foundation
import TransferGraphCore

/// How often 95 % intervals of a mean over datasets hold the truth, on made evaluations of which it is known.
struct IntervalsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "intervals", abstract: "Coverage and width of intervals of a mean over datasets.")

    @Option(help: "The measure: pearson, spearman, kendall or regret.")
    var measure = "pearson"
    @Option(help: "Evaluations made of each kind.")
    var evaluations = 1000
    @Option(help: "What every random choice follows from.")
    var seed: UInt64 = 1

    /// The intervals that are compared, with what each resamples.
    private enum Kind: String, CaseIterable {
        case models = "percentile, models"
        case targets = "percentile, targets"
        case both = "percentile, both"
        case accelerated = "BCa, targets"
        case studentised = "bootstrap-t, targets"
        case t = "t, targets"
        case twoWay = "t, both (used)"
    }

    func run() throws {
        let measures: [String: Measure] = [
            "pearson": .pearson, "spearman": .spearman, "kendall": .kendall, "regret": .regret(at: 1),
        ]
        guard let measure = measures[measure] else {
            throw ValidationError("--measure is pearson, spearman, kendall or regret.")
        }
        print(
            "targets models shared  "
                + Kind.allCases.map { $0.rawValue.padding(toLength: 22, withPad: " ", startingAt: 0) }.joined())
        for targets in [3, 8, 24] {
            for models in [40, 150] {
                for shared in [0, 0.5, 0.8] {
                    let made = MadeOutcomes(sharedResults: shared, sharedErrors: shared)
                    try line(made, measure, targets: targets, models: models, shared: shared)
                }
            }
        }
        try time()
    }

    /// How long the summary of a large evaluation takes.
    private func time() throws {
        var generator = SeededGenerator(seed: seed)
        let made = MadeOutcomes(sharedResults: 0.5, sharedErrors: 0.5)
        let outcomes = (0..<20).map { number in
            MethodOutcomes(
                method: number == 0 ? "history" : "m\(number)",
                byTarget: made.draw(targets: 24, models: 700, from: &generator))
        }
        let start = ContinuousClock.now
        _ = try EvaluationSummary(outcomes, threads: 2)
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        print(String(format: "24 targets, 700 models, 20 methods, two threads: %.2f s for all intervals", seconds))
    }

    private func line(_ made: MadeOutcomes, _ measure: Measure, targets: Int, models: Int, shared: Double) throws {
        let truth = MadeOutcomes.truth(of: measure) ?? simulatedTruth(made, measure, models: models)
        let found = try Parallel.map(Array(0..<evaluations), threads: 2) { number in
            var generator = SeededGenerator(seed: seed, purpose: .madeZoo, item: number)
            let outcomes = made.draw(targets: targets, models: models, from: &generator)
            return try intervals(outcomes, measure, &generator)
        }
        var text = String(format: "%7d %6d %6.1f  ", targets, models, shared)
        for kind in Kind.allCases {
            let intervals = found.compactMap { $0[kind] }
            let held = intervals.count { $0.contains(truth) }
            let widths = intervals.map { $0.upper - $0.lower }.sorted()
            let median = widths.isEmpty ? .nan : widths[widths.count / 2]
            text += String(format: "%5.1f %%  ±%-12.3f", 100 * Double(held) / Double(evaluations), median / 2)
        }
        print(text)
    }

    /// The mean of the measure over many datasets, each with models of its own.
    private func simulatedTruth(_ made: MadeOutcomes, _ measure: Measure, models: Int) -> Double {
        let draws = 20_000
        var generator = SeededGenerator(seed: seed, purpose: .madeZoo, item: -1)
        var sum = 0.0
        for _ in 0..<draws {
            sum += measure.value(of: made.draw(targets: 1, models: models, from: &generator)[0][0]) ?? 0
        }
        return sum / Double(draws)
    }

    private func intervals(
        _ outcomes: [[TargetOutcome]], _ measure: Measure, _ generator: inout SeededGenerator
    ) throws -> [Kind: Interval] {
        let summary = try EvaluationSummary(
            [MethodOutcomes(method: "made", byTarget: outcomes)], resamples: 100, threads: 1)
        guard let figure = summary.methods[0][measure] else { return [:] }
        let values = figure.values.compactMap(\.self)
        let (mean, error) = Self.meanAndError(values)
        let t = StudentT.quantile(twoSided: 0.95, degreesOfFreedom: values.count - 1)
        var found: [Kind: Interval] = [
            .t: Interval(lower: mean - t * error, upper: mean + t * error, level: 0.95)
        ]
        found[.models] = figure.modelInterval
        found[.twoWay] = figure.interval

        let draws = 400
        let models = ModelResamples(of: Set(outcomes.joined().flatMap(\.models)), count: draws, seed: generator.next())
        var resampled = [[Double]](repeating: [], count: draws)
        for outcome in outcomes.joined() {
            let prepared = ResampledOutcome(outcome)
            try models.forEach(of: outcome.models, work: .unwatched) { number, counts in
                resampled[number].append(prepared.values(of: [measure], counts: counts)[0] ?? .nan)
            }
        }
        var (means, ratios, both): ([Double], [Double], [Double]) = ([], [], [])
        for number in 0..<draws {
            let places = values.map { _ in generator.index(below: values.count) }
            let drawn = Self.meanAndError(places.map { values[$0] })
            means.append(drawn.mean)
            if drawn.error > 0 { ratios.append((drawn.mean - mean) / drawn.error) }
            both.append(Self.meanAndError(places.map { resampled[number][$0] }).mean)
        }
        found[.targets] = Interval.percentile(of: means, level: 0.95)
        found[.both] = Interval.percentile(of: both, level: 0.95)
        found[.accelerated] = Self.accelerated(means, values, mean)
        if let ratio = Interval.percentile(of: ratios, level: 0.95) {
            found[.studentised] = Interval(
                lower: mean - ratio.upper * error, upper: mean - ratio.lower * error, level: 0.95)
        }
        return found
    }

    private static func meanAndError(_ values: [Double]) -> (mean: Double, error: Double) {
        let count = Double(values.count)
        let mean = values.reduce(0, +) / count
        let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        return (mean, (squares / (count - 1) / count).squareRoot())
    }

    /// The bias-corrected and accelerated interval (Efron, JASA 1987).
    private static func accelerated(_ means: [Double], _ values: [Double], _ mean: Double) -> Interval? {
        func cumulative(_ z: Double) -> Double { erfc(-z / 2.0.squareRoot()) / 2 }
        let below = Double(means.count { $0 < mean }) / Double(means.count)
        guard below > 0, below < 1 else { return nil }
        // The quantile of the normal distribution, by bisection.
        var (low, high) = (-8.0, 8.0)
        for _ in 0..<60 {
            if cumulative((low + high) / 2) < below { low = (low + high) / 2 } else { high = (low + high) / 2 }
        }
        let (squares, cubes) = values.reduce((0.0, 0.0)) { sums, value in
            let distance = (value - mean) / Double(values.count - 1)
            return (sums.0 + distance * distance, sums.1 + distance * distance * distance)
        }
        let acceleration = cubes / (6 * pow(squares, 1.5))
        let sorted = means.sorted()
        func bound(_ z: Double) -> Double {
            let shifted = low + (low + z) / (1 - acceleration * (low + z))
            return sorted[min(sorted.count - 1, Int(cumulative(shifted) * Double(sorted.count)))]
        }
        return Interval(lower: bound(-1.959964), upper: bound(1.959964), level: 0.95)
    }
}
