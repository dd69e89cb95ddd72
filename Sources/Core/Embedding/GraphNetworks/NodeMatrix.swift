// Matrices of graph networks: a row a node, or a row an output of a layer. Loops over rows may run on several threads.

extension DenseMatrix {
    /// Uniform numbers whose variance keeps that of what passes through a layer (Glorot and Bengio, AISTATS 2010, eq. 16).
    init(rows: Int, columns: Int, glorot generator: inout SeededGenerator) {
        let reach = (6 / Double(rows + columns)).squareRoot()
        self.init(
            rows: rows, columns: columns,
            values: (0..<rows * columns).map { _ in Scalar((2 * generator.uniform() - 1) * reach) })
    }

    /// `self · other`, or `self · otherᵀ`; of the first rows alone where so many are asked for.
    func times(
        _ other: DenseMatrix, isTransposed: Bool = false, firstRows: Int? = nil, loop: RowLoop
    ) throws -> DenseMatrix {
        var result: DenseMatrix = loop.room.matrix(
            rows: firstRows ?? rows, columns: isTransposed ? other.rows : other.columns)
        try result.set(self, times: other, isTransposed: isTransposed, loop: loop)
        return result
    }

    /// Adds `a · b`, or `a · bᵀ`, row by row as far as both have rows.
    mutating func add(_ a: DenseMatrix, times b: DenseMatrix, isTransposed: Bool = false, loop: RowLoop) throws {
        try set(a, times: b, isTransposed: isTransposed, keeping: 1, loop: loop)
    }

    /// Sets the rows that both have to `a · b`, or `a · bᵀ`, and so many times what they hold.
    mutating func set(
        _ a: DenseMatrix, times b: DenseMatrix, isTransposed: Bool = false, keeping beta: Scalar = 0, loop: RowLoop
    ) throws {
        let (inner, width) = (a.columns, columns)
        precondition(inner == (isTransposed ? b.columns : b.rows), "shapes fit")
        precondition(width == (isTransposed ? b.rows : b.columns), "shapes fit")
        NumericThreads.useOne()
        let rows = min(rows, a.rows)
        try withMutableRows { result in
            try a.withRows { a in
                try b.withRows { b in
                    // Each turn writes its own rows of the result and reads the rest.
                    nonisolated(unsafe) let (result, a, b) = (result, a, b)
                    try loop.rows(rows, width: max(inner, width)) { rows in
                        Scalar.gemm(
                            m: rows.count, n: width, k: inner, alpha: 1, a + rows.lowerBound * inner, transposeA: false,
                            b, transposeB: isTransposed, beta: beta, into: result + rows.lowerBound * width)
                    }
                }
            }
        }
    }

    /// `selfᵀ · other`, over the rows that both have.
    func transposedTimes(_ other: DenseMatrix, loop: RowLoop) throws -> DenseMatrix {
        let (height, width) = (columns, other.columns)
        NumericThreads.useOne()
        let values = try withRows { ours in
            try other.withRows { theirs in
                // Read alone.
                nonisolated(unsafe) let (ours, theirs) = (ours, theirs)
                return try loop.sum(
                    over: min(rows, other.rows), width: max(height, width), size: height * width
                ) { (rows: Range<Int>, total: UnsafeMutablePointer<Scalar>) in
                    Scalar.gemm(
                        m: height, n: width, k: rows.count, alpha: 1, ours + rows.lowerBound * height,
                        transposeA: true, theirs + rows.lowerBound * width, transposeB: false, beta: 1, into: total)
                }
            }
        }
        return DenseMatrix(rows: height, columns: width, values: values)
    }

    /// Adds one row to every row.
    mutating func addToRows(_ row: [Scalar], loop: RowLoop) throws {
        precondition(row.count == columns, "shapes fit")
        let (count, columns) = (rows, columns)
        try withMutableRows { values in
            // Each turn writes its own rows.
            nonisolated(unsafe) let values = values
            try loop.rows(count, width: columns) { rows in
                for start in stride(from: rows.lowerBound * columns, to: rows.upperBound * columns, by: max(1, columns))
                {
                    Scalar.add(1, times: row, to: values + start, count: columns)
                }
            }
        }
    }

    /// Sets every number to zero.
    mutating func clear() {
        let count = values.count
        withMutableRows { $0.update(repeating: 0, count: count) }
    }

    /// The sum of each column.
    func columnSums(loop: RowLoop) throws -> [Scalar] {
        let columns = columns
        return try withRows { values in
            nonisolated(unsafe) let values = values
            return try loop.sum(over: rows, width: columns, size: columns) {
                (rows: Range<Int>, total: UnsafeMutablePointer<Scalar>) in
                for row in rows {
                    for column in 0..<columns { total[column] += values[row * columns + column] }
                }
            }
        }
    }

    /// The rows named, in that order.
    func gathering(_ nodes: [Int32], loop: RowLoop) throws -> DenseMatrix {
        var gathered: DenseMatrix = loop.room.matrix(rows: nodes.count, columns: columns)
        let columns = columns
        try gathered.withMutableRows { gathered in
            try withRows { values in
                // Each turn writes its own rows.
                nonisolated(unsafe) let (gathered, values) = (gathered, values)
                try loop.rows(nodes.count, width: columns) { rows in
                    for row in rows {
                        (gathered + row * columns).update(from: values + Int(nodes[row]) * columns, count: columns)
                    }
                }
            }
        }
        return gathered
    }

    /// Row `r` begins at `r · columns`. The pointer is good within `body` alone.
    @inline(__always)
    func withRows<Result>(_ body: (UnsafePointer<Scalar>) throws -> Result) rethrows -> Result {
        try values.withUnsafeBufferPointer { buffer in
            guard let start = buffer.baseAddress else { preconditionFailure("an array has an address") }
            return try body(start)
        }
    }

    @inline(__always)
    mutating func withMutableRows<Result>(
        _ body: (UnsafeMutablePointer<Scalar>) throws -> Result
    ) rethrows -> Result {
        try values.withUnsafeMutableBufferPointer { buffer in
            guard let start = buffer.baseAddress else { preconditionFailure("an array has an address") }
            return try body(start)
        }
    }
}
