import Support

/// LEEP for models without a head (Li et al., "Ranking Neural Checkpoints", CVPR 2021): the place of the source labels
/// is taken by the components of a Gaussian mixture, five for each class, fitted to the principal components that hold
/// 80 % of the features' variance. At most 0.
///
/// The fit starts at random, from a seed that is always the same; other seeds and other implementations differ in the
/// second or third digit.
enum NLEEP {
    static let componentsPerClass = 5
    static let varianceShare = 0.8

    static func value(_ session: ScoreSession) throws -> Double {
        let session = session.sampled()
        let points = try principalComponents(session)
        let components = min(componentsPerClass * session.data.classCount, session.data.rowCount)
        session.work.report("Gaussian mixture", 0)
        let mixture = try GaussianMixture(
            points, components: components, seed: 0x4E1E_E900, threads: session.threads, work: session.work)
        return try LEEP.value(
            mixture.responsibilities, classes: session.data.classes, classCount: session.data.classCount,
            work: session.work)
    }

    /// The coordinates of the rows along the fewest principal axes that hold the share of the variance.
    private static func principalComponents(_ session: ScoreSession) throws -> Matrix {
        let eigen = try session.centredEigen()
        let total = eigen.values.reduce(0) { $0 + max($1, 0) }
        guard total > 0 else { throw ScoreError.Cause.noVariation }
        var held = 0.0
        var axes: [Int] = []
        for k in eigen.values.indices.reversed() where held < varianceShare * total {
            axes.append(k)
            held += eigen.values[k]
        }
        var result = Matrix(rows: session.data.rowCount, columns: axes.count)
        if session.isWide {
            for (position, k) in axes.enumerated() {
                let length = max(eigen.values[k], 0).squareRoot()
                for row in 0..<result.rows { result[row, position] = eigen.vectors[k, row] * length }
            }
        } else {
            let basis = Matrix(
                rows: axes.count, columns: eigen.vectors.columns, values: axes.flatMap { Array(eigen.vectors.row($0)) })
            result = LinearAlgebra.product(try session.centredRows().matrix(), basis, transposeB: true)
        }
        return result
    }
}
