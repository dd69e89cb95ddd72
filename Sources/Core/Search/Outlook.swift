import Support

/// What is believed of the results that models would have on a target: their joint distribution, in the dataset's units
/// turned so that higher is better, as the values of ``Zoo/results`` are.
///
/// It holds what every decision needs, whichever method it came from.
public struct Outlook: Sendable {
    /// The target's index among the zoo's datasets.
    public let target: Int
    /// The models that may be chosen and whose results are not known, by index ascending: of very many only those that may
    /// be the best.
    public let models: [Int]
    /// How many models that holds for, whether they are among ``models`` or too many.
    public let untried: Int
    /// The expected result of each of ``models``.
    public let mean: [Double]
    /// Its standard deviation.
    public let deviation: [Double]
    /// How many draws from the joint distribution there are.
    public let sampleCount: Int
    /// `sampleCount × models.count`, a row a draw.
    public let samples: [Double]
    /// The results that are known, which the distribution is conditional on.
    public let revealed: [RevealedResult]
    /// The best result so far: of ``revealed`` the best of a model that could have been chosen; `nil` where there is none.
    public let best: RevealedResult?
    /// Where the units come from.
    public let units: Units
    /// How much each of ``models`` is expected to lie above the best known result, counting nothing where it lies below: as
    /// the distribution has it, without the draws' noise. `nil` where no result is known, or nobody worked it out.
    public let gains: [Double]?
    /// The place of each of ``models`` in the method's own order, which decides between models of which the distribution says the
    /// same; their index where `nil`.
    let places: [Int]?
    /// Half the width of each of ``models``' 80 % interval; `nil` where the draws tell it.
    let halfWidths: [Double]?

    public enum Units: Sendable, Equatable {
        /// The range of similar datasets, and what is known of the target.
        case range(ExpectedRange)
        /// The target's own results alone: no other datasets have its metric.
        case ownResults(ExpectedRange)
        /// None: 0 is the target's worst model, 1 its best.
        case normalised
    }

    /// - Parameters:
    ///   - target: the target's index among the zoo's datasets.
    ///   - models: those that may be chosen, by index ascending.
    ///   - mean: the expected result of each of them.
    ///   - deviation: its standard deviation.
    ///   - sampleCount: how many draws there are.
    ///   - samples: a row a draw, a column a model.
    ///   - revealed: the results that are known.
    ///   - units: where the units come from.
    ///   - gains: the expected improvement of each of the models, where somebody worked it out.
    ///   - untried: how many models may be chosen; all of `models` where `nil`.
    ///   - places: each model's place in the method's own order; its index where `nil`.
    ///   - halfWidths: half the width of each model's 80 % interval; the draws tell it where `nil`.
    ///   - counts: whether a model's known result counts as the best so far.
    /// - Precondition: `mean` and `deviation` are as long as `models`, `samples` is `sampleCount` times as long.
    public init(
        target: Int, models: [Int], mean: [Double], deviation: [Double], sampleCount: Int, samples: [Double],
        revealed: [RevealedResult], units: Units, gains: [Double]? = nil, untried: Int? = nil,
        places: [Int]? = nil, halfWidths: [Double]? = nil, counts: ((Int) -> Bool)? = nil
    ) {
        precondition(gains == nil || gains?.count == models.count)
        precondition(places == nil || places?.count == models.count)
        precondition(mean.count == models.count && deviation.count == models.count)
        precondition(samples.count == sampleCount * models.count)
        self.target = target
        self.models = models
        self.untried = untried ?? models.count
        self.mean = mean
        self.deviation = deviation
        self.sampleCount = sampleCount
        self.samples = samples
        self.revealed = revealed
        best = Self.best(revealed, counts)
        self.units = units
        self.gains = gains
        self.places = places
        self.halfWidths = halfWidths
    }

    static func best(_ revealed: [RevealedResult], _ counts: ((Int) -> Bool)?) -> RevealedResult? {
        revealed.filter { counts?($0.model) ?? true }.max { ($0.value, -$0.model) < ($1.value, -$1.model) }
    }

    /// Whether anything says how far apart results lie: the ranges of other datasets, or two different results of the target.
    public var knowsSpread: Bool {
        if case .ownResults = units { Set(revealed.map(\.value)).count > 1 } else { true }
    }

