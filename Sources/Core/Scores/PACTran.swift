import Foundation

/// PACTran with a Gaussian prior (Ding et al., "PACTran: PAC-Bayesian Metrics for Estimating the Transferability of
/// Pretrained Models to Classification Tasks", ECCV 2022), at λ = 1 · N and σ² = 10 / D: an upper bound on the loss of a
/// linear classifier on the centred features. Lower is better.
///
/// The authors' code stops its optimiser after a millionth of progress, from a random start; here it runs on to the
/// optimum, which differs from their stopping points by less than a thousandth.
enum PACTran {
    static let lambda = 1.0
    static let priorVariance = 10.0

    static func gauss(_ session: ScoreSession) throws -> Double {
        let session = session.sampled()
        let features = try session.centredRows().matrix()
        let classCount = session.data.classCount
        let prior = lambda * Double(features.rows)
        let fit = try SoftmaxRegression(
            features, classes: session.data.classes, classCount: classCount, prior: prior, threads: session.threads,
            work: session.work)
        let size = Double(features.columns * classCount)
        let curvature = try curvatureSum(fit, features, session) + size / prior
        let posterior = curvature * prior / size + 1e-10
        let variance = priorVariance / Double(features.columns)
        return fit.loss + size / (2 * prior) * variance * log(posterior)
    }

    /// The sum of the second derivatives of the cross-entropy with respect to each weight and bias: of Σ p(1 − p) over
    /// the classes times ‖x‖² + 1, over the rows. The authors' code takes the sum over the rows, not their mean.
    private static func curvatureSum(
        _ fit: SoftmaxRegression, _ features: Matrix, _ session: ScoreSession
    ) throws -> Double {
        let blocks = stride(from: 0, to: features.rows, by: 256).map { $0..<min($0 + 256, features.rows) }
        let sums = try Parallel.map(blocks, threads: session.threads, work: session.work) { block in
            let rows = Matrix(
                rows: block.count, columns: features.columns,
                values: Array(
                    features.values[(block.lowerBound * features.columns)..<(block.upperBound * features.columns)]))
            let probabilities = fit.probabilities(rows)
            var sum = 0.0
            for row in 0..<rows.rows {
                let variance = probabilities.row(row).reduce(0) { $0 + $1 - $1 * $1 }
                sum += variance * (rows.row(row).reduce(0) { $0 + $1 * $1 } + 1)
            }
            return sum
        }
        return sums.reduce(0, +)
    }
}
