import COpenBLAS
import Foundation

/// How far results may lie from their predictions: intervals, and joint draws of all models' results.
///
/// The widths are learned from the predictions made for each training dataset without it. Their errors, each divided by
/// the deviation that the process gives its pair, have an 80 % range; datasets count in it as they are like the target
/// (Barber et al., "Conformal prediction beyond exchangeability", 2023, with weights by likeness), and errors on a dataset
/// with few results are taken in the range that all models' results would have (``RangeGrowth``).
struct Spread {
    let intervals: [ClosedRange<Double>]
    /// For a chance, what each model's result lies below with it.
    let quantiles: @Sendable (_ chance: Double) -> [Double]
    private let values: [Double]
    private let deviations: [Double]
    private let covariance: [Double]
    private let noise: Double

    /// - Parameters:
    ///   - nearness: how much each slot of its own counts, in whatever unit.
    ///   - growth: of the ranges of results.
    init(
        values: [Double], process: PairProcess, records: TrainingRecords, heldOut: [Double], nearness: [Double],
        growth: RangeGrowth
    ) {
        var errors: [(ratio: Double, weight: Double)] = []
        for slot in records.datasets.indices {
            let range = records.pairs.slot(slot)
            let unit = growth.share(of: range.count, in: values.count)
            for position in range {
                let error = (records.normalised[position] - heldOut[position]) * unit
                errors.append(
                    (error / max(process.heldOutDeviations[position], 1e-9), nearness[slot] / Double(range.count)))
            }
        }
        errors.sort { $0.ratio < $1.ratio }
        let sorted = errors
        let low = Self.quantile(0.1, of: sorted)
        let high = Self.quantile(0.9, of: sorted)
        let spans = process.deviations
        quantiles = { chance in
            let ratio = Self.quantile(chance, of: sorted)
            return zip(values, spans).map { $0 + ratio * $1 }
        }
        intervals = values.indices.map { model in
            let deviation = process.deviations[model]
            let first = values[model] + low * deviation
            let second = values[model] + high * deviation
            // No result lies beyond the target's worst and best, 0 and 1.
            let lower = max(min(first, second), min(0, values[model]))
            let upper = max(lower, min(max(first, second), max(1, values[model])))
            // Numbers at the ends of what a number can hold may give none; then nothing is known but those two.
            return lower <= upper ? lower...upper : 0...1
        }
        self.values = values
        let width = (high - low) / (2 * 1.2815515655446004)
        deviations = process.deviations.map { $0 * width }
        covariance = process.covariance
        noise = process.noise
    }

    /// The value below which a share of the weights lies.
    private static func quantile(_ share: Double, of sorted: [(ratio: Double, weight: Double)]) -> Double {
        let total = sorted.reduce(0) { $0 + $1.weight }
        var sum = 0.0
        for (ratio, weight) in sorted {
            sum += weight
            if sum >= share * total { return ratio }
        }
        return sorted.last?.ratio ?? 0
    }

    /// Four hundred joint draws of the models' results.
    func draws(seed: UInt64, target: Int) -> JointDraws {
        let count = values.count
        let drawCount = 400
        var generator = SeededGenerator(seed: seed, stream: UInt64(target))
        var normals = (0..<drawCount * count).map { _ in generator.normal() }
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
            if let root = try? Cholesky(correlation, count: count, work: .unwatched) {
                normals.withUnsafeMutableBufferPointer { buffer in
                    guard let base = buffer.baseAddress else { return }
                    cblas_dtrmm(
                        CblasColMajor, CblasLeft, CblasLower, CblasNoTrans, CblasNonUnit, Int32(count),
                        Int32(drawCount), 1, root.factor, Int32(count), base, Int32(count))
                }
            }
        }
        for draw in 0..<drawCount {
            for model in 0..<count {
                normals[draw * count + model] = values[model] + deviations[model] * normals[draw * count + model]
            }
        }
        return JointDraws(drawCount: drawCount, modelCount: count, values: normals)
    }
}
