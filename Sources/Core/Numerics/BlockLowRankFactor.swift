import COpenBLAS
import Foundation
import Support

/// A covariance that is block diagonal plus low rank, K = S + Φ Φᵀ, factored in time linear in its size (Woodbury's
/// identity; Rasmussen and Williams, "Gaussian Processes for Machine Learning", appendix A.3).
///
/// With C = 1 + Φᵀ S⁻¹ Φ: K⁻¹ = S⁻¹ - S⁻¹ Φ C⁻¹ Φᵀ S⁻¹, and det K = det S · det C. As a prior, Φ w with w ~ N(0, 1) has
/// the posterior covariance C⁻¹.
package struct BlockLowRankFactor: Sendable {
    /// The size of K, and the number of Φ's columns.
    package let count: Int
    package let rank: Int
    /// Block b is rows and columns `offsets[b]..<offsets[b + 1]`.
    package let offsets: [Int]
    /// C's factor.
    package let small: CholeskyFactor
    /// S⁻¹, block by block, row by row, from `blockStarts[b]` on.
    private let inverses: [Double]
    private let blockStarts: [Int]
    /// S⁻¹ Φ L⁻ᵀ, where C = L Lᵀ: K⁻¹ = S⁻¹ - A Aᵀ for these rows A.
    package let whitened: Matrix
    package let logDeterminant: Double

    /// - Parameters:
    ///   - offsets: where blocks begin, ascending from 0; the last is the size.
    ///   - features: Φ, a row for each row of K.
    ///   - fill: writes block b, row by row, into a buffer of its size.
    /// - Returns: `nil` where a block or C is not positive definite.
    /// - Throws: `Cancelled`.
    /// - Complexity: O(n r² + r³) for size n and rank r, and O(Σ b³) for blocks of size b.
    package init?(
        offsets: [Int], features: Matrix, work: Work, fill: (Int, UnsafeMutablePointer<Double>) -> Void
    ) throws(Cancelled) {
        NumericThreads.useOne()
        let count = features.rows
        let rank = features.columns
        var starts = [0]
        for block in 0..<max(0, offsets.count - 1) {
            let size = offsets[block + 1] - offsets[block]
            starts.append(starts[block] + size * size)
        }
        var roots = [Double](repeating: 0, count: starts[starts.count - 1])
        var rows = features
        var logDeterminant = 0.0
        for block in 0..<offsets.count - 1 where offsets[block + 1] > offsets[block] {
            if block % 256 == 0 { try work.check() }
            let size = offsets[block + 1] - offsets[block]
            let isFactored = roots.withUnsafeMutableBufferPointer { roots -> Bool in
                guard let base = roots.baseAddress else { return false }
                let root = base + starts[block]
                fill(block, root)
                guard let logarithm = SmallCholesky.invertRoot(root, count: size) else { return false }
                logDeterminant += logarithm
                rows.values.withUnsafeMutableBufferPointer { rows in
                    guard let row = rows.baseAddress, rank > 0 else { return }
                    cblas_dtrmm(
                        CblasRowMajor, CblasLeft, CblasLower, CblasNoTrans, CblasNonUnit, Int32(size), Int32(rank), 1,
                        root, Int32(size), row + offsets[block] * rank, Int32(rank))
                }
                return true
            }
            guard isFactored else { return nil }
        }
        try work.check()
        var inner = LinearAlgebra.gram(rows)
        for index in 0..<rank { inner[index, index] += 1 }
        guard let small = try CholeskyFactor(inner.values, count: rank, work: work) else { return nil }
        for block in 0..<offsets.count - 1 where offsets[block + 1] > offsets[block] {
            let size = offsets[block + 1] - offsets[block]
            roots.withUnsafeMutableBufferPointer { roots in
                guard let base = roots.baseAddress else { return }
                let root = base + starts[block]
                rows.values.withUnsafeMutableBufferPointer { rows in
                    guard let row = rows.baseAddress, rank > 0 else { return }
                    cblas_dtrmm(
                        CblasRowMajor, CblasLeft, CblasLower, CblasTrans, CblasNonUnit, Int32(size), Int32(rank), 1,
                        root, Int32(size), row + offsets[block] * rank, Int32(rank))
                }
                SmallCholesky.square(root, count: size)
            }
        }
        self.count = count
        self.rank = rank
        self.offsets = offsets
        self.small = small
        inverses = roots
        blockStarts = starts
        whitened = try small.whitened(rows: rows, work: work)
        self.logDeterminant = logDeterminant + small.logDeterminant
    }

    /// S⁻¹ between two rows of one block, by their places in it.
    @inline(__always)
    package func blockInverse(_ block: Int, _ row: Int, _ column: Int) -> Double {
        let size = offsets[block + 1] - offsets[block]
        return inverses[blockStarts[block] + row * size + column]
    }

    /// The diagonal of S⁻¹.
    package var blockDiagonal: [Double] {
        var result: [Double] = []
        result.reserveCapacity(count)
        for block in 0..<offsets.count - 1 {
            for row in 0..<offsets[block + 1] - offsets[block] { result.append(blockInverse(block, row, row)) }
        }
        return result
    }

    /// K⁻¹ y.
    ///
    /// - Complexity: O(n r + Σ b²).
    package func solved(_ y: [Double]) -> [Double] {
        precondition(y.count == count, "shapes fit")
        var result = blockSolved(y)
        let inner = LinearAlgebra.product(whitened, transposed: true, y)
        let change = LinearAlgebra.product(whitened, inner)
        for index in result.indices { result[index] -= change[index] }
        return result
    }

    /// The posterior mean of w, C⁻¹ Φᵀ S⁻¹ y.
    ///
    /// - Complexity: O(n r + r²).
    package func weights(_ y: [Double]) -> [Double] {
        // Φᵀ S⁻¹ y = L Aᵀ y.
        small.backSubstituted(LinearAlgebra.product(whitened, transposed: true, y))
    }

    /// K⁻¹ k for k = Φ φ + s: what each of y's numbers weighs in a prediction whose covariance with them is k.
    ///
    /// - Complexity: O(n r + r² + Σ b²).
    package func equivalentKernel(features: [Double], shared: [Double]) -> [Double] {
        // K⁻¹ Φ = A L⁻¹.
        var inner = small.forwardSubstituted(features)
        for (index, value) in LinearAlgebra.product(whitened, transposed: true, shared).enumerated() {
            inner[index] -= value
        }
        let change = LinearAlgebra.product(whitened, inner)
        return zip(blockSolved(shared), change).map { $0 + $1 }
    }

    /// S⁻¹ y.
    private func blockSolved(_ y: [Double]) -> [Double] {
        var result = [Double](repeating: 0, count: count)
        for block in 0..<offsets.count - 1 {
            let (first, size) = (offsets[block], offsets[block + 1] - offsets[block])
            for row in 0..<size {
                var sum = 0.0
                for column in 0..<size {
                    sum += inverses[blockStarts[block] + row * size + column] * y[first + column]
                }
                result[first + row] = sum
            }
        }
        return result
    }
}

