import Support

extension RowSource {
    /// XᵀX, columns × columns, in one pass over blocks of rows.
    ///
    /// Memory: the result and a block. The tiles of the result are independent of each other and each grows block by
    /// block in the same order, so the bytes are the same on any number of threads.
    ///
    /// - Complexity: O(rows · columns²).
    func columnGram(threads: Int, work: Work) throws -> Matrix {
        try gram(of: columns, along: rows, isTransposed: true, threads: threads, work: work)
    }

    /// XXᵀ, rows × rows: the smaller one where there are more columns than rows.
    ///
    /// - Complexity: O(rows² · columns).
    func rowGram(threads: Int, work: Work) throws -> Matrix {
        try gram(of: rows, along: columns, isTransposed: false, threads: threads, work: work)
    }

    private func gram(
        of size: Int, along length: Int, isTransposed: Bool, threads: Int, work: Work
    ) throws -> Matrix {
        guard size > 0 && length > 0 else { return Matrix(rows: size, columns: size) }
        // The result, and what its decomposition takes.
        try MemoryBudget.require(MemoryBudget.bytes(Double.self, size, size, 3))
        NumericThreads.useOne()
        let depth = 512
        let side = 256
        let starts = Array(stride(from: 0, to: size, by: side))
        let tiles = starts.flatMap { i in starts.filter { $0 >= i }.map { (i, $0) } }
        let buffer = UnsafeMutableBufferPointer<Double>.allocate(capacity: min(depth, length) * size)
        defer { buffer.deallocate() }
        var result = Matrix(rows: size, columns: size)
        guard let base = buffer.baseAddress else { return result }
        try result.values.withUnsafeMutableBufferPointer { values in
            guard let corner = values.baseAddress else { return }
            nonisolated(unsafe) let gram = corner
            // Shared between threads: each fills lines of its own of the block, then each adds to tiles of its own.
            nonisolated(unsafe) let block = base
            for start in stride(from: 0, to: length, by: depth) {
                let range = start..<min(start + depth, length)
                if isTransposed {
                    let pieces = stride(from: range.lowerBound, to: range.upperBound, by: 64)
                    _ = try Parallel.map(Array(pieces), threads: threads, work: work) { piece in
                        let rows = piece..<min(piece + 64, range.upperBound)
                        fill(rows, 0..<columns, block + (piece - range.lowerBound) * columns)
                    }
                } else {
                    let pieces = stride(from: 0, to: rows, by: 64)
                    _ = try Parallel.map(Array(pieces), threads: threads, work: work) { piece in
                        fill(piece..<min(piece + 64, rows), range, block + piece * range.count)
                    }
                }
                _ = try Parallel.map(tiles, threads: threads, work: work) { i, j in
                    let (height, width) = (min(side, size - i), min(side, size - j))
                    // Each line of the block is a row or a column; what is multiplied begins at line or column i and j.
                    let (line, offset) = isTransposed ? (size, 1) : (range.count, range.count)
                    Double.gemm(
                        m: height, n: width, k: range.count, alpha: 1, block + i * offset, lda: line,
                        transposeA: isTransposed, block + j * offset, ldb: line, transposeB: !isTransposed, beta: 1,
                        into: gram + i * size + j, ldc: size)
                }
            }
            for i in 0..<size {
                for j in 0..<i { gram[i * size + j] = gram[j * size + i] }
            }
        }
        return result
    }
}
