import COpenBLAS
import Foundation
import Support

/// The Cholesky factor of a symmetric positive definite matrix, made and used in steps of a few milliseconds so that
/// work can be stopped between them.
///
/// The matrix is held row by row with its upper half filled, which LAPACK reads as the lower half column by column.
struct Cholesky {
    let count: Int
    /// `count × count`; the factor L lies at `factor[column * count + row]` for row ≥ column.
    private(set) var factor: [Double]

    private static let block = 128

    /// Factors `matrix`, whose entries from the diagonal on are filled row by row.
    ///
    /// - Parameter jitter: added to the diagonal; made ten times larger, at most four times, where it is not enough.
    /// - Throws: ``Cancelled``.
    /// - Returns: `nil` where the matrix is not positive definite or not finite.
    /// - Complexity: O(n³).
    init?(_ matrix: [Double], count: Int, jitter: Double = 1e-6, work: Work) throws(Cancelled) {
        NumericThreads.useOne()
        self.count = count
        var added = jitter
        for _ in 0..<5 {
            factor = matrix
            for index in 0..<count { factor[index * count + index] += added }
            if try factorise(work) { return }
            added *= 10
        }
        return nil
    }

    private mutating func factorise(_ work: Work) throws(Cancelled) -> Bool {
        let n = count
        let width = Int32(n)
        var start = 0
        while start < n {
            try work.check()
            let size = min(Self.block, n - start)
            let rest = n - start - size
            let hasWorked = factor.withUnsafeMutableBufferPointer { buffer -> Bool in
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
            if !hasWorked { return false }
            start += size
        }
        return (0..<n).allSatisfy { factor[$0 * n + $0].isFinite && factor[$0 * n + $0] > 0 }
    }

    /// Half the logarithm of the determinant.
    var halfLogDeterminant: Double {
        var sum = 0.0
        for index in 0..<count { sum += log(factor[index * count + index]) }
        return sum
    }

    /// L⁻¹ b, for `columns` right-hand sides one after another.
    ///
    /// - Complexity: O(n² columns).
    func forwardSolved(_ b: [Double], columns: Int, work: Work) throws(Cancelled) -> [Double] {
        var solution = b
        try solve(&solution, CblasNoTrans, columns: columns, work: work)
        return solution
    }

    /// The solutions x of L Lᵀ x = b, for `columns` right-hand sides one after another.
    ///
    /// - Complexity: O(n² columns).
    func solved(_ b: [Double], columns: Int, work: Work) throws(Cancelled) -> [Double] {
        var solution = b
        try solve(&solution, CblasNoTrans, columns: columns, work: work)
        try solve(&solution, CblasTrans, columns: columns, work: work)
        return solution
    }

    private func solve(
        _ solution: inout [Double], _ transposition: CBLAS_TRANSPOSE, columns: Int, work: Work
    ) throws(Cancelled) {
        var start = 0
        while start < columns {
            try work.check()
            let size = min(Self.block, columns - start)
            let position = start * count
            solution.withUnsafeMutableBufferPointer { buffer in
                guard let base = buffer.baseAddress else { return }
                cblas_dtrsm(
                    CblasColMajor, CblasLeft, CblasLower, transposition, CblasNonUnit, Int32(count), Int32(size), 1,
                    factor, Int32(count), base + position, Int32(count))
            }
            start += size
        }
    }

    /// The solution x of L Lᵀ x = b.
    func solved(_ b: [Double]) -> [Double] {
        var solution = b
        for transposition in [CblasNoTrans, CblasTrans] {
            cblas_dtrsv(
                CblasColMajor, CblasLower, transposition, CblasNonUnit, Int32(count), factor, Int32(count), &solution, 1
            )
        }
        return solution
    }

    /// L⁻¹, column by column, zeros above the diagonal.
    ///
    /// - Complexity: O(n³), a third of a product of two matrices of that size.
    func inverseFactor(work: Work) throws(Cancelled) -> [Double] {
        let n = count
        var inverse = [Double](repeating: 0, count: n * n)
        for index in 0..<n { inverse[index * n + index] = 1 }
        var start = 0
        while start < n {
            try work.check()
            let size = min(Self.block, n - start)
            inverse.withUnsafeMutableBufferPointer { buffer in
                guard let base = buffer.baseAddress else { return }
                factor.withUnsafeBufferPointer { factor in
                    guard let factor = factor.baseAddress else { return }
                    cblas_dtrsm(
                        CblasColMajor, CblasLeft, CblasLower, CblasNoTrans, CblasNonUnit, Int32(n - start),
                        Int32(size), 1, factor + start * n + start, Int32(n), base + start * n + start, Int32(n))
                }
            }
            start += size
        }
        return inverse
    }
}
