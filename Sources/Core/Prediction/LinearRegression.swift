import COpenBLAS
import Support

/// Linear regression by LAPACK on standardised columns.
///
/// Embeddings make columns depend on each other (there are more of them than datasets), so the normal equations carry a
/// ridge of a millionth of the rows: among the coefficients that fit equally well, those of least norm are taken.
enum LinearRegression {
    /// Learns from `training` and predicts for `queries`. A `nan` counts as the column's mean.
    ///
    /// - Throws: ``Cancelled`` between the steps.
    /// - Complexity: O(n p² + p³) for n rows and p columns.
    static func predict(
        training: FeatureTable, results: [Float], queries: FeatureTable, work: Work
    ) throws -> [Double] {
        let rows = training.rowCount
        let mean = results.reduce(0) { $0 + Double($1) } / Double(max(rows, 1))
        let scaling = columnScaling(training)
        let columns = scaling.count
        guard rows > 1, columns > 0 else { return [Double](repeating: mean, count: queries.rowCount) }
        NumericThreads.useOne()
        let design = standardised(training, scaling)
        var gram = [Double](repeating: 0, count: columns * columns)
        cblas_dsyrk(
            CblasRowMajor, CblasUpper, CblasTrans, Int32(columns), Int32(rows), 1, design, Int32(columns), 0, &gram,
            Int32(columns))
        try work.check()
        for column in 0..<columns { gram[column * columns + column] += 1e-6 * Double(rows) }
        var coefficients = [Double](repeating: 0, count: columns)
        cblas_dgemv(
            CblasRowMajor, CblasTrans, Int32(rows), Int32(columns), 1, design, Int32(columns),
            results.map { Double($0) - mean }, 1, 0, &coefficients, 1)
        let status = LAPACKE_dposv(
            LAPACK_ROW_MAJOR, CChar(UInt8(ascii: "U")), Int32(columns), 1, &gram, Int32(columns), &coefficients, 1)
        guard status == 0 else { return [Double](repeating: mean, count: queries.rowCount) }
        try work.check()
        var predicted = [Double](repeating: mean, count: queries.rowCount)
        cblas_dgemv(
            CblasRowMajor, CblasNoTrans, Int32(queries.rowCount), Int32(columns), 1, standardised(queries, scaling),
            Int32(columns), coefficients, 1, 1, &predicted, 1)
        return predicted
    }

    private struct ColumnScaling {
        let column: Int
        let mean: Double
        let deviation: Double
    }

    /// The columns that vary over the training rows, with their means and standard deviations.
    private static func columnScaling(_ table: FeatureTable) -> [ColumnScaling] {
        (0..<table.columnCount).compactMap { column in
            var count = 0.0
            var mean = 0.0
            var squares = 0.0
            for row in 0..<table.rowCount {
                let value = Double(table.values[row * table.columnCount + column])
                if value.isNaN { continue }
                count += 1
                let difference = value - mean
                mean += difference / count
                squares += difference * (value - mean)
            }
            let deviation = count > 1 ? (squares / count).squareRoot() : 0
            return deviation > 1e-9 * max(1, abs(mean))
                ? ColumnScaling(column: column, mean: mean, deviation: deviation) : nil
        }
    }

    private static func standardised(_ table: FeatureTable, _ scaling: [ColumnScaling]) -> [Double] {
        var values: [Double] = []
        values.reserveCapacity(table.rowCount * scaling.count)
        for row in 0..<table.rowCount {
            for scale in scaling {
                let value = Double(table.values[row * table.columnCount + scale.column])
                values.append(value.isNaN ? 0 : (value - scale.mean) / scale.deviation)
            }
        }
        return values
    }
}
