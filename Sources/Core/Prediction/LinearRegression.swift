import Support

/// Linear regression on standardised columns, by the normal equations.
///
/// Embeddings make columns depend on each other (there are more of them than datasets), so the normal equations carry a
/// ridge of a millionth of the rows: among the coefficients that fit equally well, those of least norm are taken.
enum LinearRegression {
    /// Learns from `training` and predicts for `queries`. A `nan` counts as the column's mean; where no column varies, the
    /// prediction is the mean result.
    ///
    /// - Throws: ``NumericalError`` where the features or results are not finite; `Cancelled` between the steps.
    /// - Complexity: O(n p² + p³) for n rows and p columns.
    static func predict(
        training: FeatureTable, results: [Float], queries: FeatureTable, work: Work
    ) throws -> [Double] {
        let rows = training.rowCount
        let mean = results.reduce(0) { $0 + Double($1) } / Double(max(rows, 1))
        let scaler = StandardScaler(training.matrix)
        let columns = scaler.varying
        guard rows > 1, !columns.isEmpty else { return [Double](repeating: mean, count: queries.rowCount) }
        let design = scaler.transformed(training.matrix, columns: columns)
        var gram = LinearAlgebra.gram(design)
        try work.check()
        for column in columns.indices { gram[column, column] += 1e-6 * Double(rows) }
        let products = LinearAlgebra.product(design, transposed: true, results.map { Double($0) - mean })
        guard mean.isFinite, let factor = try CholeskyFactor(gram.values, count: columns.count, work: work) else {
            throw NumericalError.notPositiveDefinite(.normalEquations)
        }
        let coefficients = factor.solved(products)
        try work.check()
        return LinearAlgebra.product(scaler.transformed(queries.matrix, columns: columns), coefficients)
            .map { $0 + mean }
    }
}
