import Support

/// Resamples of the models of an evaluation, for the uncertainty of a mean over targets (Efron and Tibshirani, "An
/// Introduction to the Bootstrap", 1993).
///
/// The unit drawn is the model, with replacement, and one draw holds for every target: a model that is strong is so
/// on many targets, and resampling each target by itself would take that for independent evidence. The intervals are
/// those of the percentile method. They say how the number would move with another zoo of models like these; that
/// other targets would move it too is the business of ``PairedComparison/pValue``.
public struct ModelBootstrap: Sendable {
    /// The number of resamples.
    public let resamples: Int
    /// The confidence of the intervals.
    public let level: Double
    public let seed: UInt64

    /// - Precondition: `resamples > 0` and `level` in 0..<1.
    public init(resamples: Int = 1000, level: Double = 0.95, seed: UInt64 = 0) {
        precondition(resamples > 0 && level >= 0 && level < 1)
        self.resamples = resamples
        self.level = level
        self.seed = seed
    }

    /// The interval of the mean of `measure` over the targets.
    ///
    /// A target on which the measure is undefined in a resample is left out of that resample's mean.
    ///
    /// - Returns: `nil` where the measure is undefined on every target, or a correlation of two models.
    public func interval(
        of measure: Measure, over outcomes: [TargetOutcome], work: Work = .unwatched
    ) throws(Cancelled) -> Interval? {
        try intervals(of: [measure], over: outcomes, work: work)[0]
    }

    /// The intervals of several measures' means, all on the same resamples.
    public func intervals(
        of measures: [Measure], over outcomes: [TargetOutcome], work: Work = .unwatched
    ) throws(Cancelled) -> [Interval?] {
        let draws = ModelDraws(outcomes)
        var means = [[Double]](repeating: [], count: measures.count)
        for number in 0..<resamples {
            try work.check()
            let counts = draws.counts(seed: seed, number: number)
            let samples = outcomes.map { draws.expand($0, counts) }
            for (index, measure) in measures.enumerated() {
                var values: [Double?] = []
                for sample in samples {
                    try work.check()
                    values.append(measure.value(predicted: sample.predicted, actual: sample.actual))
                }
                if let mean = Measure.mean(of: values) { means[index].append(mean) }
            }
        }
        return zip(measures, means).map { measure, means in
            measure.mean(over: outcomes).mean == nil || !measure.canVary(over: outcomes)
                ? nil : .percentile(of: means, level: level)
        }
    }

    /// The interval of the mean over targets of the difference of `measure` between two methods, both judged on the
    /// same resamples.
    ///
    /// - Parameter pairs: the two methods' outcomes on each target that both have.
    /// - Returns: `nil` where no target has both measures defined, or these are correlations of two models.
    func interval(
        ofDifference measure: Measure, between pairs: [(TargetOutcome, TargetOutcome)], work: Work
    ) throws(Cancelled) -> Interval? {
        guard measure.canVary(over: pairs.map(\.0)), measure.canVary(over: pairs.map(\.1)) else { return nil }
        let draws = ModelDraws(pairs.flatMap { [$0.0, $0.1] })
        var means: [Double] = []
        means.reserveCapacity(resamples)
        for number in 0..<resamples {
            let counts = draws.counts(seed: seed, number: number)
            var differences: [Double?] = []
            for (first, second) in pairs {
                try work.check()
                let one = draws.expand(first, counts)
                let other = draws.expand(second, counts)
                differences.append(
                    PairedComparison.difference(
                        measure.value(predicted: one.predicted, actual: one.actual),
                        measure.value(predicted: other.predicted, actual: other.actual)))
            }
            if let mean = Measure.mean(of: differences) { means.append(mean) }
        }
        return .percentile(of: means, level: level)
    }
}

/// The models of some outcomes, numbered densely, and how often a resample draws each.
private struct ModelDraws {
    private let index: [Int: Int]

    init(_ outcomes: [TargetOutcome]) {
        let models = Set(outcomes.flatMap(\.models)).sorted()
        index = Dictionary(uniqueKeysWithValues: models.enumerated().map { ($1, $0) })
    }

    func counts(seed: UInt64, number: Int) -> [Int] {
        var generator = SeededGenerator(seed: seed, purpose: .bootstrap, item: number)
        var counts = [Int](repeating: 0, count: index.count)
        for _ in counts.indices { counts[generator.index(below: counts.count)] += 1 }
        return counts
    }

    func expand(_ outcome: TargetOutcome, _ counts: [Int]) -> (predicted: [Double], actual: [Double]) {
        var predicted: [Double] = []
        var actual: [Double] = []
        predicted.reserveCapacity(outcome.models.count * 2)
        actual.reserveCapacity(outcome.models.count * 2)
        for (position, model) in outcome.models.enumerated() {
            guard let dense = index[model] else { continue }
            for _ in 0..<counts[dense] {
                predicted.append(outcome.predicted[position])
                actual.append(outcome.actual[position])
            }
        }
        return (predicted, actual)
    }
}
