import Testing
import TransferGraphCore

@Suite struct ResamplingTests {
    /// Targets on which `actual` is noise around each model's strength and the prediction is that strength, blurred.
    func outcomes(targets: Int, models: Int, blur: Double, seed: UInt64) -> [TargetOutcome] {
        var generator = SeededGenerator(seed: seed)
        let strength = (0..<models).map { _ in generator.normal() }
        return (0..<targets).map { target in
            var noise = SeededGenerator(seed: seed, purpose: .randomPrediction, item: target)
            let actual = strength.map { $0 + 0.3 * noise.normal() }
            let predicted = strength.map { $0 + blur * noise.normal() }
            return TargetOutcome(
                target: "t\(target)", models: Array(0..<models), predicted: predicted, actual: actual)
        }
    }

    @Test func theSameSeedGivesTheSameIntervalAndItHoldsTheMean() throws {
        let outcomes = outcomes(targets: 4, models: 60, blur: 0.5, seed: 1)
        let bootstrap = ModelBootstrap(resamples: 200, seed: 7)
        let interval = try #require(try bootstrap.interval(of: .pearson, over: outcomes))
        #expect(try bootstrap.interval(of: .pearson, over: outcomes) == interval)
        let mean = try #require(Measure.pearson.mean(over: outcomes).mean)
        #expect(interval.contains(mean))
        #expect(interval.upper - interval.lower > 0.005)
    }

    @Test func theIntervalOfACorrelationIsAsWideAsFishersTransformSays() throws {
        var generator = SeededGenerator(seed: 3)
        let count = 400
        let first = (0..<count).map { _ in generator.normal() }
        let second = first.map { 0.6 * $0 + 0.8 * generator.normal() }
        let outcome = TargetOutcome(target: "t", models: Array(0..<count), predicted: first, actual: second)
        let interval = try #require(
            try ModelBootstrap(resamples: 2000, seed: 1).interval(of: .pearson, over: [outcome]))
        let correlation = try #require(Measures.pearson(predicted: first, actual: second))
        let width = 2 * 1.96 * (1 - correlation * correlation) / Double(count - 3).squareRoot()
        #expect(abs((interval.upper - interval.lower) / width - 1) < 0.15)
    }

    @Test func aCorrelationOfTwoModelsHasNoInterval() throws {
        let two = TargetOutcome(target: "t", models: [0, 1], predicted: [1, 2], actual: [3, 5])
        let unknown = TargetOutcome(
            target: "u", models: [0, 1, 2], predicted: [1, 2, -.infinity], actual: [3, 5, 4])
        let bootstrap = ModelBootstrap(resamples: 100)
        for measure in [Measure.pearson, .spearman, .kendall, .weightedKendall] {
            #expect(abs((measure.mean(over: [two, unknown]).mean ?? 0) - 1) < 1e-12)
            #expect(try bootstrap.interval(of: measure, over: [two, unknown]) == nil)
            #expect(try PairedComparison(of: [two], with: [two], by: measure, bootstrap: bootstrap) == nil)
        }
        #expect(try bootstrap.interval(of: .regret(at: 1), over: [two]) != nil)
        let three = TargetOutcome(target: "v", models: [0, 1, 2], predicted: [1, 2, 3], actual: [3, 5, 4])
        #expect(try bootstrap.interval(of: .pearson, over: [two, three]) != nil)
    }

    @Test func intervalsCoverTheTruthAboutAsOftenAsTheyClaim() throws {
        // Pearson's correlation of a pair of normals with a known one, 150 data sets, 90 % intervals.
        var covered = 0
        for seed in 0..<150 {
            var generator = SeededGenerator(seed: UInt64(seed), purpose: .randomPrediction)
            let first = (0..<80).map { _ in generator.normal() }
            let second = first.map { 0.6 * $0 + 0.8 * generator.normal() }
            let outcome = TargetOutcome(target: "t", models: Array(0..<80), predicted: first, actual: second)
            let bootstrap = ModelBootstrap(resamples: 300, level: 0.9, seed: UInt64(seed))
            if try #require(try bootstrap.interval(of: .pearson, over: [outcome])).contains(0.6) { covered += 1 }
        }
        #expect(covered >= 122 && covered <= 147, "\(covered) of 150")
    }

    @Test func aClearlyBetterMethodIsDistinguishedAndAMethodIsNotFromItself() throws {
        let good = outcomes(targets: 8, models: 80, blur: 0.1, seed: 5)
        let bad = outcomes(targets: 8, models: 80, blur: 3, seed: 5)
        let bootstrap = ModelBootstrap(resamples: 200)
        let comparison = try #require(
            try PairedComparison(of: good, with: bad, by: .spearman, bootstrap: bootstrap))
        #expect(comparison.difference > 0 && comparison.interval.lower > 0)
        #expect(comparison.pValue == 2.0 / 256)
        #expect(comparison.isDistinguishable)

        let same = try #require(try PairedComparison(of: good, with: good, by: .spearman, bootstrap: bootstrap))
        #expect(same.difference == 0 && same.pValue == 1 && !same.isDistinguishable)
    }

    @Test func signFlipsAreCountedExactly() throws {
        // Of the eight sums ±1±2±3, all are at least 0 in size, two 6 and four 4.
        #expect(try PairedComparison.signFlipPValue([1, 2, -3]) == 1)
        #expect(try PairedComparison.signFlipPValue([1, 2, 3]) == 0.25)
        #expect(try PairedComparison.signFlipPValue([-1, 2, 3]) == 0.5)
        #expect(try PairedComparison.signFlipPValue([]) == 1)
        #expect(try PairedComparison.signFlipPValue([0.1, 0.2, 0.3]) == 0.25)
    }

    @Test func sampledSignFlipsAgreeWithTheNormalApproximation() throws {
        // 25 differences of 1 and 11 of -1: the sum 14 of 36 coin tosses; P(|S| >= 14) = 0.0288 exactly (binomial).
        let differences = [Double](repeating: 1, count: 25) + [Double](repeating: -1, count: 11)
        #expect(abs(try PairedComparison.signFlipPValue(differences) - 0.02882) < 0.002)
    }

    @Test func chanceDifferencesAreRarelyCalledReal() throws {
        var called = 0
        for seed in 0..<60 {
            let first = outcomes(targets: 7, models: 40, blur: 0.8, seed: UInt64(seed))
            // Another draw of the blur on the same results.
            var generator = SeededGenerator(seed: UInt64(seed), purpose: .randomPrediction)
            let second = first.map { outcome in
                let strength = (0..<40).map { model in
                    first.map { $0.actual[model] }.reduce(0, +) / 7 + 0.8 * generator.normal()
                }
                return TargetOutcome(
                    target: outcome.target, models: outcome.models, predicted: strength, actual: outcome.actual)
            }
            let bootstrap = ModelBootstrap(resamples: 100, seed: UInt64(seed))
            let comparison = try #require(
                try PairedComparison(of: first, with: second, by: .pearson, bootstrap: bootstrap))
            if comparison.isDistinguishable { called += 1 }
        }
        #expect(called <= 6, "\(called) of 60")
    }

    @Test func workThatIsStoppedThrows() {
        let outcomes = outcomes(targets: 2, models: 20, blur: 1, seed: 1)
        let stopped = Work(isCancelled: { true }, report: { _, _ in })
        #expect(throws: Cancelled.self) {
            try ModelBootstrap().interval(of: .kendall, over: outcomes, work: stopped)
        }
    }
}