/// Cholesky factors of matrices of a few rows, in place and row by row.
package enum SmallCholesky {
    /// Replaces a symmetric matrix A = L Lᵀ by L⁻¹, zeros above the diagonal.
    ///
    /// - Returns: log det A; `nil` where A is not positive definite.
    package static func invertRoot(_ a: UnsafeMutablePointer<Double>, count n: Int) -> Double? {
        var logDeterminant = 0.0
        for row in 0..<n {
            for column in 0...row {
                var sum = a[row * n + column]
                for k in 0..<column { sum -= a[row * n + k] * a[column * n + k] }
                if row == column {
                    guard sum > 0, sum.isFinite else { return nil }
                    a[row * n + row] = sum.squareRoot()
                    logDeterminant += log(sum)
                } else {
                    a[row * n + column] = sum / a[column * n + column]
                }
            }
        }
        for column in 0..<n {
            a[column * n + column] = 1 / a[column * n + column]
            for row in column + 1..<max(n, column + 1) {
                var sum = 0.0
                for k in column..<row { sum -= a[row * n + k] * a[k * n + column] }
                a[row * n + column] = sum / a[row * n + row]
            }
        }
        for row in 0..<n { for column in row + 1..<max(n, row + 1) { a[row * n + column] = 0 } }
        return logDeterminant
    }

    /// Replaces L⁻¹ by L⁻ᵀ L⁻¹ = A⁻¹.
    package static func square(_ a: UnsafeMutablePointer<Double>, count n: Int) {
        for row in 0..<n {
            for column in 0...row {
                // Entries at and below `row` of both columns are still those of L⁻¹.
                var sum = 0.0
                for k in row..<n { sum += a[k * n + row] * a[k * n + column] }
                a[row * n + column] = sum
            }
        }
        for row in 0..<n { for column in 0..<row { a[column * n + row] = a[row * n + column] } }
    }
}
