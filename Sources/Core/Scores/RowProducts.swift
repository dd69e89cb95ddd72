import Support

/// The inner products of some rows of a matrix with others, a tile at a time: what scores that look at all pairs are made
/// of.
enum RowProducts {
    /// The rows that a tile's left side has at most.
    static let height = 64
    /// A tile of so many multiplications takes some 10 ms, within what cancelling may take.
    private static let tile = 1 << 26

    /// The ranges of rows to ask for one after the other.
    static func blocks(of count: Int) -> [Range<Int>] {
        stride(from: 0, to: count, by: height).map { $0..<min($0 + height, count) }
    }

    /// Writes `points[row] · points[other]` for each row of `block` and each other from `first` on, row after row.
    ///
    /// The tiles do not depend on the number of threads, so neither do the last bits.
    ///
    /// - Throws: `Cancelled`.
    static func fill(
        _ buffer: UnsafeMutableBufferPointer<Double>, _ block: Range<Int>, _ points: Matrix, from first: Int = 0,
        work: Work
    ) throws(Cancelled) {
        NumericThreads.useOne()
        let (count, width) = (points.rows, points.columns)
        precondition(buffer.count >= block.count * (count - first))
        guard width > 0, let destination = buffer.baseAddress else { return }
        let step = max(16, tile / max(1, block.count * width))
        for start in stride(from: first, to: count, by: step) {
            try work.check()
            points.values.withUnsafeBufferPointer { values in
                guard let base = values.baseAddress else { return }
                Double.gemm(
                    m: block.count, n: min(step, count - start), k: width, alpha: 1, base + block.lowerBound * width,
                    lda: width, transposeA: false, base + start * width, ldb: width, transposeB: true, beta: 0,
                    into: destination + (start - first), ldc: count - first)
            }
        }
    }
}
