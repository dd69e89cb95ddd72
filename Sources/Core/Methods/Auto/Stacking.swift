import Foundation
import Support

/// Stacking (Wolpert, "Stacked generalization", 1992): a second, small Gaussian process that learns from predictions made
/// for the training datasets without them how results turned out, and predicts the target from predictions for it.
///
/// Its inputs are the held-out predictions of the first process and of the history mean, and the pair's transferability
/// scores. What it predicts is the result standardised within its dataset.
struct Stacking {
    /// Predicted standardised results of the target's models.
    let values: [Double]
    /// The same for each training case, without its dataset.
    let heldOut: [Double]

    /// The inputs of pairs, a row a pair.
    struct Inputs {
        var predictions: Matrix
        var scores: Matrix
        var models: [Int32]
        var count: Int { models.count }
    }

    /// - Parameters:
    ///   - training: a row a case, by group.
    ///   - groups: the training cases of each dataset.
    ///   - results: the cases' min-max normalised results.
    ///   - metadata: the kernel of the models' metadata, `modelCount × modelCount`.
    /// - Throws: ``NumericalError/notPositiveDefinite(_:)`` where the covariance is none; ``Cancelled``.
    /// - Returns: `nil` where there is too little to learn from.
    /// - Complexity: O(n³ + m n) for n training cases and m models.
    init?(
        training: Inputs, groups: [Range<Int>], results: [Double], queries: Inputs, metadata: [Double],
        modelCount: Int, constants: AutoConstants, work: Work
    ) throws {
        let n = training.count
        guard n >= 10, groups.count(where: { $0.count > 1 }) > 1 else { return nil }
        let scaler = StandardScaler(training.predictions)
        let kernel = Kernel(constants)
        let known = Kernel.Points(training, scaler)
        var standardised: [Double] = []
        for range in groups { standardised += Statistics.standardised(Array(results[range])) }
        var covariance = try kernel.covariance(known, known, fromDiagonal: true, work: work)
        for range in groups {
            for row in range {
                let similarity = Int(training.models[row]) * modelCount
                for column in row..<range.upperBound {
                    covariance[row, column] +=
                        constants.stacking.metadataByDataset * metadata[similarity + Int(training.models[column])]
                }
                covariance[row, row] += constants.stacking.noise
            }
        }
        guard let factor = try CholeskyFactor(covariance.values, count: n, jitter: PairKernel.jitter, work: work) else {
            throw NumericalError.notPositiveDefinite(.stackingCovariance)
        }
        let weights = factor.solved(standardised)
        let cross = try kernel.covariance(Kernel.Points(queries, scaler), known, work: work)
        values = LinearAlgebra.product(cross, weights)
        heldOut = try LeaveOneGroupOut(factor, groups: groups, work: work).predictions(
            of: standardised, weights: weights)
    }
}

/// Linear in the standardised predictions, and an RBF kernel of these and the scores. Norms and products are means over
/// the columns, so that the length scale does not depend on how many scores there are.
private struct Kernel {
    private let linear: Double
    private let rbf: Double
    private let length: Double

    init(_ constants: AutoConstants) {
        linear = constants.stacking.linear
        rbf = constants.stacking.rbf
        length = 2 * constants.stackingLengthScale * constants.stackingLengthScale
    }

    struct Points {
        let predictions: Matrix
        let scores: Matrix
        /// The mean squares of each row's predictions plus those of its scores.
        let norms: [Double]

        init(_ inputs: Stacking.Inputs, _ scaler: StandardScaler) {
            predictions = scaler.transformed(inputs.predictions)
            scores = inputs.scores
            norms = zip(Kernel.meanSquares(predictions), Kernel.meanSquares(scores)).map { $0 + $1 }
        }
    }

    /// - Parameter fromDiagonal: whether only the entries from the diagonal on are wanted.
    func covariance(
        _ a: Points, _ b: Points, fromDiagonal: Bool = false, work: Work
    ) throws(Cancelled) -> Matrix {
        var covariance = Self.meanProducts(a.predictions, b.predictions)
        try work.check()
        let scoreProducts = Self.meanProducts(a.scores, b.scores)
        let width = covariance.columns
        covariance.values.withUnsafeMutableBufferPointer { covariance in
            for row in a.norms.indices {
                for column in (fromDiagonal ? row : 0)..<width {
                    let place = row * width + column
                    let product = covariance[place]
                    let distance = a.norms[row] + b.norms[column] - 2 * (product + scoreProducts.values[place])
                    covariance[place] = linear * product + rbf * exp(-max(distance, 0) / length)
                }
            }
        }
        try work.check()
        return covariance
    }

    private static func meanProducts(_ a: Matrix, _ b: Matrix) -> Matrix {
        var result = Matrix(rows: a.rows, columns: b.rows)
        LinearAlgebra.gemm(
            m: a.rows, n: b.rows, k: a.columns, alpha: 1 / Double(max(a.columns, 1)), a.values, b.values,
            transposeB: true, into: &result.values)
        return result
    }

    private static func meanSquares(_ a: Matrix) -> [Double] {
        (0..<a.rows).map { row in a.row(row).reduce(0) { $0 + $1 * $1 } / Double(max(a.columns, 1)) }
    }
}
