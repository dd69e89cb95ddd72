/// The distances between all samples, a block of rows at a time: memory is the features and a block for each thread.
struct PairwiseDistances: Sendable {
    enum Metric {
        case euclidean
        /// 1 minus the cosine.
        case cosine
        /// 1 minus Pearson's correlation of the two rows.
        case correlation
    }

    private let points: Matrix
    private let squares: [Double]?

    init(_ session: ScoreSession, _ metric: Metric) throws {
        switch metric {
        case .euclidean:
            // Distances do not move with the origin; near the mean fewer digits are lost to the points' lengths.
            points = try session.centredRows().matrix()
        case .cosine: points = try UnitRows.source(session, centred: false).matrix()
        case .correlation: points = try UnitRows.source(session, centred: true).matrix()
        }
        let points = points
        squares =
            metric == .euclidean
            ? (0..<points.rows).map { points.row($0).reduce(0) { $0 + $1 * $1 } } : nil
    }

    /// What `body` makes of each block of rows and their distances to all rows (row after row), in the blocks' order.
    func forEachBlock<Value: Sendable>(
        _ session: ScoreSession, _ body: @escaping @Sendable (Range<Int>, UnsafeMutableBufferPointer<Double>) -> Value
    ) throws -> [Value] {
        let count = points.rows
        let work = session.work
        return try Parallel.map(RowProducts.blocks(of: count), threads: session.threads, work: work) { block in
            let buffer = UnsafeMutableBufferPointer<Double>.allocate(capacity: block.count * count)
            defer { buffer.deallocate() }
            try RowProducts.fill(buffer, block, points, work: work)
            distances(block, buffer)
            return body(block, buffer)
        }
    }

    private func distances(_ block: Range<Int>, _ buffer: UnsafeMutableBufferPointer<Double>) {
        let count = points.rows
        for (position, row) in block.enumerated() {
            let line = position * count
            if let squares {
                for other in 0..<count {
                    buffer[line + other] = max(0, squares[row] + squares[other] - 2 * buffer[line + other]).squareRoot()
                }
            } else {
                for other in 0..<count { buffer[line + other] = min(2, max(0, 1 - buffer[line + other])) }
            }
            buffer[line + row] = 0
        }
    }
}
