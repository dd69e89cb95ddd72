import Support

/// Dense linear algebra on row-major arrays, by OpenBLAS and LAPACK.
///
/// Every function runs on the calling thread alone (``NumericThreads``), so that a result does not depend on how many
/// there are; callers who want more threads split the work themselves. Sizes must fit 31 bits each, as LAPACK's do.
public enum LinearAlgebra {
    /// `c = alpha · op(a) · op(b) + beta · c`, all row-major: op(a) is m × k, op(b) is k × n, c is m × n.
    ///
    /// - Parameters:
    ///   - transposeA: op(a) is the transpose of `a`, which is then stored as k × m; likewise for b.
    /// - Precondition: the arrays hold m·k, k·n and m·n values.
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
    public static func product(
        _ a: Matrix, _ b: Matrix, transposeA: Bool = false, transposeB: Bool = false
    ) -> Matrix {
        let (m, inner) = transposeA ? (a.columns, a.rows) : (a.rows, a.columns)
        let (k, n) = transposeB ? (b.columns, b.rows) : (b.rows, b.columns)
        precondition(inner == k)
        var result = Matrix(rows: m, columns: n)
        gemm(
            m: m, n: n, k: k, a.values, transposeA: transposeA, b.values, transposeB: transposeB,
            into: &result.values)
        return result
    }

    /// What a LAPACK routine that did not finish is reported as.
    static func failure(_ routine: String, _ status: Int32) -> NumericalError {
        .notConverged(routine: routine, status: Int(status))
    }
}
