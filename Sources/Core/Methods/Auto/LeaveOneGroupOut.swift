import COpenBLAS
import Foundation
import Support

/// What a Gaussian process would have predicted for each group of its training cases from all other groups, in closed
/// form (Rasmussen and Williams, section 5.4.2, with groups in place of single cases; scikit-learn's `LeaveOneGroupOut`).
///
/// With P = K⁻¹, group b and results y: the prediction is y_b - P_bb⁻¹ (P y)_b and its covariance P_bb⁻¹.
struct LeaveOneGroupOut {
    /// For each training case the predictive variance, noise included.
    let variances: [Double]
    private let groups: [(range: Range<Int>, covariance: [Double])]

    /// - Parameter groups: of training cases, disjoint and ascending.
    /// - Throws: ``Cancelled``.
    /// - Complexity: O(n³) for n cases, a third of a product of matrices of that size, and O(n b²) for a group of b.
    init(_ cholesky: Cholesky, groups: [Range<Int>], work: Work) throws(Cancelled) {
        let n = cholesky.count
        let inverse = try cholesky.inverseFactor(work: work)
        var variances = [Double](repeating: 0, count: n)
        var held: [(range: Range<Int>, covariance: [Double])] = []
        for range in groups where !range.isEmpty {
            try work.check()
            let size = range.count
            var block = [Double](repeating: 0, count: size * size)
            inverse.withUnsafeBufferPointer { buffer in
                guard let base = buffer.baseAddress else { return }
                // Columns of L⁻¹ begin on the diagonal; rows above the group are zero.
                cblas_dsyrk(
                    CblasColMajor, CblasLower, CblasTrans, Int32(size), Int32(n - range.lowerBound), 1,
                    base + range.lowerBound * n + range.lowerBound, Int32(n), 0, &block, Int32(size))
            }
            let lower = CChar(UInt8(ascii: "L"))
            _ = LAPACKE_dpotrf_work(LAPACK_COL_MAJOR, lower, Int32(size), &block, Int32(size))
            _ = LAPACKE_dpotri_work(LAPACK_COL_MAJOR, lower, Int32(size), &block, Int32(size))
            for index in 0..<size { variances[range.lowerBound + index] = block[index * size + index] }
            held.append((range, block))
        }
        self.variances = variances
        self.groups = held
    }

    /// The predictions for `results`, whose weights K⁻¹ y are `weights`; zero outside all groups.
    func predictions(of results: [Double], weights: [Double]) -> [Double] {
        var predictions = [Double](repeating: 0, count: results.count)
        for (range, covariance) in groups {
            let size = range.count
            var change = [Double](repeating: 0, count: size)
            let part = Array(weights[range])
            cblas_dsymv(
                CblasColMajor, CblasLower, Int32(size), 1, covariance, Int32(size), part, 1, 0, &change, 1)
            for index in 0..<size {
                predictions[range.lowerBound + index] = results[range.lowerBound + index] - change[index]
            }
        }
        return predictions
    }
}
