import COpenBLAS
import Support

extension LinearAlgebra {
    /// The eigenvalues of a symmetric matrix, ascending, and its eigenvectors.
    public struct SymmetricEigen: Sendable {
        public let values: [Double]
        /// Row k is the unit eigenvector of `values[k]`.
        public let vectors: Matrix
    }

    /// The spectral decomposition of a symmetric matrix by divide and conquer (LAPACK's dsyevd).
    ///
    /// Only the lower triangle of `a` is read.
    ///
    /// - Throws: ``NumericalError`` if it does not converge.
    /// - Complexity: O(n³).
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

    /// The nearest positive semidefinite matrix, in the Frobenius norm, to a symmetric one: negative eigenvalues are set
    /// to zero (Higham, "Computing a nearest symmetric positive semidefinite matrix", 1988). `a` itself where it has none.
    ///
    /// - Throws: ``NumericalError`` if the eigenvalues do not converge.
    /// - Complexity: O(n³).
    public static func nearestPositiveSemidefinite(_ a: Matrix) throws(NumericalError) -> Matrix {
        let eigen = try symmetricEigen(a)
        guard let least = eigen.values.first, least < -1e-10 else { return a }
        var scaled = eigen.vectors
        for k in 0..<a.rows {
            let root = max(eigen.values[k], 0).squareRoot()
            for column in 0..<a.columns { scaled[k, column] *= root }
        }
        return gram(scaled)
    }
}
