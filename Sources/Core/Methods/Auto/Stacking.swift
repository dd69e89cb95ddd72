import Foundation
import Support

/// Stacking (Wolpert, "Stacked generalization", 1992): a second, small Gaussian process that learns from predictions made
/// for the training datasets without them how results turned out, and predicts the target from predictions for it.
///
/// Its inputs are the held-out predictions of the first process and of the effects alone, and the pair's transferability
/// scores. What it predicts is the result standardised within its dataset. Linear in the predictions, smooth in all inputs
/// (an RBF kernel by the features of its pivots); models of alike metadata may err alike on one dataset.
struct Stacking {
    /// Predicted standardised results of the target's models.
    let values: [Double]
    /// The same for each training case, without its dataset.
    let heldOut: [Double]

    /// The inputs of pairs, a row a pair.
    struct Inputs {
        var predictions: Matrix
        var scores: Matrix
        var models: [Int]
        var count: Int { models.count }
    }

    /// - Parameters:
    ///   - training: a row a case, by group.
    ///   - groups: the training cases of each dataset.
    ///   - results: the cases' standardised results.
    /// - Throws: ``NumericalError/notPositiveDefinite(_:)`` where the covariance is none; `Cancelled`.
    /// - Returns: `nil` where there is too little to learn from.
    /// - Complexity: O((n + m) p²) for n training cases, m models and p pivots.
    init?(
        training: Inputs, groups: [Range<Int>], results: [Double], queries: Inputs, metadata: LowRankKernel,
        constants: AutoConstants, work: Work
    ) throws {
        let n = training.count
        guard n >= 10, groups.count(where: { $0.count > 1 }) > 1 else { return nil }
        let scaler = StandardScaler(training.predictions)
        let points = Points(training, scaler)
        let gamma = 1 / (2 * constants.stackingLengthScale * constants.stackingLengthScale)
        let smooth = try LowRankKernel(
            diagonal: [Double](repeating: 1, count: n), rank: constants.stackingPivots, work: work
        ) { pivot in (0..<n).map { exp(-gamma * points.squaredDistance(pivot, points, $0)) } }
        let settings = constants.stacking
        let width = training.predictions.columns
        let rank = width + smooth.rank
        let linear = (settings.linear / Double(max(width, 1))).squareRoot()
        let rbf = settings.rbf.squareRoot()
        var features = Matrix(rows: n, columns: rank)
        for row in 0..<n {
            for column in 0..<width { features[row, column] = linear * points.predictions[row, column] }
            for column in 0..<smooth.rank {
                features[row, width + column] = rbf * smooth.features[row * smooth.rank + column]
            }
        }
        var standardised = [Double](repeating: 0, count: n)
        for range in groups {
            standardised.replaceSubrange(range, with: Statistics.standardised(Array(results[range])))
        }
        var precision = Matrix(rows: rank, columns: rank)
        for index in 0..<rank { precision[index, index] = 1 }
        var sum = [Double](repeating: 0, count: rank)
        var shares: [Share] = []
        for range in groups {
            try work.check()
            let share = try Share(
                features, range: range, models: training.models, results: standardised, metadata: metadata,
                noise: settings.noise, shared: settings.metadataByDataset)
            for index in precision.values.indices { precision.values[index] += share.precision.values[index] }
            for index in sum.indices { sum[index] += share.sum[index] }
            shares.append(share)
        }
        func weights(_ matrix: Matrix, _ right: [Double]) throws -> [Double] {
            guard let factor = try CholeskyFactor(matrix.values, count: rank, jitter: [0, 1e-8, 1e-6], work: work)
            else {
                throw NumericalError.notPositiveDefinite(.stackingCovariance)
            }
            return factor.solved(right)
        }
        let whole = try weights(precision, sum)
        var heldOut = [Double](repeating: 0, count: n)
        for (range, share) in zip(groups, shares) where !range.isEmpty {
            var rest = precision
            for index in rest.values.indices { rest.values[index] -= share.precision.values[index] }
            let own = try weights(rest, zip(sum, share.sum).map { $0 - $1 })
            for row in range { heldOut[row] = zip(features.row(row), own).reduce(0) { $0 + $1.0 * $1.1 } }
        }
        self.heldOut = heldOut
        let asked = Points(queries, scaler)
        let pivotWeights = smooth.pivotWeights(whole[width...])
        let size = 1024
        let threads = queries.count > constants.exactVarianceLimit ? ProcessInfo.processInfo.activeProcessorCount : 1
        values = try Parallel.map(Array(stride(from: 0, to: queries.count, by: size)), threads: threads, work: work) {
            start -> [Double] in
            (start..<min(start + size, queries.count)).map { row in
                var value = 0.0
                for column in 0..<width { value += linear * asked.predictions[row, column] * whole[column] }
                for (pivot, weight) in zip(smooth.pivots, pivotWeights) {
                    value += rbf * weight * exp(-gamma * asked.squaredDistance(row, points, pivot))
                }
                return value
            }
        }.flatMap { $0 }
    }

