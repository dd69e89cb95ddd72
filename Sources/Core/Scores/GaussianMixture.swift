import Foundation
import Support

/// A mixture of Gaussians with full covariances, fitted by expectation–maximisation from a k-means start (McLachlan and
/// Peel, "Finite Mixture Models", 2000). The constants are scikit-learn's: 1e-6 on each variance, done when the mean log
/// likelihood grows by less than 1e-3, at most 100 rounds.
struct GaussianMixture: Sendable {
    private struct Component: Sendable {
        let logWeight: Double
        let mean: [Double]
        /// The factor of the covariance.
        let factor: CholeskyFactor
        let halfLogDeterminant: Double
    }

    static let leastVariance = 1e-6
    /// Rows are taken so many at a time, between which the work may be stopped.
    private static let blockHeight = 256

    /// The probability of each component for each row: rows × components.
    private(set) var responsibilities: Matrix

    /// - Precondition: `points` has as many rows as there are components, or more.
    init(_ points: Matrix, components: Int, seed: UInt64, threads: Int, work: Work) throws {
        let assignment = try KMeans.assign(points, clusters: components, seed: seed, threads: threads, work: work)
        responsibilities = Matrix(rows: points.rows, columns: components)
        for (row, cluster) in assignment.enumerated() { responsibilities[row, cluster] = 1 }
        var previous = -Double.infinity
        for _ in 0..<100 {
            let fitted = try Self.maximise(points, responsibilities, threads: threads, work: work)
            let (next, likelihood) = try Self.expect(points, fitted, threads: threads, work: work)
            responsibilities = next
            if abs(likelihood - previous) < 1e-3 { break }
            previous = likelihood
        }
    }

    private static func maximise(
        _ points: Matrix, _ responsibilities: Matrix, threads: Int, work: Work
    ) throws -> [Component] {
        let dimension = points.columns
        return try Parallel.map(Array(0..<responsibilities.columns), threads: threads, work: work) { index in
            var weight = 10 * Double.ulpOfOne
            var mean = [Double](repeating: 0, count: dimension)
            var members: [(row: Int, share: Double)] = []
            for row in 0..<points.rows {
                if row & 0xFFF == 0 { try work.check() }
                let share = responsibilities[row, index]
                weight += share
                // What is this small moves no mean by more than rounding.
                guard share > 1e-15 else { continue }
                members.append((row, share))
                for column in 0..<dimension { mean[column] += share * points[row, column] }
            }
            for column in 0..<dimension { mean[column] /= weight }
            var covariance = Matrix(rows: dimension, columns: dimension)
            for start in stride(from: 0, to: members.count, by: blockHeight) {
                try work.check()
                let block = members[start..<min(start + blockHeight, members.count)]
                var scaled = Matrix(rows: block.count, columns: dimension)
                for (position, member) in block.enumerated() {
                    let root = (member.share / weight).squareRoot()
                    for column in 0..<dimension {
                        scaled[position, column] = root * (points[member.row, column] - mean[column])
                    }
                }
                LinearAlgebra.gemm(
                    m: dimension, n: dimension, k: block.count, scaled.values, transposeA: true, scaled.values, beta: 1,
                    into: &covariance.values)
            }
            try work.check()
            for column in 0..<dimension { covariance[column, column] += leastVariance }
            guard let factor = CholeskyFactor(covariance) else {
                throw ScoreError.Cause.covariance
            }
            return Component(
                logWeight: log(weight / Double(points.rows)), mean: mean, factor: factor,
                halfLogDeterminant: factor.logDeterminant / 2)
        }
    }

    private static func expect(
        _ points: Matrix, _ components: [Component], threads: Int, work: Work
    ) throws -> (Matrix, meanLogLikelihood: Double) {
        let constant = Double(points.columns) / 2 * log(2 * Double.pi)
        let blocks = stride(from: 0, to: points.rows, by: blockHeight).map {
            $0..<min($0 + blockHeight, points.rows)
        }
        let logDensities = try Parallel.map(components, threads: threads, work: work) { component in
            var densities: [Double] = []
            densities.reserveCapacity(points.rows)
            for block in blocks {
                try work.check()
                var centred = Matrix(rows: block.count, columns: points.columns)
                for (position, row) in block.enumerated() {
                    for column in 0..<points.columns {
                        centred[position, column] = points[row, column] - component.mean[column]
                    }
                }
                let whitened = try component.factor.whitened(rows: centred, work: work)
                for position in 0..<block.count {
                    let squares = whitened.row(position).reduce(0) { $0 + $1 * $1 }
                    densities.append(component.logWeight - component.halfLogDeterminant - constant - squares / 2)
                }
            }
            return densities
        }
        var result = Matrix(rows: points.rows, columns: components.count)
        var sum = 0.0
        for row in 0..<points.rows {
            if row & 0xFF == 0 { try work.check() }
            var line = logDensities.map { $0[row] }
            sum += Softmax.apply(to: &line)
            for (index, value) in line.enumerated() { result[row, index] = value }
        }
        return (result, sum / Double(points.rows))
    }
}
