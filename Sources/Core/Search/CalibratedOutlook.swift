import Foundation

/// An ``Outlook`` for any method, by what its predictions and the zoo's other results say together.
///
/// A result on the target is `low + (high - low) · p + (high - low) · e`: the target's range, which is known from datasets
/// like it (``ExpectedRange``); the method's prediction `p` from 0 to 1; and an error `e` whose variances, and whose
/// correlations from model to model, are those that the history mean has on the other datasets without them. All of it is
/// normally distributed, so that the known results condition it in closed form; draws come by Matheron's rule (Wilson et
/// al., "Pathwise conditioning of Gaussian processes", JMLR 2021).
struct CalibratedOutlook {
    /// The share of an error's variance that goes along with the errors of other models.
    private static let sharedShare = 0.6
    private static let mostDatasets = 150
    /// Where models are very many, fewer: so many errors at most, but for this many datasets.
    private static let mostErrors = 20_000_000
    private static let fewestDatasets = 20

    private let zoo: HeldOutZoo
    private let prediction: Prediction
    /// From 0 to 1, one a model.
    private let levels: [Double]
    /// Errors of the history mean on other datasets, a row a dataset, on the scale of normalised results; 0 where there is
    /// no result.
    private let errors: [[Double]]
    /// The deviation of each model's error.
    private let deviations: [Double]

    init(_ prediction: Prediction, zoo: HeldOutZoo) {
        self.zoo = zoo
        self.prediction = prediction
        let count = zoo.known.models.count
        let history = HistoryMean(zoo.normalised, modelCount: count)
        var datasets = zoo.known.datasets.indices.filter { zoo.normalised.column($0).count >= 3 }
        let most = min(Self.mostDatasets, max(Self.fewestDatasets, Self.mostErrors / max(count, 1)))
        if datasets.count > most {
            datasets.sort {
                (zoo.normalised.column($0).count, $1) > (zoo.normalised.column($1).count, $0)
            }
            datasets = datasets.prefix(most).sorted()
        }
        var errors: [[Double]] = []
        var squares = [Double](repeating: 0, count: count)
        var counts = [Int](repeating: 0, count: count)
        for dataset in datasets {
            let predictions = history.without(dataset, of: zoo.normalised).predictions
            var row = [Double](repeating: 0, count: count)
            for position in zoo.normalised.column(dataset) {
                let model = Int(zoo.normalised.models[position])
                row[model] = zoo.normalised.values[position] - (predictions[model] ?? 0.5)
                squares[model] += row[model] * row[model]
                counts[model] += 1
            }
            errors.append(row)
        }
        let total = squares.reduce(0, +)
        let runs = counts.reduce(0, +)
        let overall = runs > 0 ? total / Double(runs) : 0.04
        // Four runs' worth of the mean over models, since few runs tell little.
        let variances = (0..<count).map { (squares[$0] + 4 * overall) / Double(counts[$0] + 4) }
        self.errors = errors
        levels = Self.levels(prediction, zoo: zoo)
        deviations = (0..<count).map { model in
            guard let interval = prediction.intervals?[model] else { return variances[model].squareRoot() }
            // 80 % of a normal distribution lie within 1.2816 deviations.
            return max((interval.upperBound - interval.lowerBound) / (2 * Statistics.normal90), 1e-3)
        }
    }

    /// The predictions as places in the target's range. Most methods give them; of scores and of deviations only the order
    /// counts, and the k-th best is taken to lie where the k-th best of other datasets do.
    private static func levels(_ prediction: Prediction, zoo: HeldOutZoo) -> [Double] {
        let values = prediction.values
        let known = values.compactMap { $0 }
        let isScale = prediction.intervals != nil || known.allSatisfy { (-0.25...1.25).contains($0) }
        let scale = MethodCatalog.scale(of: prediction.method, in: zoo.known)
        let isLearned =
            isScale && scale != .deviations && !zoo.known.scores.contains { $0.method == prediction.method }
        if isLearned, scale != .random { return values.map { min(max($0 ?? 0.5, 0), 1) } }
        let pooled = zoo.normalised.values.sorted()
        guard !pooled.isEmpty, scale != .random else {
            let mean = pooled.isEmpty ? 0.5 : pooled.reduce(0, +) / Double(pooled.count)
            return values.map { _ in mean }
        }
        let order = values.indices.filter { values[$0] != nil }
            .sorted { (values[$0] ?? 0, $0) < (values[$1] ?? 0, $1) }
        var levels = [Double](repeating: pooled[pooled.count / 2], count: values.count)
        for (rank, model) in order.enumerated() {
            let place = (Double(rank) + 0.5) / Double(order.count) * Double(pooled.count)
            levels[model] = pooled[min(Int(place), pooled.count - 1)]
        }
        return levels
    }

