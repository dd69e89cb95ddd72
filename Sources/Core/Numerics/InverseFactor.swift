/// The inverse of a Cholesky factor, L⁻¹, with A⁻¹ = L⁻ᵀ L⁻¹. Made by ``CholeskyFactor/inverse(work:)``.
package struct InverseFactor: Sendable {
    let count: Int
    /// `count × count`, column by column, zeros above the diagonal.
    let values: [Double]

    /// The diagonal of A⁻¹.
    ///
    /// - Complexity: O(n²).
    package var diagonal: [Double] {
        (0..<count).map { column in
            values[column * count + column..<(column + 1) * count].reduce(0) { $0 + $1 * $1 }
        }
    }
}
