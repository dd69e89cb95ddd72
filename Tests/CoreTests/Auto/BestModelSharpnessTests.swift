import Foundation
import Testing
import TransferGraphCore

struct BestModelSharpnessTests {
    private let normal = TwoPieceNormal(above: 1, below: 1)

    /// P(A > B) = Φ((a - b) / √(σ² + τ²)).
    @Test(arguments: [(1.0, 0.0, 1.0, 1.0, 1.0), (0.2, 0.5, 0.3, 0.4, 1.0), (1.0, 0.0, 1.0, 2.0, 0.5)])
    func ofTwoTheChanceIsThatOfTheirDifference(a: Double, b: Double, s: Double, t: Double, share: Double) {
        let models: [BestModelSharpness.Candidate] = [
            .init(mean: a, deviation: s, isBest: true), .init(mean: b, deviation: t, isBest: false),
        ]
        let deviation: Double = share * (2 * (s * s + t * t)).squareRoot()
        let expected: Double = erfc((b - a) / deviation) / 2
        for (model, chance) in [(0, expected), (1, 1 - expected)] {
            let own = BestModelSharpness.chanceOfBest(model, of: models, share: share, shape: normal)
            #expect(abs(own - chance) < 2e-3)
        }
    }

    /// Two hundred datasets whose results lie a known share of the deviations from their predictions.
    @Test(arguments: [0.15, 0.4, 1.0]) func itFindsTheShareThatResultsWereDrawnWith(share: Double) {
        var generator = SeededGenerator(seed: 5)
        let datasets = (0..<200).map { _ -> [BestModelSharpness.Candidate] in
            let means = (0..<60).map { _ in generator.normal() }
            let results = means.map { $0 + share * generator.normal() }
            let best = results.max()
            return zip(means, results).map { .init(mean: $0, deviation: 1, isBest: $1 == best) }
        }
        let fitted = Self.medianShare(BestModelSharpness(datasets, shape: normal))
        #expect(fitted > share / 1.5 && fitted < share * 1.5, "\(fitted)")
    }

    /// Half of the datasets as predicted, half with results far off: samples are of both kinds.
    @Test func whereDatasetsDifferSharesDoToo() {
        var generator = SeededGenerator(seed: 6)
        let datasets = (0..<200).map { number -> [BestModelSharpness.Candidate] in
            let means = (0..<60).map { _ in generator.normal() }
            let share = number % 2 == 0 ? 0.05 : 1.0
            let results = means.map { $0 + share * generator.normal() }
            let best = results.max()
            return zip(means, results).map { .init(mean: $0, deviation: 1, isBest: $1 == best) }
        }
        let sharpness = BestModelSharpness(datasets, shape: normal)
        let shares = (0..<400).map { sharpness.share(ofSample: $0) }
        let sharp = shares.count { $0 <= 0.2 }
        #expect(sharp > 120 && sharp < 280, "\(sharp)")
    }

    @Test func withoutDatasetsItIsThePrior() {
        let median = Self.medianShare(BestModelSharpness([], shape: normal))
        // The grid is not even on the logarithmic scale.
        #expect(median == 0.4 || median == 0.55)
    }

    private static func medianShare(_ sharpness: BestModelSharpness) -> Double {
        (0..<400).map { sharpness.share(ofSample: $0) }.sorted()[200]
    }
}
