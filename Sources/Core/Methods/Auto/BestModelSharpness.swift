import Foundation

/// How far samples of results are to lie from their means, as a share of the predictive deviations, for the best model to
/// come from where it came on the training datasets.
///
/// An interval has to hold failed runs, alike models err alike in ways that no covariance knows, and of hundreds of
/// independent draws the highest is far too high. The share is the posterior mean, of its logarithm, given which model was
/// the best of each training dataset; the prior is log-normal around ½.
package enum BestModelSharpness {
    package struct Candidate: Sendable {
        let mean: Double
        let deviation: Double
        let isBest: Bool

        package init(mean: Double, deviation: Double, isBest: Bool) {
            self.mean = mean
            self.deviation = deviation
            self.isBest = isBest
        }
    }

    private static let shares = [0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.55, 0.75, 1, 1.4]
    private static let prior = (median: 0.5, deviation: 1.0)
    /// More best models than these are ties, which tell nothing.
    private static let mostBest = 3
    /// Beside the best only those that reach highest are looked at.
    private static let candidateLimit = 40
    /// The chance that a best model comes from anywhere.
    private static let surprise = 0.02

    /// - Parameters:
    ///   - datasets: the models of each training dataset, predicted without it.
    ///   - shape: that of the errors.
    /// - Complexity: O(models log models) a dataset.
    package static func fitted(_ datasets: [[Candidate]], shape: TwoPieceNormal) -> Double {
        var logPosterior = shares.map { share in
            let away = log(share / prior.median) / prior.deviation
            return -away * away / 2
        }
        for models in datasets where models.count > 2 {
            let best = models.count(where: \.isBest)
            guard best > 0, best <= mostBest, models.contains(where: { $0.deviation > 0 }) else { continue }
            let reach = models.map { $0.mean + 2 * $0.deviation }
            let order = models.indices.sorted { (-reach[$0], $0) < (-reach[$1], $1) }
            let chosen = order.enumerated().filter { $0.offset < candidateLimit || models[$0.element].isBest }
                .map { models[$0.element] }
            for (index, share) in shares.enumerated() {
                let chance = chosen.indices.filter { chosen[$0].isBest }.reduce(0) {
                    $0 + chanceOfBest($1, of: chosen, share: share, shape: shape)
                }
                logPosterior[index] += log(surprise / Double(models.count) + (1 - surprise) * chance)
            }
        }
        let most = logPosterior.max() ?? 0
        let weights = logPosterior.map { exp($0 - most) }
        return exp(zip(weights, shares).reduce(0) { $0 + $1.0 * log($1.1) } / weights.reduce(0, +))
    }

    /// The chance that one of some independent results is the highest, by the rectangle rule over its normal draw.
    package static func chanceOfBest(
        _ model: Int, of models: [Candidate], share: Double, shape: TwoPieceNormal
    ) -> Double {
        var (sum, total) = (0.0, 0.0)
        for step in -14...14 {
            let draw = Double(step) / 4
            let density = exp(-draw * draw / 2)
            total += density
            let value = models[model].mean + share * models[model].deviation * shape.draw(draw)
            var product = density
            for (other, candidate) in models.enumerated() where other != model && product > 1e-12 {
                let scale = share * candidate.deviation
                guard scale > 0 else {
                    if candidate.mean > value { product = 0 }
                    continue
                }
                product *= 1 - shape.probability(above: (value - candidate.mean) / scale)
            }
            sum += product
        }
        return sum / total
    }
}
