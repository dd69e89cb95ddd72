import Foundation
import Support

/// Fits the variances of the covariance's terms: the maximum of the marginal likelihood of the results of some models on
/// some datasets, times a log-normal prior on each variance (Rasmussen and Williams, "Gaussian Processes for Machine
/// Learning", section 5.4.1).
///
/// A source that says nothing of the results at hand is drawn towards zero, and costs nothing then.
package struct MarginalLikelihoodFit {
    package let terms: [CovarianceTerm]
    let kernels: [CovarianceTerm.DatasetPart: Matrix]
    let models: ModelKernels
    let pairs: PairFeatures
    let training: TrainingResults
    /// Results in units of their standard deviation, a case each.
    let results: [Double]
    /// The models whose cases enter.
    let chosen: [Int]
    /// The standard deviation of the prior, of the logarithms.
    let deviation: Double

    /// The terms' variances and that of the noise.
    ///
    /// - Parameter iterations: of the quasi-Newton search.
    /// - Throws: `Cancelled`.
    /// - Complexity: O(iterations · n r²) for n cases and r columns of features.
    func fitted(iterations: Int, work: Work) throws -> (variances: [Double], noise: Double) {
        let prior = (terms.map(\.prior) + [CovarianceTerm.noisePrior]).map { log($0) }
        guard results.count > 1, iterations > 0 else { return (terms.map(\.prior), CovarianceTerm.noisePrior) }
        // No variance changes more than e²-fold in one iteration.
        let optimum = try LBFGS.minimise(
            from: prior, memory: iterations, tolerance: 1e-3, iterations: iterations, longestStep: 2, work: work
        ) { try loss($0, prior: prior, work: work) }
        let variances = optimum.point.map { exp($0) }
        return (Array(variances.dropLast()), variances[variances.count - 1])
    }

    /// The negative log posterior and its gradient with respect to the log variances, the noise's last; infinite where it
    /// is not defined (Rasmussen and Williams, equations 5.8 and 5.9).
    package func loss(_ logarithms: [Double], prior: [Double], work: Work) throws -> (Double, [Double]) {
        let noise = exp(logarithms[terms.count])
        let covariance = try PairCovariance(
            terms: terms, variances: logarithms.prefix(terms.count).map { exp($0) }, noise: noise, models: models,
            pairs: pairs, kernels: kernels, aggregated: 0,
            loadingLimit: nil, ownRank: 0)
        guard
            let factor = try? GaussianProcess.factor(
                covariance, training, models: chosen, work: work)
        else {
            try work.check()
            return (.infinity, logarithms)
        }
        let positions = chosen.flatMap { training.cases(of: $0) }
        let own = positions.map { results[$0] }
        let alpha = factor.solved(own)
        var value = factor.logDeterminant / 2
        for (result, weight) in zip(own, alpha) { value += 0.5 * result * weight }
        var gradient = self.gradient(covariance, factor, alpha: alpha, positions: positions)
        for index in gradient.indices {
            gradient[index] *= exp(logarithms[index])
            let away = (logarithms[index] - prior[index]) / deviation
            value += 0.5 * away * away
            gradient[index] += away / deviation
        }
        return (value, gradient)
    }

    /// By term, half the sum over all pairs of cases of (K⁻¹ - αα') times the term's covariance at variance 1.
    ///
    /// As a term is a kernel of models times one of groups, the pairs are first summed by their groups.
    private func gradient(
        _ covariance: PairCovariance, _ factor: BlockLowRankFactor, alpha: [Double], positions: [Int]
    ) -> [Double] {
        let groups = covariance.groupCount
        let rank = factor.rank
        // Between the cases of one model: all of it, and what the features of a part leave out.
        var same = Matrix(rows: groups, columns: groups)
        let rests = covariance.parts.map { models.kernel($0.model)?.residuals }
        var byPart = covariance.parts.map { _ in Matrix(rows: groups, columns: groups) }
        var noise = 0.0
        let whitened = factor.whitened.values
        for (block, model) in chosen.enumerated() {
            let first = factor.offsets[block]
            let size = factor.offsets[block + 1] - first
            let squares = covariance.squares(of: model)
            for a in 0..<size {
                for b in 0..<size {
                    let direct = factor.blockInverse(block, a, b)
                    var low = 0.0
                    for index in 0..<rank {
                        low += whitened[(first + a) * rank + index] * whitened[(first + b) * rank + index]
                    }
                    let slack = (direct - low - alpha[first + a] * alpha[first + b]) / 2
                    let (left, right) = (positions[first + a], positions[first + b])
                    let place = Int(training.groups[left]) * groups + Int(training.groups[right])
                    same.values[place] += slack
                    if a == b { noise += slack / training.resultCounts[left] }
                    for (index, part) in covariance.parts.enumerated() {
                        var product = squares[index]
                        if part.isOfPairs {
                            for score in 0..<part.width {
                                product +=
                                    covariance.feature(part, score, model: model, case: left)
                                    * covariance.feature(part, score, model: model, case: right)
                            }
                        }
                        byPart[index].values[place] += direct * product / 2 + slack * (rests[index]?[model] ?? 0)
                    }
                }
            }
        }
        for (index, part) in covariance.parts.enumerated() {
            // By group, the sum over its cases of features times (A, α).
            var sums = Matrix(rows: groups, columns: part.width * (rank + 1))
            for (block, model) in chosen.enumerated() {
                for row in factor.offsets[block]..<factor.offsets[block + 1] {
                    let position = positions[row]
                    let start = Int(training.groups[position]) * part.width * (rank + 1)
                    for feature in 0..<part.width {
                        let value = covariance.feature(part, feature, model: model, case: position)
                        let place = start + feature * (rank + 1)
                        for column in 0..<rank { sums.values[place + column] += value * whitened[row * rank + column] }
                        sums.values[place + rank] += value * alpha[row]
                    }
                }
            }
            let products = LinearAlgebra.gram(sums, ofRows: true)
            for place in products.values.indices { byPart[index].values[place] -= products.values[place] / 2 }
        }
        return terms.map { term in
            let kernel = kernels[term.dataset] ?? same
            func sum(_ matrix: Matrix) -> Double { zip(matrix.values, kernel.values).reduce(0) { $0 + $1.0 * $1.1 } }
            if term.model == .identity { return sum(same) }
            guard let index = covariance.parts.firstIndex(where: { $0.model == term.model }) else { return 0 }
            return sum(byPart[index])
        } + [noise]
    }
}