    /// - Parameters:
    ///   - known: the target's results that are known; of very many ``RevealedResult/representatives(_:)`` count.
    ///   - open: the models that may be chosen, without those of known results.
    ///   - counts: whether a known result counts as the best so far; all do where `nil`.
    /// - Complexity: O(samples × models × (datasets + results known)).
    func outlook(
        _ units: Outlook.Units, revealing known: [RevealedResult], models open: [Int],
        counts: ((Int) -> Bool)? = nil, sampleCount: Int = 1000, seed: UInt64
    ) -> Outlook {
        let revealed = RevealedResult.representatives(known)
        let range =
            switch units {
            case .range(let range), .ownResults(let range): range
            case .normalised: ExpectedRange(low: 0, high: 1, deviation: 0, metric: DatasetMetric(scale: .fraction))
            }
        let width = max(range.high - range.low, 1e-9)
        let said = open.filter { prediction.values[$0] != nil }
        let models = Outlook.highest(said, mean: { levels[$0] }, deviation: { deviations[$0] })
        let all = revealed.map(\.model) + models
        // Each model's shared part as a combination of one normal draw a dataset.
        let factors = all.map { model -> [Double] in
            let raw = errors.map { $0[model] }
            let length = raw.reduce(0) { $0 + $1 * $1 }.squareRoot()
            guard length > 0 else { return [] }
            let scale = deviations[model] * width * Self.sharedShare.squareRoot() / length
            return raw.map { $0 * scale }
        }
        let own = zip(all, factors).map { model, factor -> Double in
            let variance = deviations[model] * deviations[model] * width * width
            return (factor.isEmpty ? variance : variance * (1 - Self.sharedShare)).squareRoot()
        }
        func covariance(_ a: Int, _ b: Int) -> Double {
            let (p, q) = (levels[all[a]], levels[all[b]])
            var sum =
                (1 - p) * (1 - q) * range.lowVariance + p * q * range.highVariance
                + (p * (1 - q) + q * (1 - p)) * range.covariance
            if !factors[a].isEmpty, !factors[b].isEmpty {
                for (x, y) in zip(factors[a], factors[b]) { sum += x * y }
            }
            return a == b ? sum + own[a] * own[a] : sum
        }
        let prior = all.map { range.low + width * levels[$0] }
        let count = revealed.count
        var kernel = Matrix(rows: count, columns: count)
        for a in 0..<count { for b in 0..<count { kernel[a, b] = covariance(a, b) } }
        for a in 0..<count { kernel[a, a] += 1e-10 * width * width + 1e-300 }
        let factor = count > 0 ? CholeskyFactor(kernel) : nil
        // gain[m]: how a model's expectation moves with each known result.
        let gain = (count..<all.count).map { place -> [Double] in
            let shared = (0..<count).map { covariance(place, $0) }
            return factor?.solved(shared) ?? shared.map { _ in 0 }
        }
        let surprise = revealed.indices.map { revealed[$0].value - prior[$0] }
        let bounds = range.metric.turnedRange
        func within(_ value: Double) -> Double {
            bounds.map { min(max(value, $0.lowerBound), $0.upperBound) } ?? value
        }
        var generator = SeededGenerator(seed: seed, purpose: .outlook, item: zoo.target)
        var samples: [Double] = []
        samples.reserveCapacity(sampleCount * models.count)
        let lowDeviation = range.lowVariance.squareRoot()
        let slope = lowDeviation > 0 ? range.covariance / lowDeviation : 0
        let rest = max(0, range.highVariance - slope * slope).squareRoot()
        for _ in 0..<sampleCount {
            let first = generator.normal()
            let low = lowDeviation * first
            let high = slope * first + rest * generator.normal()
            let draws = errors.map { _ in generator.normal() }
            let drawn = all.indices.map { place -> Double in
                let p = levels[all[place]]
                var value = prior[place] + (1 - p) * low + p * high + own[place] * generator.normal()
                for (x, z) in zip(factors[place], draws) { value += x * z }
                return value
            }
            let missing = (0..<count).map { revealed[$0].value - drawn[$0] }
            for (index, place) in (count..<all.count).enumerated() {
                var value = drawn[place]
                for (weight, difference) in zip(gain[index], missing) { value += weight * difference }
                samples.append(within(value))
            }
        }
        var means: [Double] = []
        var spreads: [Double] = []
        for (index, place) in (count..<all.count).enumerated() {
            var mean = prior[place]
            for (weight, difference) in zip(gain[index], surprise) { mean += weight * difference }
            var variance = covariance(place, place)
            for (weight, known) in zip(gain[index], (0..<count).map({ covariance(place, $0) })) {
                variance -= weight * known
            }
            means.append(within(mean))
            spreads.append(max(variance, 0).squareRoot())
        }
        return Outlook(
            target: zoo.target, models: models, mean: means, deviation: spreads, sampleCount: sampleCount,
            samples: samples, revealed: known, units: units,
            gains: Outlook.best(known, counts).map { best in
                Outlook.gains(over: best.value, within: bounds) { value in
                    zip(means, spreads).map { TargetDistribution.expectedExcess($0, $1, over: value) }
                }
            }, untried: said.count, counts: counts)
    }
}
