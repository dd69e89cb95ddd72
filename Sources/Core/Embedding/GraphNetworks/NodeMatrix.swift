/// A dense matrix, row by row: a row a node, or a row an output of a layer.
package struct NodeMatrix<Scalar: LearnerScalar>: Sendable, Equatable {
    package let rows: Int
    package let columns: Int
    /// `rows × columns` numbers.
    package var values: [Scalar]

    /// - Precondition: `values` holds `rows · columns` numbers.
    package init(rows: Int, columns: Int, values: [Scalar]) {
        precondition(values.count == rows * columns, "a number for each place")
        self.rows = rows
        self.columns = columns
        self.values = values
    }

    /// A matrix of zeros.
    package init(rows: Int, columns: Int) {
        self.init(rows: rows, columns: columns, values: [Scalar](repeating: 0, count: rows * columns))
    }

    /// Uniform numbers whose variance keeps that of what passes through a layer (Glorot and Bengio, AISTATS 2010, eq. 16).
    init(rows: Int, columns: Int, glorot generator: inout SeededGenerator) {
        let reach = (6 / Double(rows + columns)).squareRoot()
        self.init(
            rows: rows, columns: columns,
            values: (0..<rows * columns).map { _ in Scalar((2 * generator.uniform() - 1) * reach) })
    }

    /// `self · other`.
    func times(_ other: NodeMatrix) -> NodeMatrix {
        product(other, isTransposed: false, otherIsTransposed: false)
    }

    /// `self · otherᵀ`.
    func timesTransposed(_ other: NodeMatrix) -> NodeMatrix {
        product(other, isTransposed: false, otherIsTransposed: true)
    }

    /// `selfᵀ · other`.
    func transposedTimes(_ other: NodeMatrix) -> NodeMatrix {
        product(other, isTransposed: true, otherIsTransposed: false)
    }

    private func product(_ other: NodeMatrix, isTransposed: Bool, otherIsTransposed: Bool) -> NodeMatrix {
        let inner = isTransposed ? rows : columns
        precondition(inner == (otherIsTransposed ? other.columns : other.rows), "shapes fit")
        var result = NodeMatrix(
            rows: isTransposed ? columns : rows, columns: otherIsTransposed ? other.rows : other.columns)
        LinearAlgebra.gemm(
            m: result.rows, n: result.columns, k: inner, values, transposeA: isTransposed, other.values,
            transposeB: otherIsTransposed, into: &result.values)
        return result
    }

    /// Adds another matrix of the same number of columns to the first rows.
    mutating func add(_ other: NodeMatrix) {
        precondition(other.columns == columns && other.rows <= rows, "shapes fit")
        withMutableRows { rows in
            other.withRows { Scalar.add(1, times: $0, to: rows, count: other.values.count) }
        }
    }

    /// Adds one row to every row.
    mutating func addToRows(_ row: [Scalar]) {
        precondition(row.count == columns, "shapes fit")
        for start in stride(from: 0, to: values.count, by: max(1, columns)) {
            for column in 0..<columns { values[start + column] += row[column] }
        }
    }

    /// The sum of each column.
    func columnSums() -> [Scalar] {
        var sums = [Scalar](repeating: 0, count: columns)
        for start in stride(from: 0, to: values.count, by: max(1, columns)) {
            for column in 0..<columns { sums[column] += values[start + column] }
        }
        return sums
    }

    /// The first rows alone.
    func prefix(_ count: Int) -> NodeMatrix {
        count == rows ? self : NodeMatrix(rows: count, columns: columns, values: Array(values.prefix(count * columns)))
    }

    /// The rows named, in that order.
    func gathering(_ nodes: [Int32]) -> NodeMatrix {
        var gathered: [Scalar] = []
        gathered.reserveCapacity(nodes.count * columns)
        for node in nodes { gathered.append(contentsOf: values[Int(node) * columns..<(Int(node) + 1) * columns]) }
        return NodeMatrix(rows: nodes.count, columns: columns, values: gathered)
    }

    /// Row `r` begins at `r · columns`. The pointer is good within `body` alone.
    @inline(__always)
    func withRows<Result>(_ body: (UnsafePointer<Scalar>) -> Result) -> Result {
        values.withUnsafeBufferPointer { buffer in
            guard let start = buffer.baseAddress else { preconditionFailure("an array has an address") }
            return body(start)
        }
    }

    @inline(__always)
    mutating func withMutableRows<Result>(_ body: (UnsafeMutablePointer<Scalar>) -> Result) -> Result {
        values.withUnsafeMutableBufferPointer { buffer in
            guard let start = buffer.baseAddress else { preconditionFailure("an array has an address") }
            return body(start)
        }
    }
}
