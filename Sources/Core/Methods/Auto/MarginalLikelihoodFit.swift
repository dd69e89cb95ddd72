import COpenBLAS
import Foundation
import Support

/// Fits the variances of a ``PairKernel``'s terms: the maximum of the marginal likelihood of the training results times a
/// log-normal prior on each variance (Rasmussen and Williams, "Gaussian Processes for Machine Learning", section 5.4.1).
struct MarginalLikelihoodFit {
    let kernel: PairKernel
    let pairs: PairKernel.Pairs
    let results: [Double]
    /// The medians of the prior.
    let prior: PairKernel.Variances
    /// The standard deviation of the prior, of the logarithms.
    let deviation: Double

    /// - Parameter iterations: of the quasi-Newton search (BFGS), each with one Cholesky factor of the covariance or a few.
    /// - Throws: ``Cancelled``.
    func fitted(iterations: Int, work: Work) throws(Cancelled) -> PairKernel.Variances {
        guard results.count > 1, iterations > 0 else { return prior }
        let start = prior.logarithms
        let dimension = start.count
        var place = start
        guard var (value, gradient) = try loss(place, start: start, work: work) else { return prior }
        var inverse = Self.identity(dimension, scale: 1 / max(1, Self.norm(gradient)))
        for step in 0..<iterations {
            var direction = (0..<dimension).map { row in
                -(0..<dimension).reduce(0) { $0 + inverse[row * dimension + $1] * gradient[$1] }
            }
            var slope = zip(direction, gradient).reduce(0) { $0 + $1.0 * $1.1 }
            if slope >= 0 {
                inverse = Self.identity(dimension, scale: 1 / max(1, Self.norm(gradient)))
                direction = gradient.map { -$0 / max(1, Self.norm(gradient)) }
                slope = zip(direction, gradient).reduce(0) { $0 + $1.0 * $1.1 }
            }
            if slope > -1e-6 { break }
            // No variance changes more than e²-fold in one step.
            let longest = direction.map { abs($0) }.max() ?? 0
            var length = min(1, 2 / longest)
            var next: (place: [Double], value: Double, gradient: [Double])?
            for _ in 0..<6 {
                let candidate = zip(place, direction).map { $0 + length * $1 }
                if let found = try loss(candidate, start: start, work: work),
                    found.value <= value + 1e-4 * length * slope
                {
                    next = (candidate, found.value, found.gradient)
                    break
                }
                length /= 2
            }
            guard let next else { break }
            let moved = zip(next.place, place).map { $0 - $1 }
            let turned = zip(next.gradient, gradient).map { $0 - $1 }
            Self.update(&inverse, moved: moved, turned: turned, isFirst: step == 0)
            (place, value, gradient) = (next.place, next.value, next.gradient)
        }
        return PairKernel.Variances(logarithms: place)
    }

    /// The negative log posterior and its gradient with respect to the log variances; `nil` where it is not defined.
    private func loss(
        _ place: [Double], start: [Double], work: Work
    ) throws(Cancelled) -> (value: Double, gradient: [Double])? {
        let n = results.count
        let variances = PairKernel.Variances(logarithms: place)
        let covariance = kernel.covariance(pairs, variances: variances)
        guard let cholesky = try Cholesky(covariance, count: n, work: work) else { return nil }
        let weights = cholesky.solved(results)
        var value = cholesky.halfLogDeterminant
        for index in 0..<n { value += 0.5 * results[index] * weights[index] }
        let factor = try cholesky.inverseFactor(work: work)
        var slack = [Double](repeating: 0, count: n * n)
        // K⁻¹ - αα', its half from the diagonal on, row by row.
        cblas_dsyrk(CblasColMajor, CblasLower, CblasTrans, Int32(n), Int32(n), 1, factor, Int32(n), 0, &slack, Int32(n))
        cblas_dsyr(CblasColMajor, CblasLower, Int32(n), -1, weights, 1, &slack, Int32(n))
        for index in 0..<n { slack[index * n + index] /= 2 }
        try work.check()
        let sums = slack.withUnsafeBufferPointer { buffer in
            buffer.baseAddress.map { kernel.contracted(pairs, weights: $0) } ?? PairKernel.Variances { _ in 0 }
        }
        var gradient = PairKernel.Term.allCases.map { sums[$0] * variances[$0] }
        for index in gradient.indices {
            let away = (place[index] - start[index]) / deviation
            value += 0.5 * away * away
            gradient[index] += away / deviation
        }
        return value.isFinite ? (value, gradient) : nil
    }

    private static func update(_ inverse: inout [Double], moved: [Double], turned: [Double], isFirst: Bool) {
        let n = moved.count
        let curvature = zip(moved, turned).reduce(0) { $0 + $1.0 * $1.1 }
        guard curvature > 1e-10 else { return }
        if isFirst {
            let squares = turned.reduce(0) { $0 + $1 * $1 }
            inverse = identity(n, scale: curvature / squares)
        }
        let turnedThrough = (0..<n).map { row in (0..<n).reduce(0) { $0 + inverse[row * n + $1] * turned[$1] } }
        let bend = zip(turned, turnedThrough).reduce(0) { $0 + $1.0 * $1.1 }
        for row in 0..<n {
            for column in 0..<n {
                inverse[row * n + column] +=
                    (1 + bend / curvature) * moved[row] * moved[column] / curvature
                    - (turnedThrough[row] * moved[column] + moved[row] * turnedThrough[column]) / curvature
            }
        }
    }

    private static func identity(_ n: Int, scale: Double) -> [Double] {
        var matrix = [Double](repeating: 0, count: n * n)
        for index in 0..<n { matrix[index * n + index] = scale }
        return matrix
    }

    private static func norm(_ vector: [Double]) -> Double { vector.reduce(0) { $0 + $1 * $1 }.squareRoot() }
}
