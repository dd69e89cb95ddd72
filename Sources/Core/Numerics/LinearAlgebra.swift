import COpenBLAS
import Support

/// Dense linear algebra on row-major arrays, by OpenBLAS and LAPACK.
///
/// Every function runs on the calling thread alone (``NumericThreads``), so that a result does not depend on how many
/// there are; callers who want more threads split the work themselves. Sizes must fit 31 bits each, as LAPACK's do.
public enum LinearAlgebra {
    /// `c = alpha · op(a) · op(b) + beta · c`, all row-major: op(a) is m × k, op(b) is k × n, c is m × n.
    ///
    /// - Parameters:
    ///   - m: the rows of op(a) and c.
    ///   - n: the columns of op(b) and c.
    ///   - k: the columns of op(a), the rows of op(b).
    ///   - alpha: the factor of the product.
    ///   - a: the first matrix.
    ///   - transposeA: whether op(a) is the transpose of `a`, which is then stored as k × m.
    ///   - b: the second matrix.
    ///   - transposeB: whether op(b) is the transpose of `b`, which is then stored as n × k.
    ///   - beta: the factor of what `c` holds before.
    ///   - c: where the result goes.
    /// - Precondition: the arrays hold m·k, k·n and m·n values.
    /// - Complexity: O(m n k).
    public static func gemm<Scalar: BLASScalar>(
        m: Int, n: Int, k: Int, alpha: Scalar = 1, _ a: [Scalar], transposeA: Bool = false,
        _ b: [Scalar], transposeB: Bool = false, beta: Scalar = 0, into c: inout [Scalar]
    ) {
        precondition(a.count >= m * k && b.count >= k * n && c.count >= m * n)
        guard m > 0 && n > 0 else { return }
        NumericThreads.useOne()
        Scalar.gemm(
            m: m, n: n, k: k, alpha: alpha, a, transposeA: transposeA, b, transposeB: transposeB, beta: beta, into: &c)
    }

    /// The product of two matrices, either transposed first.
    ///
    /// - Precondition: the inner dimensions agree.
    public static func product<Scalar: BLASScalar>(
        _ a: DenseMatrix<Scalar>, _ b: DenseMatrix<Scalar>, transposeA: Bool = false, transposeB: Bool = false
    ) -> DenseMatrix<Scalar> {
        let (m, inner) = transposeA ? (a.columns, a.rows) : (a.rows, a.columns)
        let (k, n) = transposeB ? (b.columns, b.rows) : (b.rows, b.columns)
        precondition(inner == k)
        var result = DenseMatrix<Scalar>(rows: m, columns: n)
        gemm(
            m: m, n: n, k: k, a.values, transposeA: transposeA, b.values, transposeB: transposeB,
            into: &result.values)
        return result
    }

    /// The product of a matrix, or of its transpose, with a vector.
    ///
    /// - Precondition: the dimensions agree.
    /// - Complexity: O(rows · columns).
    public static func product(_ a: Matrix, transposed: Bool = false, _ x: [Double]) -> [Double] {
        precondition(x.count == (transposed ? a.rows : a.columns))
        var result = [Double](repeating: 0, count: transposed ? a.columns : a.rows)
        guard a.rows > 0 && a.columns > 0 else { return result }
        NumericThreads.useOne()
        cblas_dgemv(
            CblasRowMajor, transposed ? CblasTrans : CblasNoTrans, Int32(a.rows), Int32(a.columns), 1, a.values,
            Int32(a.columns), x, 1, 0, &result, 1)
        return result
    }

    /// The inner products of a matrix's columns, `aᵀ · a`, or of its rows, `a · aᵀ`.
    ///
    /// - Complexity: O(rows · columns · size) for the size of the result, half of what ``product(_:_:transposeA:transposeB:)``
    ///   takes.
    public static func gram(_ a: Matrix, ofRows: Bool = false) -> Matrix {
        let (size, length) = ofRows ? (a.rows, a.columns) : (a.columns, a.rows)
        var result = Matrix(rows: size, columns: size)
        guard size > 0 && length > 0 else { return result }
        NumericThreads.useOne()
        cblas_dsyrk(
            CblasRowMajor, CblasUpper, ofRows ? CblasNoTrans : CblasTrans, Int32(size), Int32(length), 1, a.values,
            Int32(a.columns), 0, &result.values, Int32(size))
        for i in 0..<size {
            for j in 0..<i { result.values[i * size + j] = result.values[j * size + i] }
        }
        return result
    }

    /// What a LAPACK routine that did not finish is reported as.
    static func failure(_ routine: String, _ status: Int32) -> NumericalError {
        status == LAPACK_WORK_MEMORY_ERROR || status == LAPACK_TRANSPOSE_MEMORY_ERROR
            ? .outOfMemory(routine: routine) : .notConverged(routine: routine, status: Int(status))
    }
}
