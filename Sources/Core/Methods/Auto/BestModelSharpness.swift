import Foundation

/// How far samples of results are to lie from their means, as shares of the predictive deviations, for the best model to
/// come from where it came on the training datasets.
///
/// An interval has to hold failed runs, alike models err alike in ways that no covariance knows, and of hundreds of
/// independent draws the highest is far too high. How much so differs between datasets: the shares have a distribution, a
/// mixture on a grid, whose weights are fitted to which model was the best of each training dataset (expectation
/// maximisation; the prior is log-normal around ½ and counts for five datasets).
package struct BestModelSharpness: Sendable {
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
    private static let prior = (median: 0.5, deviation: 1.0, datasets: 5.0)
    private static let iterations = 30
    /// More best models than these are ties, which tell nothing.
    private static let mostBest = 3
    /// Beside the best only those that reach highest are looked at.
    private static let candidateLimit = 40
    /// The chance that a best model comes from anywhere.
    private static let surprise = 0.02

    /// Of each share of the grid its probability.
    private let weights: [Double]

    /// - Parameters:
    ///   - datasets: the models of each training dataset, predicted without it.
    ///   - shape: that of the errors.
    /// - Complexity: O(models log models) a dataset.
    package init(_ datasets: [[Candidate]], shape: TwoPieceNormal) {
        let density = Self.shares.map { share in
            let away = log(share / Self.prior.median) / Self.prior.deviation
            return exp(-away * away / 2)
        }
        let total = density.reduce(0, +)
        let chances = datasets.compactMap { Self.chances($0, shape: shape) }
        var weights = density.map { $0 / total }
        let prior = weights.map { $0 * Self.prior.datasets }
        for _ in 0..<Self.iterations where !chances.isEmpty {
            var counts = prior
            for own in chances {
                let sum = zip(own, weights).reduce(0) { $0 + $1.0 * $1.1 }
                for index in counts.indices { counts[index] += own[index] * weights[index] / sum }
            }
            let size = counts.reduce(0, +)
            weights = counts.map { $0 / size }
        }
        self.weights = weights
    }

    /// The share of sample number `index`: as many samples of each as its probability says, spread evenly over the numbers
    /// (multiples of the golden ratio).
    package func share(ofSample index: Int) -> Double {
        var place = ((Double(index) + 0.5) * 0.6180339887498949).truncatingRemainder(dividingBy: 1)
        for (weight, share) in zip(weights, Self.shares) {
            if place < weight { return share }
            place -= weight
        }
        return Self.shares[Self.shares.count - 1]
    }

    /// By share, the chance of the model that was the best; `nil` where that tells nothing.
    private static func chances(_ models: [Candidate], shape: TwoPieceNormal) -> [Double]? {
        let best = models.count(where: \.isBest)
        guard models.count > 2, best > 0, best <= mostBest, models.contains(where: { $0.deviation > 0 }) else {
            return nil
        }
        let reach = models.map { $0.mean + 2 * $0.deviation }
        let order = models.indices.sorted { (-reach[$0], $0) < (-reach[$1], $1) }
        let chosen = order.enumerated().filter { $0.offset < candidateLimit || models[$0.element].isBest }
            .map { models[$0.element] }
        return shares.map { share in
            let chance = chosen.indices.filter { chosen[$0].isBest }.reduce(0) {
                $0 + chanceOfBest($1, of: chosen, share: share, shape: shape)
            }
            return surprise / Double(models.count) + (1 - surprise) * chance
        }
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
