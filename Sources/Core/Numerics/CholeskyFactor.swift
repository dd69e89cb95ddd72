import COpenBLAS
import Foundation
import Support

/// The Cholesky factor L of a symmetric positive definite matrix A = L Lᵀ, made and used in steps of a few milliseconds so
/// that work can be stopped between them.
///
/// ```swift
/// guard let factor = CholeskyFactor(covariance) else { … }
/// let weights = factor.solved(results)
/// ```
///
/// The matrix is held row by row with its upper half filled, which LAPACK reads as the lower half column by column.
package struct CholeskyFactor: Sendable {
    package let count: Int
    /// `count × count`; L lies at `values[column * count + row]` for row ≥ column.
    private var values: [Double]

    private static let block = 128

    /// Factors `matrix`, `count × count`, of which only the entries from the diagonal on are read, row by row.
    ///
    /// - Parameter jitter: what is added to the diagonal, one value tried after the other until one is enough.
    /// - Throws: `Cancelled`.
    /// - Returns: `nil` where the matrix is not positive definite or not finite.
    /// - Complexity: O(n³), a third of a product of two matrices of that size.
    package init?(_ matrix: [Double], count: Int, jitter: [Double] = [0], work: Work) throws(Cancelled) {
        precondition(matrix.count == count * count, "a square")
        NumericThreads.useOne()
        self.count = count
        values = []
        for added in jitter {
            values = matrix
            for index in 0..<count { values[index * count + index] += added }
            if try factorise(work) { return }
        }
        return nil
    }

    /// The same for a matrix that is factored faster than anybody could want to stop it.
    package init?(_ matrix: Matrix) {
        precondition(matrix.rows == matrix.columns, "a square")
        guard let factor = try? CholeskyFactor(matrix.values, count: matrix.rows, work: .unwatched) else { return nil }
        self = factor
    }

    private mutating func factorise(_ work: Work) throws(Cancelled) -> Bool {
        let n = count
        let width = Int32(n)
        var start = 0
        while start < n {
            try work.check()
            let size = min(Self.block, n - start)
            let rest = n - start - size
            let isFactored = values.withUnsafeMutableBufferPointer { buffer -> Bool in
                guard let base = buffer.baseAddress else { return true }
                let diagonal = base + start * n + start
                let lower = CChar(UInt8(ascii: "L"))
                guard LAPACKE_dpotrf_work(LAPACK_COL_MAJOR, lower, Int32(size), diagonal, width) == 0 else {
                    return false
                }
                if rest > 0 {
                    let panel = diagonal + size
                    cblas_dtrsm(
                        CblasColMajor, CblasRight, CblasLower, CblasTrans, CblasNonUnit, Int32(rest), Int32(size), 1,
                        diagonal, width, panel, width)
                    cblas_dsyrk(
                        CblasColMajor, CblasLower, CblasNoTrans, Int32(rest), Int32(size), -1, panel, width, 1,
                        base + (start + size) * n + start + size, width)
                }
                return true
            }
            if !isFactored { return false }
            start += size
        }
        return (0..<n).allSatisfy { values[$0 * n + $0].isFinite && values[$0 * n + $0] > 0 }
    }

    /// L, zeros above the diagonal.
    package var lower: Matrix {
        var result = Matrix(rows: count, columns: count)
        for row in 0..<count {
            for column in 0...row { result[row, column] = values[column * count + row] }
        }
        return result
    }

    /// log det A = 2 Σ log Lᵢᵢ.
    package var logDeterminant: Double {
        var sum = 0.0
        for index in 0..<count { sum += log(values[index * count + index]) }
        return 2 * sum
    }

    /// A⁻¹ b.
    ///
    /// - Complexity: O(n²).
    package func solved(_ b: [Double]) -> [Double] {
        precondition(b.count == count, "shapes fit")
        return substituted(substituted(b, CblasNoTrans), CblasTrans)
    }

    /// L⁻¹ b.
    ///
    /// - Complexity: O(n²).
    package func forwardSubstituted(_ b: [Double]) -> [Double] { substituted(b, CblasNoTrans) }

    /// L⁻ᵀ b.
    ///
    /// - Complexity: O(n²).
    package func backSubstituted(_ b: [Double]) -> [Double] { substituted(b, CblasTrans) }

    private func substituted(_ b: [Double], _ transposition: CBLAS_TRANSPOSE) -> [Double] {
        precondition(b.count == count, "shapes fit")
        var solution = b
        cblas_dtrsv(
            CblasColMajor, CblasLower, transposition, CblasNonUnit, Int32(count), values, Int32(max(count, 1)),
            &solution, 1)
        return solution
    }

    /// A⁻¹ b for each row b.
    ///
    /// - Throws: `Cancelled`.
    /// - Complexity: O(n² rows).
    package func solved(rows b: Matrix, work: Work) throws(Cancelled) -> Matrix {
        var solution = b
        try solve(&solution, CblasNoTrans, work: work)
        try solve(&solution, CblasTrans, work: work)
        return solution
    }

    /// A⁻¹.
    ///
    /// - Throws: `Cancelled`.
    /// - Complexity: O(n³).
    package func inverted(work: Work) throws(Cancelled) -> Matrix {
        var unit = Matrix(rows: count, columns: count)
        for index in 0..<count { unit[index, index] = 1 }
        return try solved(rows: unit, work: work)
    }

    /// L⁻¹ b for each row b: draws of covariance A become draws of covariance 1.
    ///
    /// - Throws: `Cancelled`.
    /// - Complexity: O(n² rows).
    package func whitened(rows b: Matrix, work: Work) throws(Cancelled) -> Matrix {
        var solution = b
        try solve(&solution, CblasNoTrans, work: work)
        return solution
    }

    /// Rows in row-major order are columns to BLAS, so the right-hand sides lie as it wants them.
    private func solve(
        _ solution: inout Matrix, _ transposition: CBLAS_TRANSPOSE, work: Work
    ) throws(Cancelled) {
        precondition(solution.columns == count, "shapes fit")
        let rows = solution.rows
        var start = 0
        while start < rows {
            try work.check()
            let size = min(Self.block, rows - start)
            let position = start * count
            solution.values.withUnsafeMutableBufferPointer { buffer in
                guard let base = buffer.baseAddress else { return }
                cblas_dtrsm(
                    CblasColMajor, CblasLeft, CblasLower, transposition, CblasNonUnit, Int32(count), Int32(size), 1,
                    values, Int32(count), base + position, Int32(count))
            }
            start += size
        }
    }

    /// L⁻¹, from which blocks of A⁻¹ are made.
    ///
    /// - Throws: `Cancelled`.
    /// - Complexity: O(n³), a third of a product of two matrices of that size.
    package func inverse(work: Work) throws(Cancelled) -> InverseFactor {
        let n = count
        var inverse = [Double](repeating: 0, count: n * n)
        for index in 0..<n { inverse[index * n + index] = 1 }
        var start = 0
        while start < n {
            try work.check()
            let size = min(Self.block, n - start)
            inverse.withUnsafeMutableBufferPointer { buffer in
                guard let base = buffer.baseAddress else { return }
                values.withUnsafeBufferPointer { factor in
                    guard let factor = factor.baseAddress else { return }
                    cblas_dtrsm(
                        CblasColMajor, CblasLeft, CblasLower, CblasNoTrans, CblasNonUnit, Int32(n - start),
                        Int32(size), 1, factor + start * n + start, Int32(n), base + start * n + start, Int32(n))
                }
            }
            start += size
        }
        return InverseFactor(count: n, values: inverse)
    }
}
