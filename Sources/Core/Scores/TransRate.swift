import Foundation
import Support

/// TransRate: the coding rate of the features minus the mean of their classes' (Huang et al., "Frustratingly Easy
/// Transferability Estimation", ICML 2022), at the distortion ε = 1e-4 of the authors' code.
///
/// R(Z) = ½ log det(I + ZᵀZ / (rows of Z · ε)), all features centred by their common mean.
enum TransRate {
    static let distortion = 1e-4

    static func value(_ session: ScoreSession) throws -> Double {
        let spectrum = try session.centredSpectrum()
        let scale = 1 / (Double(session.data.rowCount) * distortion)
        let whole = spectrum.values.reduce(0) { $0 + log1p($1 * scale) } / 2
        let rows = try session.centredRows()
        var classes = 0.0
        for members in session.data.rowsByClass {
            classes += try rate(of: rows.selecting(members), session)
        }
        return whole - classes / Double(session.data.classCount)
    }

    /// By the smaller of the two products, which have the same determinant once 1 is added (Sylvester).
    private static func rate(of rows: RowSource, _ session: ScoreSession) throws -> Double {
        var gram =
            try rows.rows <= rows.columns
            ? rows.rowGram(threads: session.threads, work: session.work)
            : rows.columnGram(threads: session.threads, work: session.work)
        let scale = 1 / (Double(rows.rows) * distortion)
        for index in gram.values.indices { gram.values[index] *= scale }
        for index in 0..<gram.rows { gram[index, index] += 1 }
        let product = gram
        guard let logDeterminant = try abandonable(session.work, { CholeskyFactor(product)?.logDeterminant }) else {
            throw ScoreError.Cause.codingRate
        }
        return logDeterminant / 2
    }
}
