import COpenBLAS
import Support

/// Rows of numbers that are made a block at a time, such as a mapped matrix with its mean taken off.
struct RowSource: Sendable {
    let rows: Int
    let columns: Int
    /// Writes the given rows and columns, row after row. Called from several threads at once.
    let fill: @Sendable (_ rows: Range<Int>, _ columns: Range<Int>, _ to: UnsafeMutablePointer<Double>) -> Void

    init(
        rows: Int, columns: Int,
        fill: @escaping @Sendable (Range<Int>, Range<Int>, UnsafeMutablePointer<Double>) -> Void
    ) {
        self.rows = rows
        self.columns = columns
        self.fill = fill
    }

    init(_ matrix: FeatureMatrix) {
        self.init(rows: matrix.rows, columns: matrix.columns) { rows, columns, destination in
            matrix.copy(rows: rows, columns: columns, to: destination)
        }
    }

    /// The same rows, each put through `change` with its index and the columns that are asked for.
    func mapping(
        _ change:
            @escaping @Sendable (_ row: Int, _ columns: Range<Int>, _ values: UnsafeMutablePointer<Double>) -> Void
    ) -> RowSource {
        let fill = fill
        return RowSource(rows: rows, columns: columns) { rows, columns, destination in
            fill(rows, columns, destination)
            for (position, row) in rows.enumerated() { change(row, columns, destination + position * columns.count) }
        }
    }

    /// The same rows with `mean` (one value a column) taken off each.
    func subtracting(_ mean: [Double]) -> RowSource {
        mapping { _, columns, values in
            for (position, column) in columns.enumerated() { values[position] -= mean[column] }
        }
    }

    /// Some of the rows, in the order given.
    func selecting(_ chosen: [Int]) -> RowSource {
        let fill = fill
        return RowSource(rows: chosen.count, columns: columns) { rows, columns, destination in
            for (position, row) in rows.enumerated() {
                fill(chosen[row]..<(chosen[row] + 1), columns, destination + position * columns.count)
            }
        }
    }

    /// All of it at once.
    func matrix() throws(OutOfMemory) -> Matrix {
        try MemoryBudget.require(MemoryBudget.bytes(Double.self, rows, columns))
        let values = [Double](unsafeUninitializedCapacity: rows * columns) { buffer, count in
            if let base = buffer.baseAddress { fill(0..<rows, 0..<columns, base) }
            count = rows * columns
        }
        return Matrix(rows: rows, columns: columns, values: values)
    }

    /// The sums of each class over its rows: classes × columns.
    ///
    /// Split by columns, so that the order in which a sum grows is that of the rows on any number of threads.
    func sums(of classes: [Int], classCount: Int, threads: Int, work: Work) throws -> Matrix {
        try accumulate(classCount: classCount, classes: classes, threads: threads, work: work) { sums, _, values in
            for column in values.indices { sums[column] += values[column] }
        }
    }

    /// Adds up something of every row into the line of its class.
    ///
    /// - Parameter add: takes the line's part for some columns, those columns, and the row's values there.
    func accumulate(
        classCount: Int, classes: [Int], threads: Int, work: Work,
        _ add:
            @escaping @Sendable (
                UnsafeMutableBufferPointer<Double>, _ place: (class: Int, firstColumn: Int),
                UnsafeMutableBufferPointer<Double>
            ) -> Void
    ) throws -> Matrix {
        let width = 128
        let height = 256
        let strips = stride(from: 0, to: columns, by: width).map { $0..<min($0 + width, columns) }
        let parts = try Parallel.map(strips, threads: threads, work: work) { strip in
            let buffer = UnsafeMutableBufferPointer<Double>.allocate(capacity: height * strip.count)
            let lines = UnsafeMutableBufferPointer<Double>.allocate(capacity: classCount * strip.count)
            defer {
                buffer.deallocate()
                lines.deallocate()
            }
            lines.initialize(repeating: 0)
            guard let base = buffer.baseAddress else { return [Double]() }
            for start in stride(from: 0, to: rows, by: height) {
                try work.check()
                let block = start..<min(start + height, rows)
                fill(block, strip, base)
                for row in block {
                    let index = classes[row]
                    add(
                        UnsafeMutableBufferPointer(
                            rebasing: lines[(index * strip.count)..<((index + 1) * strip.count)]),
                        (index, strip.lowerBound),
                        UnsafeMutableBufferPointer(start: base + (row - start) * strip.count, count: strip.count))
                }
            }
            return Array(lines)
        }
        var result = Matrix(rows: classCount, columns: columns)
        for (strip, part) in zip(strips, parts) {
            for index in 0..<classCount {
                for (position, column) in strip.enumerated() {
                    result[index, column] = part[index * strip.count + position]
                }
            }
        }
        return result
    }

    /// One number for each row, from all of its columns.
    func valuesOfRows(
        threads: Int, work: Work, _ body: @escaping @Sendable (UnsafeMutableBufferPointer<Double>) -> Double
    ) throws -> [Double] {
        let height = 64
        let blocks = stride(from: 0, to: rows, by: height).map { $0..<min($0 + height, rows) }
        return try Parallel.map(blocks, threads: threads, work: work) { block in
            let buffer = UnsafeMutableBufferPointer<Double>.allocate(capacity: block.count * columns)
            defer { buffer.deallocate() }
            guard let base = buffer.baseAddress else { return [Double]() }
            fill(block, 0..<columns, base)
            return (0..<block.count).map {
                body(UnsafeMutableBufferPointer(start: base + $0 * columns, count: columns))
            }
        }.flatMap { $0 }
    }
}
