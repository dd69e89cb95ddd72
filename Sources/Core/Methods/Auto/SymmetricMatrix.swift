import COpenBLAS
import Foundation

/// Operations on full symmetric matrices.
enum SymmetricMatrix {
    /// The nearest positive semidefinite matrix with the same diagonal or a little more: negative eigenvalues are set
    /// to zero. Distances between datasets need not come from points in any space, so their Gaussians may have some.
    ///
    /// - Complexity: O(n³).
    static func madePositive(_ matrix: [Double], count: Int) -> [Double] {
        guard count > 1 else { return matrix }
        NumericThreads.useOne()
        var vectors = matrix
        var values = [Double](repeating: 0, count: count)
        let status = LAPACKE_dsyev(
            LAPACK_COL_MAJOR, CChar(UInt8(ascii: "V")), CChar(UInt8(ascii: "L")), Int32(count), &vectors,
            Int32(count), &values)
        guard status == 0, let least = values.first, least < -1e-10 else { return matrix }
        var result = [Double](repeating: 0, count: count * count)
        for index in 0..<count where values[index] > 0 {
            for a in 0..<count {
                let scaled = values[index] * vectors[index * count + a]
                for b in 0...a { result[a * count + b] += scaled * vectors[index * count + b] }
            }
        }
        for a in 0..<count {
            for b in 0..<a { result[b * count + a] = result[a * count + b] }
        }
        return result
    }
}
