import Foundation
import Support

/// A prediction for a target of which some results are known, on the scale of those for a target of which none is.
struct KnownTarget {
    private let distribution: TargetDistribution
    private let scale: NormalisedScale
    private let results: @Sendable ([RevealedResult], Work) throws -> TargetDistribution

    /// - Parameter results: what any known results make of the distribution.
    init(
        _ distribution: TargetDistribution, scale: NormalisedScale,
        results: @escaping @Sendable ([RevealedResult], Work) throws -> TargetDistribution
    ) {
        self.distribution = distribution
        self.scale = scale
        self.results = results
    }

    /// - Parameter before: what was predicted without the known results, which the attribution explains.
    func prediction(method: String, target: Int, before: [Double], attribution: Attribution) -> Prediction {
        let spread = max(distribution.spread, .leastNormalMagnitude)
        func normalised(_ result: Double) -> Double { scale.normalised((result - distribution.level) / spread) }
        let values = distribution.means.map(normalised)
        let deviations = distribution.deviations.map {
            normalised(distribution.level + $0) - normalised(distribution.level)
        }
        let intervals = zip(values, deviations).map { value, deviation -> ClosedRange<Double> in
            let half = Statistics.normal90 * deviation * (distribution.intervalShare ?? 1)
            return ConformalIntervals.interval(value, from: value - half, to: value + half)
        }
        let order = distribution.samples.order(
            values: distribution.means, tried: distribution.tried, incumbent: distribution.best)
        let tried = distribution.tried.count
        return Prediction(
            method: method, target: target, values: values, intervals: intervals,
            quantiles: { probability in
                let ratio = Statistics.normalQuantile(probability)
                return zip(values, deviations).map { $1 > 0 ? $0 + ratio * $1 : $0 }
            },
            explanations: { models, work in
                try zip(models, attribution.explanations(of: models, work: work)).map { model, explanation in
                    Explanation(
                        parts: explanation.parts + [
                            .init(
                                kind: .target,
                                what: "\(tried) known \(tried == 1 ? "result" : "results") on the target",
                                contribution: values[model] - before[model])
                        ], addsUp: explanation.addsUp, note: explanation.note)
                }
            },
            chanceOfBest: distribution.samples.chanceOfBest(order),
            chanceOfBestAmong: distribution.samples.chanceOfBest, order: order,
            results: results)
    }
}