    /// How much each model is expected to lie above the best known result, of results that end at the upper bound: what
    /// lies above the bound counts as the bound.
    ///
    /// - Parameters:
    ///   - best: the best known result.
    ///   - bounds: the values that can be; any can where `nil`.
    ///   - excess: how much each model's unbounded result is expected to lie above a value.
    static func gains(
        over best: Double, within bounds: ClosedRange<Double>?, excess: (Double) -> [Double]
    ) -> [Double] {
        let gains = excess(best)
        guard let upper = bounds?.upperBound, upper.isFinite else { return gains }
        guard best < upper else { return gains.map { _ in 0 } }
        return zip(gains, excess(upper)).map { max(0, $0 - $1) }
    }

    /// The draws of one model's result, ascending. O(samples · log samples).
    private func sortedDraws(_ place: Int) -> [Double] {
        (0..<sampleCount).map { samples[$0 * models.count + place] }.sorted()
    }

    /// The 80 % interval of each of ``models``.
    public var intervals: [ClosedRange<Double>] { models.indices.map(interval) }

    /// The 80 % interval of the model at a place of ``models``: what was calibrated on the other datasets, else the middle of
    /// the draws.
    public func interval(_ place: Int) -> ClosedRange<Double> {
        if let halfWidths {
            let half = halfWidths[place]
            let range = mean[place] - half...mean[place] + half
            return metric?.turnedRange.map { range.clamped(to: $0) } ?? range
        }
        guard let interval = Interval.percentile(of: sortedDraws(place), level: 0.8) else {
            return mean[place]...mean[place]
        }
        return interval.lower...interval.upper
    }

    /// As many models as are looked at, and drawn, at most.
    static let mostModels = 4_000

    /// Of more models than ``mostModels`` those that reach highest, ascending.
    static func highest(_ models: [Int], mean: (Int) -> Double, deviation: (Int) -> Double) -> [Int] {
        guard models.count > mostModels else { return models }
        let reach = models.map { mean($0) + 2 * deviation($0) }
        return models.indices.sorted { (-reach[$0], $0) < (-reach[$1], $1) }.prefix(mostModels).map { models[$0] }
            .sorted()
    }

    /// What the numbers are; `nil` where they have no units.
    public var metric: DatasetMetric? { units.metric }

    /// 1 % of what results can be: of a bounded metric's whole, else of the range that is expected.
    public var usualDelta: Double {
        switch units {
        case .range(let range), .ownResults(let range):
            range.metric.scale == .asWritten ? 0.01 * (range.high - range.low) : 0.01 * range.metric.scale.unit
        case .normalised: 0.01
        }
    }
}

/// What a prediction says of the results that models would have, whichever of the target's results are known.
public struct OutlookSource: Sendable {
    private let prediction: Prediction
    private let zoo: HeldOutZoo
    /// For methods that know nothing of units.
    private let calibrated: CalibratedOutlook?
    /// What the target's range is taken to be before a result of it is known, and after.
    private let ranges: (before: ExpectedRange?, after: ExpectedRange?)
    /// Each model's place in the prediction's order.
    private let places: [Int]

    /// - Parameters:
    ///   - prediction: made from `zoo`.
    ///   - zoo: the zoo with the prediction's target held out.
    public init(_ prediction: Prediction, in zoo: HeldOutZoo) {
        self.prediction = prediction
        self.zoo = zoo
        var places = [Int](repeating: prediction.values.count, count: prediction.values.count)
        for (place, model) in prediction.ranking.enumerated() { places[model] = place }
        self.places = places
        ranges = (ExpectedRange(zoo, hasResults: false), ExpectedRange(zoo, hasResults: true))
        calibrated = prediction.results == nil ? CalibratedOutlook(prediction, zoo: zoo) : nil
    }

