import COpenBLAS
import Foundation

extension LinearAlgebra {
    /// The lower triangular L with L·Lᵀ = `a`, zeros above the diagonal; `nil` if `a` is not positive definite.
    ///
    /// Only the lower triangle of `a` is read. O(n³).
    public static func choleskyFactor(_ a: Matrix) -> Matrix? {
        precondition(a.rows == a.columns)
        guard a.rows > 0 else { return a }
        NumericThreads.useOne()
        var factor = a
        let n = Int32(a.rows)
        // Row-major lower is column-major upper: named so, LAPACK works in place without a transposed copy.
        let status = LAPACKE_dpotrf(LAPACK_COL_MAJOR, CChar(UInt8(ascii: "U")), n, &factor.values, n)
        guard status == 0 else { return nil }
        for i in 0..<a.rows {
            for j in (i + 1)..<max(a.rows, i + 1) { factor.values[i * a.rows + j] = 0 }
        }
        return factor
    }

    /// The solution X of `factor`·`factor`ᵀ·X = `b`, given a factor of ``choleskyFactor(_:)``. O(n² · columns of b).
    public static func solve(choleskyFactor factor: Matrix, _ b: Matrix) -> Matrix {
        precondition(factor.rows == factor.columns && factor.rows == b.rows)
        guard b.rows > 0 && b.columns > 0 else { return b }
        NumericThreads.useOne()
        var solution = b
        let (n, width) = (Int32(b.rows), Int32(b.columns))
        cblas_dtrsm(
            CblasRowMajor, CblasLeft, CblasLower, CblasNoTrans, CblasNonUnit, n, width, 1, factor.values, n,
            &solution.values, width)
        cblas_dtrsm(
            CblasRowMajor, CblasLeft, CblasLower, CblasTrans, CblasNonUnit, n, width, 1, factor.values, n,
            &solution.values, width)
        return solution
    }

    /// The solution X of `a`·X = `b` for a symmetric positive definite `a`; `nil` if it is not. O(n³).
    public static func choleskySolve(_ a: Matrix, _ b: Matrix) -> Matrix? {
        choleskyFactor(a).map { solve(choleskyFactor: $0, b) }
    }

    /// log det `a` = 2 Σ log Lᵢᵢ of a symmetric positive definite matrix; `nil` if it is not.
    public static func logDeterminant(_ a: Matrix) -> Double? {
        guard let factor = choleskyFactor(a) else { return nil }
        var sum = 0.0
        for i in 0..<a.rows { sum += log(factor[i, i]) }
        return 2 * sum
    }

    /// The X of least norm among those that minimise ‖`a`·X − `b`‖, by singular values (LAPACK's dgelsd).
    ///
    /// - Parameters:
    ///   - a: rows × columns, of any rank.
    ///   - relativeTolerance: singular values below this share of the largest count as zero; the machine precision
    ///     times the larger dimension if `nil`.
    /// - Throws: ``NumericalError`` if the singular values do not converge.
    public static func leastSquares(
        _ a: Matrix, _ b: Matrix, relativeTolerance: Double? = nil
    ) throws(NumericalError) -> Matrix {
        precondition(a.rows == b.rows)
        guard a.rows > 0 && a.columns > 0 && b.columns > 0 else { return Matrix(rows: a.columns, columns: b.columns) }
        NumericThreads.useOne()
        let larger = max(a.rows, a.columns)
        var left = a.transposed.values
        // Column-major, padded to the taller of the right-hand side and the solution.
        var right = [Double](repeating: 0, count: larger * b.columns)
        for i in 0..<b.rows {
            for j in 0..<b.columns { right[j * larger + i] = b[i, j] }
        }
        var singular = [Double](repeating: 0, count: min(a.rows, a.columns))
        var rank: Int32 = 0
        let status = LAPACKE_dgelsd(
            LAPACK_COL_MAJOR, Int32(a.rows), Int32(a.columns), Int32(b.columns), &left, Int32(a.rows), &right,
            Int32(larger), &singular, relativeTolerance ?? (Double.ulpOfOne * Double(larger)), &rank)
        guard status == 0 else { throw failure("dgelsd", status) }
        var solution = Matrix(rows: a.columns, columns: b.columns)
        for i in 0..<a.columns {
            for j in 0..<b.columns { solution[i, j] = right[j * larger + i] }
        }
        return solution
    }
}

extension LinearAlgebra {
    /// The solution X of `lower`·X = `b` for a lower triangular matrix. O(n² · columns of b).
    public static func solveLower(_ lower: Matrix, _ b: Matrix) -> Matrix {
        precondition(lower.rows == lower.columns && lower.rows == b.rows)
        guard b.rows > 0 && b.columns > 0 else { return b }
        NumericThreads.useOne()
        var solution = b
        cblas_dtrsm(
            CblasRowMajor, CblasLeft, CblasLower, CblasNoTrans, CblasNonUnit, Int32(b.rows), Int32(b.columns), 1,
            lower.values, Int32(b.rows), &solution.values, Int32(b.columns))
        return solution
    }
}
