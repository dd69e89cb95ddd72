import COpenBLAS
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

    /// The inputs of pairs: `count × width` each.
    struct Inputs {
        var predictions: [Double]
        var predictionWidth: Int
        var scores: [Double]
        var scoreWidth: Int
        var models: [Int32]
        var count: Int { models.count }
    }

    /// - Parameters:
    ///   - training: a row a case, by group.
    ///   - groups: the training cases of each dataset.
    ///   - results: the cases' min-max normalised results.
    ///   - metadata: the kernel of the models' metadata, `modelCount × modelCount`.
    /// - Throws: ``Cancelled``.
    /// - Returns: `nil` where there is too little to learn from.
    init?(
        training: Inputs, groups: [Range<Int>], results: [Double], queries: Inputs, metadata: [Double],
        modelCount: Int, constants: AutoConstants, work: Work
    ) throws(Cancelled) {
        let n = training.count
        guard n >= 10, groups.count(where: { $0.count > 1 }) > 1 else { return nil }
        let scaling = (0..<training.predictionWidth).map { column in
            Statistics.moments((0..<n).map { training.predictions[$0 * training.predictionWidth + column] })
        }
        let left = Self.scaled(training, by: scaling)
        let right = Self.scaled(queries, by: scaling)
        var standardised: [Double] = []
        for range in groups { standardised += Statistics.standardised(Array(results[range])) }
        let settings = constants.stacking
        let length = 2 * constants.stackingLengthScale * constants.stackingLengthScale
        func rbf(_ squares: Double) -> Double { settings.rbf * exp(-squares / length) }
        var covariance = Self.products(left, left, width: training.predictionWidth)
        let squaredNorms = Self.squaredNorms(left, width: training.predictionWidth)
        let scoreProducts = Self.products(training.scores, training.scores, width: training.scoreWidth, rows: n)
        let scoreNorms = Self.squaredNorms(training.scores, width: training.scoreWidth, rows: n)
        for range in groups {
            try work.check()
            for row in range {
                for column in row..<n {
                    let position = row * n + column
                    let product = covariance[position]
                    let squares =
                        squaredNorms[row] + squaredNorms[column] - 2 * product
                        + scoreNorms[row] + scoreNorms[column] - 2 * scoreProducts[position]
                    var value = settings.linear * product + rbf(max(squares, 0))
                    if column < range.upperBound {
                        value +=
                            settings.metadataByDataset
                            * metadata[Int(training.models[row]) * modelCount + Int(training.models[column])]
                    }
                    covariance[position] = value
                }
                covariance[row * n + row] += settings.noise
            }
        }
        guard let cholesky = try Cholesky(covariance, count: n, work: work) else { return nil }
        let weights = cholesky.solved(standardised)
        let count = queries.count
        var cross = Self.products(right, left, width: training.predictionWidth)
        let ownNorms = Self.squaredNorms(right, width: training.predictionWidth)
        let crossScores = Self.products(
            queries.scores, training.scores, width: training.scoreWidth, rows: count, columns: n)
        let ownScoreNorms = Self.squaredNorms(queries.scores, width: training.scoreWidth, rows: count)
        for row in 0..<count {
            for column in 0..<n {
                let position = row * n + column
                let squares =
                    ownNorms[row] + squaredNorms[column] - 2 * cross[position]
                    + ownScoreNorms[row] + scoreNorms[column] - 2 * crossScores[position]
                cross[position] = settings.linear * cross[position] + rbf(max(squares, 0))
            }
        }
        try work.check()
        var values = [Double](repeating: 0, count: count)
        cblas_dgemv(
            CblasRowMajor, CblasNoTrans, Int32(count), Int32(n), 1, cross, Int32(n), weights, 1, 0, &values, 1)
        self.values = values
        heldOut = try LeaveOneGroupOut(cholesky, groups: groups, work: work).predictions(
            of: standardised, weights: weights)
    }

    private static func scaled(_ inputs: Inputs, by scaling: [(mean: Double, deviation: Double)]) -> [Double] {
        let width = inputs.predictionWidth
        return inputs.predictions.indices.map { index in
            let (mean, deviation) = scaling[index % width]
            return deviation > 1e-12 ? (inputs.predictions[index] - mean) / deviation : 0
        }
    }

    /// All inner products of the rows of `a` with the rows of `b`, by their width; zeros for rows without columns.
    private static func products(
        _ a: [Double], _ b: [Double], width: Int, rows: Int? = nil, columns: Int? = nil
    ) -> [Double] {
        let rowCount = rows ?? (width > 0 ? a.count / width : 0)
        let columnCount = columns ?? rows ?? (width > 0 ? b.count / width : 0)
        var result = [Double](repeating: 0, count: rowCount * columnCount)
        guard width > 0 else { return result }
        cblas_dgemm(
            CblasRowMajor, CblasNoTrans, CblasTrans, Int32(rowCount), Int32(columnCount), Int32(width),
            1 / Double(width), a, Int32(width), b, Int32(width), 0, &result, Int32(columnCount))
        return result
    }

    private static func squaredNorms(_ a: [Double], width: Int, rows: Int? = nil) -> [Double] {
        let rowCount = rows ?? (width > 0 ? a.count / width : 0)
        return (0..<rowCount).map { row in
            var sum = 0.0
            for column in 0..<width { sum += a[row * width + column] * a[row * width + column] }
            return width > 0 ? sum / Double(width) : 0
        }
    }
}