    /// The outlook when these results are known, in the target's own units where these can be told.
    ///
    /// - Parameters:
    ///   - revealed: the results that are known, of models each once.
    ///   - seed: what is drawn is drawn from it.
    ///   - isOpen: whether a model may be chosen; all may where `nil`.
    ///   - counts: whether a known result counts as the best so far; all do where `nil`.
    ///   - work: asked whether to go on, told how far it is.
    /// - Throws: `Cancelled`; what the method throws.
    /// - Complexity: O(samples × models × datasets) for methods that know nothing of units.
    public func outlook(
        revealing revealed: [RevealedResult], seed: UInt64, among isOpen: ((Int) -> Bool)? = nil,
        counting counts: ((Int) -> Bool)? = nil, work: Work = .unwatched
    ) throws -> Outlook {
        let known = Set(revealed.map(\.model))
        let models = prediction.values.indices.filter { !known.contains($0) && isOpen?($0) ?? true }
        let units: Outlook.Units =
            if let range = revealed.isEmpty ? ranges.before : ranges.after {
                .range(range)
            } else if !revealed.isEmpty {
                .ownResults(
                    ExpectedRange(around: revealed, metric: zoo.known.datasets[prediction.target].metric))
            } else {
                .normalised
            }
        if units != .normalised, let results = try prediction.results?(revealed, work) {
            return outlook(results, units, revealed, models: models, counts: counts, seed: seed)
        }
        return (calibrated ?? CalibratedOutlook(prediction, zoo: zoo)).outlook(
            units, revealing: revealed, models: models, counts: counts, seed: seed)
    }

    /// The method's own distribution. Models that it draws no samples for, since they cannot be the best, are drawn one
    /// by one.
    private func outlook(
        _ results: TargetDistribution, _ units: Outlook.Units, _ revealed: [RevealedResult], models open: [Int],
        counts: ((Int) -> Bool)?, seed: UInt64
    ) -> Outlook {
        let models = Outlook.highest(open, mean: { results.means[$0] }, deviation: { results.deviations[$0] })
        let columns = Dictionary(
            uniqueKeysWithValues: results.candidates.enumerated().map { ($1, $0) })
        let bounds = units.metric?.turnedRange
        func within(_ value: Double) -> Double {
            bounds.map { min(max(value, $0.lowerBound), $0.upperBound) } ?? value
        }
        var generator = SeededGenerator(seed: seed, purpose: .outlook, item: prediction.target)
        var samples: [Double] = []
        samples.reserveCapacity(results.sampleCount * models.count)
        for index in 0..<results.sampleCount {
            let drawn = results.sample(index)
            for model in models {
                let value =
                    columns[model].map { drawn[drawn.startIndex + $0] }
                    ?? results.means[model] + results.deviations[model] * generator.normal()
                samples.append(within(value))
            }
        }
        return Outlook(
            target: prediction.target, models: models, mean: models.map { within(results.means[$0]) },
            deviation: models.map { results.deviations[$0] }, sampleCount: results.sampleCount, samples: samples,
            revealed: revealed, units: units,
            gains: Outlook.best(revealed, counts).map { best in
                Outlook.gains(over: best.value, within: bounds) { results.expectedImprovement(of: models, over: $0) }
            }, untried: open.count, places: models.map { places[$0] },
            halfWidths: results.intervalShare.map { share in
                models.map { Statistics.normal90 * share * results.deviations[$0] }
            }, counts: counts)
    }
}

extension Outlook.Units {
    /// What the numbers are; `nil` where they have no units.
    var metric: DatasetMetric? {
        switch self {
        case .range(let range), .ownResults(let range): range.metric
        case .normalised: nil
        }
    }
}

extension DatasetMetric {
    /// The values that can be, turned so that higher is better; `nil` where any number can.
    var turnedRange: ClosedRange<Double>? {
        guard let range = valueRange else {
            guard let name, !higherIsBetter, MetricKnowledge.isAtLeastZero(name) else { return nil }
            return -.infinity...0
        }
        return higherIsBetter ? range : -range.upperBound ... -range.lowerBound
    }
}

extension Prediction {
    /// What the prediction, made from `zoo`, says of the results that models would have, given those that the zoo reveals.
    ///
    /// - Parameters:
    ///   - zoo: the zoo that the prediction was made from.
    ///   - seed: what is drawn is drawn from it.
    ///   - isOpen: whether a model may be chosen; all may where `nil`.
    ///   - counts: whether a known result counts as the best so far; all do where `nil`.
    ///   - work: asked whether to go on, told how far it is.
    /// - Throws: `Cancelled`; what the method throws.
    public func outlook(
        in zoo: HeldOutZoo, seed: UInt64, among isOpen: ((Int) -> Bool)? = nil,
        counting counts: ((Int) -> Bool)? = nil, work: Work = .unwatched
    ) throws -> Outlook {
        try OutlookSource(self, in: zoo).outlook(
            revealing: zoo.revealed, seed: seed, among: isOpen, counting: counts, work: work)
    }
}
