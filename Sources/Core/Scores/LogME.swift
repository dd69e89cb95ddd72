import Foundation

/// The logarithm of maximum evidence (You et al., "LogME: Practical Assessment of Pre-trained Models for Transfer
/// Learning", ICML 2021), by the fixed point of "Ranking and Tuning Pre-trained Models" (JMLR 2022, algorithm 3).
///
/// For each class, the log evidence per sample of a Bayesian linear regression of the class's 0/1 indicator on the
/// features, its prior and noise precisions α and β fitted; the mean over the classes.
///
/// Of a tall matrix all D singular values count, those of rounding's size too; of a wide one the N that it has, as in the
/// authors' code, which leaves the other D − N out of the determinant of the posterior.
enum LogME {
    static func value(_ session: ScoreSession) throws -> Double {
        let spectrum = try session.uncentredSpectrum()
        var total = 0.0
        for index in 0..<session.data.classCount {
            try session.work.check()
            total += evidence(
                values: spectrum.values, projections: spectrum.values.indices.map { spectrum.projections[$0, index] },
                squares: Double(session.classCounts[index]), rows: Double(session.data.rowCount),
                columns: Double(session.data.columnCount))
        }
        return total / Double(session.data.classCount)
    }

    /// The log evidence per row at the fixed point of α and β.
    ///
    /// - Parameters:
    ///   - values: squared singular values σ of the features.
    ///   - projections: the squared coordinates of the regressed vector along the left singular vectors.
    ///   - squares: its squared length.
    static func evidence(
        values: [Double], projections: [Double], squares: Double, rows: Double, columns: Double
    ) -> Double {
        let residual = squares - projections.reduce(0, +)
        var (alpha, beta) = (1.0, 1.0)
        var (weights, errors) = (0.0, 0.0)
        for _ in 0..<11 {
            let ratio = alpha / beta
            var effective = 0.0
            (weights, errors) = (0, residual)
            for (sigma, projection) in zip(values, projections) {
                let sum = sigma + ratio
                effective += sigma / sum
                weights += sigma * projection / (sum * sum)
                let shrink = 1 + sigma / ratio
                errors += projection / (shrink * shrink)
            }
            alpha = effective / (weights + 1e-5)
            beta = (rows - effective) / (errors + 1e-5)
            if abs(alpha / beta - ratio) / ratio <= 1e-3 { break }
        }
        var logDeterminant = 0.0
        for sigma in values { logDeterminant += log(alpha + beta * sigma) }
        let evidence =
            columns / 2 * log(alpha) + rows / 2 * log(beta) - logDeterminant / 2 - beta / 2 * errors
            - alpha / 2 * weights - rows / 2 * log(2 * Double.pi)
        return evidence / rows
    }
}
