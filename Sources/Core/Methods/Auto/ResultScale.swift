import Foundation

/// The prior of the line from results relative to a dataset's other results to the target's own units: level + spread · z,
/// taken from the datasets of the same metric, those that are like the target above all.
struct ResultScale: Sendable {
    /// The mean and variance of the level.
    let level: (mean: Double, variance: Double)
    /// The same of the spread's logarithm.
    let logSpread: (mean: Double, variance: Double)
    /// Whether it comes from datasets of the target's metric, at least three.
    let isOfTheMetric: Bool

    /// - Parameters:
    ///   - weights: of the training datasets, in whatever unit.
    /// - Returns: `nil` where no dataset has results that differ.
    init?(_ zoo: Zoo, training: TrainingResults, weights: [Double], target: Int) {
        let units = TargetUnits(zoo, target: target)
        var lines: [(level: Double, logSpread: Double, weight: Double, isAlike: Bool)] = []
        for (dataset, weight) in zip(training.datasets, weights) {
            let column = zoo.results.column(dataset)
            let moments = Statistics.moments(Array(zoo.results.values[column]))
            guard column.count > 1, moments.deviation > 0, moments.deviation.isFinite else { continue }
            // The dataset's effect says how good the models were that were run there.
            let level = moments.mean + moments.deviation * training.effects.datasets[dataset]
            let factor = units?.factor(from: dataset)
            lines.append(
                (
                    level * (factor ?? 1), log(moments.deviation * (factor ?? 1)),
                    weight * Double(column.count) / (Double(column.count) + 5), factor != nil
                ))
        }
        let alike = lines.filter(\.isAlike)
        // Of other metrics' units little can be learned: then the prior is wide.
        isOfTheMetric = alike.count >= 3
        let widening = isOfTheMetric ? 1.0 : 9
        if alike.count >= 3 { lines = alike }
        let total = lines.reduce(0) { $0 + $1.weight }
        guard total > 0 else { return nil }
        let effective = total * total / lines.reduce(0) { $0 + $1.weight * $1.weight }
        func moments(_ value: (Int) -> Double) -> (mean: Double, variance: Double) {
            let mean = lines.indices.reduce(0) { $0 + lines[$1].weight * value($1) } / total
            let square = lines.indices.reduce(0) { $0 + lines[$1].weight * pow(value($1) - mean, 2) } / total
            return (mean, square * (1 + 1 / effective))
        }
        let spread = moments { lines[$0].logSpread }
        let levels = moments { lines[$0].level }
        logSpread = (spread.mean, widening * max(spread.variance, 0.09))
        level = (levels.mean, widening * max(levels.variance, exp(2 * spread.mean)))
    }

    /// The prior where no other dataset tells of the target's units: by its own known results alone, which lie in a range
    /// as ``ExpectedRange/init(around:metric:)`` has it.
    ///
    /// - Parameter means: the predicted z of the models whose results are known.
    init(around known: [RevealedResult], means: [Double], metric: DatasetMetric) {
        let range = ExpectedRange(around: known, metric: metric)
        let width = range.high - range.low
        // Models spread over about four standard deviations.
        let spread = width / 4
        let count = Double(max(1, known.count))
        let level = zip(known, means).reduce(0) { $0 + ($1.0.value - spread * $1.1) / count }
        self.level = (level, width * width / 4)
        logSpread = (log(spread), 1)
        isOfTheMetric = false
    }

    /// Spreads on a grid, and the prior weight of each.
    var grid: [(spread: Double, weight: Double)] {
        let points = (-10...10).map { Double($0) / 4 }
        let weights = points.map { exp(-$0 * $0 / 2) }
        let total = weights.reduce(0, +)
        return zip(points, weights).map { point, weight in
            (exp(logSpread.mean + point * logSpread.variance.squareRoot()), weight / total)
        }
    }
}
