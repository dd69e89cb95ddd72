/// Shifts and scales columns to mean 0 and standard deviation 1, as scikit-learn's `StandardScaler` does.
///
/// A column that does not vary becomes zeros; so does a `nan`, as if it were the column's mean.
struct StandardScaler: Sendable {
    private let means: [Double]
    /// 0 for a column that does not vary.
    let deviations: [Double]

    /// Learns from the rows of `matrix`, past every `nan`. A column varies where its standard deviation is above
    /// 10⁻¹² of its mean, or of 1.
    ///
    /// - Complexity: O(rows · columns), in two passes.
    init<Scalar: BLASScalar>(_ matrix: DenseMatrix<Scalar>) {
        let columns = matrix.columns
        var counts = [Double](repeating: 0, count: columns)
        var means = counts
        var squares = counts
        for row in 0..<matrix.rows {
            for column in 0..<columns {
                let value = Double(matrix.values[row * columns + column])
                if value.isNaN { continue }
                counts[column] += 1
                means[column] += value
            }
        }
        for column in 0..<columns { means[column] /= max(1, counts[column]) }
        for row in 0..<matrix.rows {
            for column in 0..<columns {
                let value = Double(matrix.values[row * columns + column])
                if value.isNaN { continue }
                squares[column] += (value - means[column]) * (value - means[column])
            }
        }
        deviations = (0..<columns).map { column in
            let deviation = (squares[column] / max(1, counts[column])).squareRoot()
            // What is not finite is no constant: it must show in what is made of it.
            return deviation <= 1e-12 * max(1, abs(means[column])) ? 0 : deviation
        }
        self.means = means
    }

    /// The columns that vary.
    var varying: [Int] { deviations.indices.filter { deviations[$0] != 0 } }

    /// The columns named, shifted and scaled; all where `nil`.
    func transformed<Scalar: BLASScalar>(_ matrix: DenseMatrix<Scalar>, columns chosen: [Int]? = nil) -> Matrix {
        precondition(matrix.columns == means.count, "the columns it was learned from")
        let chosen = chosen ?? Array(means.indices)
        var values: [Double] = []
        values.reserveCapacity(matrix.rows * chosen.count)
        for row in 0..<matrix.rows {
            for column in chosen {
                let value = Double(matrix.values[row * matrix.columns + column])
                values.append(
                    value.isNaN || deviations[column] == 0 ? 0 : (value - means[column]) / deviations[column])
            }
        }
        return Matrix(rows: matrix.rows, columns: chosen.count, values: values)
    }
}
