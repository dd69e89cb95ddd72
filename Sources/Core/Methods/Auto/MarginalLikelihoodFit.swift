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

    /// - Parameter iterations: of the quasi-Newton search, each with one Cholesky factor of the covariance or a few.
    /// - Throws: ``Cancelled``.
    /// - Complexity: O(n³ iterations) for n results.
    func fitted(iterations: Int, work: Work) throws -> PairKernel.Variances {
        guard results.count > 1, iterations > 0 else { return prior }
        // No variance changes more than e²-fold in one iteration.
        let optimum = try LBFGS.minimise(
            from: prior.logarithms, memory: iterations, tolerance: 1e-3, iterations: iterations, longestStep: 2,
            work: work
        ) { try loss($0, work: work) }
        return PairKernel.Variances(logarithms: optimum.point)
    }

    /// The negative log posterior and its gradient with respect to the log variances; infinite where it is not defined
    /// (Rasmussen and Williams, equations 5.8 and 5.9).
    private func loss(_ logarithms: [Double], work: Work) throws(Cancelled) -> (Double, [Double]) {
        let n = results.count
        let variances = PairKernel.Variances(logarithms: logarithms)
        guard let factor = try kernel.factor(pairs, variances: variances, work: work) else {
            return (.infinity, logarithms)
        }
        let weights = factor.solved(results)
        var value = factor.logDeterminant / 2
        for index in 0..<n { value += 0.5 * results[index] * weights[index] }
        // K⁻¹ - αα', its half from the diagonal on, row by row.
        var slack = try factor.inverse(work: work).block(0..<n)
        for row in 0..<n {
            for column in row..<n { slack[row * n + column] -= weights[row] * weights[column] }
            slack[row * n + row] /= 2
        }
        try work.check()
        let sums = kernel.contracted(pairs, weights: slack)
        var gradient = PairKernel.Term.allCases.map { sums[$0] * variances[$0] }
        for (index, start) in prior.logarithms.enumerated() {
            let away = (logarithms[index] - start) / deviation
            value += 0.5 * away * away
            gradient[index] += away / deviation
        }
        return (value, gradient)
    }
}
