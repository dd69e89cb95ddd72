import COpenBLAS

/// The inverse of a Cholesky factor, L⁻¹, with A⁻¹ = L⁻ᵀ L⁻¹. Made by ``CholeskyFactor/inverse(work:)``.
package struct InverseFactor: Sendable {
    let count: Int
    /// `count × count`, column by column, zeros above the diagonal.
    let values: [Double]

    /// The rows and columns `range` of A⁻¹, `size × size`, filled from the diagonal on, row by row.
    ///
    /// - Complexity: O(size² n).
    package func block(_ range: Range<Int>) -> [Double] {
        let (n, size) = (count, range.count)
        var block = [Double](repeating: 0, count: size * size)
        guard size > 0 else { return block }
        values.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return }
            // Columns of L⁻¹ begin on the diagonal; rows above the block are zero.
            cblas_dsyrk(
                CblasColMajor, CblasLower, CblasTrans, Int32(size), Int32(n - range.lowerBound), 1,
                base + range.lowerBound * n + range.lowerBound, Int32(n), 0, &block, Int32(size))
        }
        return block
    }

    /// The diagonal of A⁻¹.
    ///
    /// - Complexity: O(n²).
    package var diagonal: [Double] {
        (0..<count).map { column in
            values[column * count + column..<(column + 1) * count].reduce(0) { $0 + $1 * $1 }
        }
    }
}
