import Foundation

/// Conformal prediction intervals, and joint samples of all models' results with marginals of the same width.
///
/// The nonconformity scores are the errors of the predictions made for each training dataset without it, each divided by
/// the predictive standard deviation of its pair (Lei et al., "Distribution-free predictive inference for regression",
/// 2018, section 5.2). Intervals run between their weighted 0.1 and 0.9 quantiles; datasets weigh more the more similar
/// they are to the target (Barber et al., "Conformal prediction beyond exchangeability", 2023), and errors on a dataset
/// with few results are taken in the range that all models' results would have (``RangeExtrapolation``).
/// As datasets are few and not exchangeable, the 80 % are an aim that is measured, not a guarantee.
struct ConformalIntervals {
    let intervals: [ClosedRange<Double>]
    /// The quantile of each model's result at a probability.
    let quantiles: @Sendable (_ probability: Double) -> [Double]
    private let values: [Double]
    private let deviations: [Double]
    private let covariance: [Double]
    private let noise: Double

    /// - Parameters:
    ///   - heldOut: for each training case of a single dataset, its prediction without the dataset.
    ///   - weights: of the training datasets, in whatever unit.
    init(
        values: [Double], gaussianProcess: GaussianProcess, training: TrainingResults, heldOut: [Double],
        weights: [Double],
        rangeExtrapolation: RangeExtrapolation
    ) {
        var errors: [(ratio: Double, weight: Double)] = []
        for group in training.datasets.indices {
            let range = training.pairs.group(group)
            let unit = rangeExtrapolation.share(of: range.count, in: values.count)
            for position in range {
                let error = (training.normalised[position] - heldOut[position]) * unit
                errors.append(
                    (
                        error / max(gaussianProcess.heldOutDeviations[position], 1e-9),
                        weights[group] / Double(range.count)
                    ))
            }
        }
        errors.sort { $0.ratio < $1.ratio }
        let sorted = errors
        let low = Self.quantile(0.1, of: sorted)
        let high = Self.quantile(0.9, of: sorted)
        let deviations = gaussianProcess.deviations
        quantiles = { probability in
            let ratio = Self.quantile(probability, of: sorted)
            return zip(values, deviations).map { $0 + ratio * $1 }
        }
        intervals = values.indices.map { model in
            let first = values[model] + low * deviations[model]
            let second = values[model] + high * deviations[model]
            // No result lies beyond the target's worst and best, 0 and 1.
            let lower = max(min(first, second), min(0, values[model]))
            let upper = max(lower, min(max(first, second), max(1, values[model])))
            // Numbers at the ends of what a number can hold may give none; then nothing is known but those two.
            return lower <= upper ? lower...upper : 0...1
        }
        self.values = values
        let width = (high - low) / (2 * 1.2815515655446004)
        self.deviations = deviations.map { $0 * width }
        covariance = gaussianProcess.latentCovariance
        noise = gaussianProcess.noiseVariance
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

    /// Four hundred joint samples of the models' results.
    ///
    /// - Throws: ``NumericalError/notPositiveDefinite(_:)`` where the posterior covariance is none; ``Cancelled``.
    /// - Complexity: O(m³) for m models up to 1,500, linear beyond, where they are drawn independently.
    func samples(seed: UInt64, target: Int, work: Work) throws -> PosteriorSamples {
        let count = values.count
        let sampleCount = 400
        var generator = SeededGenerator(seed: seed, purpose: .posteriorSamples, item: target)
        var normals = (0..<sampleCount * count).map { _ in generator.normal() }
        // Beyond some thousand models their dependence is not worth its cost.
        if count <= 1500 {
            var correlation = [Double](repeating: 0, count: count * count)
            let scale = (0..<count).map { 1 / max(covariance[$0 * (count + 1)] + noise, 1e-12).squareRoot() }
            for a in 0..<count {
                for b in a..<count {
                    correlation[a * count + b] =
                        (covariance[a * count + b] + (a == b ? noise : 0)) * scale[a] * scale[b]
                }
            }
            guard
                let factor = try CholeskyFactor(correlation, count: count, jitter: PairKernel.jitter, work: work)
            else { throw NumericalError.notPositiveDefinite(.posteriorCorrelation) }
            normals = factor.coloured(rows: Matrix(rows: sampleCount, columns: count, values: normals)).values
        }
        for sample in 0..<sampleCount {
            for model in 0..<count {
                normals[sample * count + model] = values[model] + deviations[model] * normals[sample * count + model]
            }
        }
        return PosteriorSamples(sampleCount: sampleCount, modelCount: count, values: normals)
    }
}
