import COpenBLAS

extension LinearAlgebra {
    /// The eigenvalues of a symmetric matrix, ascending, and its eigenvectors.
    public struct SymmetricEigen: Sendable {
        public let values: [Double]
        /// Row k is the unit eigenvector of `values[k]`.
        public let vectors: Matrix
    }

    /// The spectral decomposition of a symmetric matrix by divide and conquer (LAPACK's dsyevd).
    ///
    /// Only the lower triangle of `a` is read. O(n³).
    ///
    /// - Throws: ``NumericalError`` if it does not converge.
    public static func symmetricEigen(_ a: Matrix) throws(NumericalError) -> SymmetricEigen {
        precondition(a.rows == a.columns)
        guard a.rows > 0 else { return SymmetricEigen(values: [], vectors: a) }
        NumericThreads.useOne()
        var vectors = a
        var values = [Double](repeating: 0, count: a.rows)
        let n = Int32(a.rows)
        // Column-major, LAPACK leaves the eigenvectors as columns: row after row of a row-major matrix.
        let status = LAPACKE_dsyevd(
            LAPACK_COL_MAJOR, CChar(UInt8(ascii: "V")), CChar(UInt8(ascii: "U")), n, &vectors.values, n, &values)
        guard status == 0 else { throw failure("dsyevd", status) }
        return SymmetricEigen(values: values, vectors: vectors)
    }

    /// A thin singular value decomposition, `u`·diag(`values`)·`vTransposed`.
    public struct SVD: Sendable {
        /// m × r with r = min(m, n).
        public let u: Matrix
        /// Descending.
        public let values: [Double]
        /// r × n.
        public let vTransposed: Matrix
    }

    /// The thin singular value decomposition of an m × n matrix (LAPACK's dgesdd). O(m · n · min(m, n)).
    ///
    /// - Throws: ``NumericalError`` if it does not converge.
    public static func svd(_ a: Matrix) throws(NumericalError) -> SVD {
        let rank = min(a.rows, a.columns)
        var u = Matrix(rows: a.rows, columns: rank)
        var vTransposed = Matrix(rows: rank, columns: a.columns)
        var values = [Double](repeating: 0, count: rank)
        guard rank > 0 else { return SVD(u: u, values: values, vTransposed: vTransposed) }
        NumericThreads.useOne()
        var copy = a.values
        let (m, n, r) = (Int32(a.rows), Int32(a.columns), Int32(rank))
        // The row-major a is column-major aᵀ = v·s·uᵀ, so the two sides change places.
        let status = LAPACKE_dgesdd(
            LAPACK_COL_MAJOR, CChar(UInt8(ascii: "S")), n, m, &copy, n, &values, &vTransposed.values, n, &u.values, r)
        guard status == 0 else { throw failure("dgesdd", status) }
        return SVD(u: u, values: values, vTransposed: vTransposed)
    }
}
