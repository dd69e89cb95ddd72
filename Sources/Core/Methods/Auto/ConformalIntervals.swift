import Foundation
import Support

/// Conformal prediction intervals.
///
/// The nonconformity scores are the errors of the predictions made for each training dataset without it, each divided by
/// the predictive standard deviation of its pair (Lei et al., "Distribution-free predictive inference for regression",
/// 2018, section 5.2) and by how large errors are at its place among the predictions (``ErrorByRank``). Intervals run
/// between their weighted 0.1 and 0.9 quantiles, and a little further where datasets are few, since errors of one dataset
/// come together; datasets weigh more the more similar they are to the target (Barber et al., "Conformal prediction beyond
/// exchangeability", 2023), and errors on a dataset with few results are taken in the range that all models' results would
/// have (``RangeExtrapolation``).
/// As datasets are few and not exchangeable, the 80 % are an aim that is measured, not a guarantee.
struct ConformalIntervals: Sendable {
    let intervals: [ClosedRange<Double>]
    /// The quantile of each model's result at a probability.
    let quantiles: @Sendable (_ probability: Double) -> [Double]
    /// Half the width of a normal distribution's interval, each model's, as a standard deviation.
    let deviations: [Double]
    /// How errors are skewed, in units of ``deviations``: by their 0.025 and 0.975 quantiles.
    let shape: TwoPieceNormal
    /// How far samples lie from their means, in shares of ``deviations``.
    let sharpness: BestModelSharpness

    /// A case of a single training dataset: its result and the prediction of it, min-max normalised, and the predictive
    /// standard deviation.
    struct Case {
        let result: Double
        let prediction: Double
        let deviation: Double
    }

    /// - Parameters:
    ///   - values: the predictions for the target's models, and their predictive standard deviations.
    ///   - heldOut: the cases of each training dataset, each predicted without it.
    ///   - weights: of the training datasets, in whatever unit.
    init(
        values: [Double], deviations predictive: [Double], heldOut: [[Case]], weights: [Double],
        rangeExtrapolation: RangeExtrapolation, constants: AutoConstants
    ) {
        var ratios: [Double] = []
        var places: [Double] = []
        var caseWeights: [Double] = []
        for (cases, weight) in zip(heldOut, weights) {
            let unit = rangeExtrapolation.share(of: cases.count, in: values.count)
            for item in cases {
                ratios.append((item.result - item.prediction) * unit / max(item.deviation, 1e-9))
                caseWeights.append(weight / Double(cases.count))
            }
            places += ErrorByRank.places(cases.map(\.prediction))
        }
        let sizes = ErrorByRank(
            places: places, errors: ratios, weights: caseWeights, bandwidth: constants.errorBandwidth,
            prior: constants.errorPrior)
        let spans = zip(predictive, ErrorByRank.places(values)).map { $0 * sizes.factor(at: $1) }
        let sorted = ratios.indices.map { index in
            (ratio: ratios[index] / sizes.factor(at: places[index]), weight: caseWeights[index])
        }.sorted { $0.ratio < $1.ratio }
        let datasets = Double(max(1, heldOut.count { !$0.isEmpty }))
        let reach = 1 + constants.intervalCorrection / datasets
        let quantile = { @Sendable (probability: Double) in
            Self.quantile(min(max(0.5 + (probability - 0.5) * reach, 0.015), 0.985), of: sorted)
        }
        let low = quantile(0.1)
        let high = quantile(0.9)
        quantiles = { probability in
            let ratio = quantile(probability)
            return zip(values, spans).map { $0 + ratio * $1 }
        }
        intervals = zip(values, spans).map { value, span in
            Self.interval(value, from: value + min(low, 0) * span, to: value + max(high, 0) * span)
        }
        let width = (high - low) / (2 * Statistics.normal90)
        deviations = spans.map { $0 * width }
        let unit = 1.959963984540054 * max(width, .leastNormalMagnitude)
        func factor(_ distance: Double) -> Double { min(max(distance / unit, 0.25), 2) }
        shape = TwoPieceNormal(above: factor(quantile(0.975)), below: factor(-quantile(0.025)))
        var start = 0
        let datasetCandidates = heldOut.map { cases -> [BestModelSharpness.Candidate] in
            let own = places[start..<start + cases.count]
            start += cases.count
            let best = cases.map(\.result).max()
            return zip(cases, own).map { item, place in
                .init(
                    mean: item.prediction, deviation: item.deviation * sizes.factor(at: place) * width,
                    isBest: item.result == best)
            }
        }
        sharpness = BestModelSharpness(datasetCandidates, shape: shape)
    }

    /// The interval around a prediction: no result lies beyond the target's worst and best, 0 and 1; the prediction lies
    /// inside.
    static func interval(_ value: Double, from low: Double, to high: Double) -> ClosedRange<Double> {
        let lower = min(max(low, min(0, value)), value)
        let upper = max(min(high, max(1, value)), value)
        // Numbers at the ends of what a number can hold may give none; then nothing is known but those two.
        return lower <= upper ? lower...upper : 0...1
    }

    /// The weighted quantile of the ratios.
    private static func quantile(_ probability: Double, of sorted: [(ratio: Double, weight: Double)]) -> Double {
        let total = sorted.reduce(0) { $0 + $1.weight }
        var sum = 0.0
        for (ratio, weight) in sorted {
            sum += weight
            if sum >= probability * total { return ratio }
        }
        return sorted.last?.ratio ?? 0
    }
}