    /// What the cases of one dataset add to the weights' precision, Φᵀ N⁻¹ Φ, and to its right-hand side, where
    /// N = noise + what models of alike metadata share, F Fᵀ.
    private struct Share {
        let precision: Matrix
        let sum: [Double]

        init(
            _ features: Matrix, range: Range<Int>, models: [Int], results: [Double], metadata: LowRankKernel,
            noise: Double, shared: Double
        ) throws {
            let rank = features.columns
            var rows = Matrix(
                rows: range.count, columns: rank,
                values: Array(features.values[range.lowerBound * rank..<range.upperBound * rank]))
            var alike = Matrix(rows: range.count, columns: metadata.rank)
            var answers = Matrix(rows: range.count, columns: 1)
            for (place, row) in range.enumerated() {
                let scale = 1 / (noise + shared * metadata.residuals[models[row]]).squareRoot()
                for column in 0..<rank { rows[place, column] *= scale }
                for column in 0..<metadata.rank {
                    alike[place, column] =
                        scale * shared.squareRoot() * metadata.features[models[row] * metadata.rank + column]
                }
                answers[place, 0] = scale * results[row]
            }
            var inner = LinearAlgebra.gram(alike)
            for index in 0..<inner.rows { inner[index, index] += 1 }
            guard let factor = CholeskyFactor(inner) else {
                throw NumericalError.notPositiveDefinite(.stackingCovariance)
            }
            // N⁻¹ = 1 - F (1 + FᵀF)⁻¹ Fᵀ in the scaled rows; the second part is a product with itself.
            let cross = LinearAlgebra.product(rows, alike, transposeA: true)
            let whitened = try factor.whitened(rows: cross, work: .unwatched)
            let answerCross = try factor.whitened(
                rows: LinearAlgebra.product(answers, alike, transposeA: true), work: .unwatched)
            var precision = LinearAlgebra.gram(rows)
            LinearAlgebra.gemm(
                m: rank, n: rank, k: metadata.rank, alpha: -1, whitened.values, whitened.values, transposeB: true,
                beta: 1, into: &precision.values)
            var sum = LinearAlgebra.product(rows, answers, transposeA: true).values
            for index in 0..<rank {
                for column in 0..<metadata.rank { sum[index] -= whitened[index, column] * answerCross[0, column] }
            }
            self.precision = precision
            self.sum = sum
        }
    }

    /// Inputs scaled so that squared distances are means over columns.
    private struct Points {
        let predictions: Matrix
        private let scores: Matrix

        init(_ inputs: Inputs, _ scaler: StandardScaler) {
            predictions = scaler.transformed(inputs.predictions)
            scores = inputs.scores
        }

        func squaredDistance(_ row: Int, _ other: Points, _ otherRow: Int) -> Double {
            Self.mean(predictions, row, other.predictions, otherRow) + Self.mean(scores, row, other.scores, otherRow)
        }

        private static func mean(_ a: Matrix, _ row: Int, _ b: Matrix, _ otherRow: Int) -> Double {
            guard a.columns > 0 else { return 0 }
            var sum = 0.0
            for column in 0..<a.columns {
                let difference = a.values[row * a.columns + column] - b.values[otherRow * a.columns + column]
                sum += difference * difference
            }
            return sum / Double(a.columns)
        }
    }
}
