/// A dense matrix, row after row.
///
/// ```swift
/// var a = Matrix(rows: 2, columns: 3)
/// a[0, 2] = 1
/// let gram = LinearAlgebra.product(a, a, transposeB: true)  // 2 × 2
/// ```
public struct DenseMatrix<Scalar: BLASScalar>: Sendable, Equatable {
    public let rows: Int
    public let columns: Int
    /// `rows * columns` values; the one at (i, j) is `values[i * columns + j]`.
    public var values: [Scalar]

    /// A matrix of one value throughout.
    public init(rows: Int, columns: Int, repeating value: Scalar = 0) {
        self.rows = rows
        self.columns = columns
        values = [Scalar](repeating: value, count: rows * columns)
    }

    /// - Precondition: there are `rows * columns` values.
    public init(rows: Int, columns: Int, values: [Scalar]) {
        precondition(values.count == rows * columns, "a number for each place")
        self.rows = rows
        self.columns = columns
        self.values = values
    }

    @inline(__always)
    public subscript(row: Int, column: Int) -> Scalar {
        get { values[row * columns + column] }
        set { values[row * columns + column] = newValue }
    }

    /// One row. O(1), no copy.
    public func row(_ index: Int) -> ArraySlice<Scalar> {
        values[(index * columns)..<((index + 1) * columns)]
    }
}

/// A dense matrix of doubles.
public typealias Matrix = DenseMatrix<Double>
