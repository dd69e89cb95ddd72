import Testing
import TransferGraphCore

@Suite struct IntervalTests {
    /// scipy.stats.t.ppf(0.975, df) and, for 90 %, t.ppf(0.95, df).
    @Test(arguments: [
        (0.95, 1, 12.706204736174694), (0.95, 2, 4.302652729749462), (0.95, 3, 3.1824463052837078),
        (0.95, 7, 2.364624251592784), (0.95, 23, 2.0686576104190486), (0.95, 28, 2.0484071417952454),
        (0.95, 1000, 1.9623390808264083), (0.9, 1, 6.313751514675037), (0.9, 4, 2.1318467863266495),
    ])
    func quantilesOfTEqualScipys(level: Double, degreesOfFreedom: Int, expected: Double) {
        let value = StudentT.quantile(twoSided: level, degreesOfFreedom: degreesOfFreedom)
        #expect(abs(value / expected - 1) < 1e-11)
    }

    private let values = [0.021, -0.004, 0.013, 0.034, -0.011, 0.052, 0.007, 0.019]
    private let everywhere = -Double.infinity...(.infinity)

    /// scipy.stats.ttest_1samp(values, 0).confidence_interval(0.95), and of 0.9.
    @Test func theIntervalOfAMeanIsThatOfTheTTest() throws {
        for (level, lower, upper) in [
            (0.95, -0.000558662215563277, 0.03330866221556328), (0.9, 0.002807451533127491, 0.029942548466872505),
        ] {
            let interval = try #require(
                .ofMean(values, sharedVariance: 0, within: everywhere, level: level) as Interval?)
            #expect(abs(interval.lower - lower) < 1e-14 && abs(interval.upper - upper) < 1e-14)
        }
    }

    @Test func whatModelsAddWidensIt() throws {
        let narrow = try #require(.ofMean(values, sharedVariance: 0, within: everywhere, level: 0.95) as Interval?)
        let error = (narrow.upper - narrow.lower) / 2 / 2.364624251592784
        let wide = try #require(
            .ofMean(values, sharedVariance: 3 * error * error, within: everywhere, level: 0.95) as Interval?)
        #expect(abs((wide.upper - wide.lower) / (narrow.upper - narrow.lower) - 2) < 1e-12)
    }

    @Test func itStaysWithinWhatTheMeasureCanBe() throws {
        let interval = try #require(
            .ofMean([0.95, 0.2, 0.9], sharedVariance: 0, within: Measure.pearson.range, level: 0.95) as Interval?)
        #expect(interval.upper == 1 && interval.lower > -1)
    }

    @Test func oneValueAndEqualValuesHaveNone() {
        #expect(Interval.ofMean([0.5], sharedVariance: 0.1, within: everywhere, level: 0.95) == nil)
        #expect(Interval.ofMean([0.1 + 0.2, 0.3, 0.3], sharedVariance: 0.1, within: everywhere, level: 0.95) == nil)
        #expect(Interval.ofMean([0, 0, 0], sharedVariance: 0, within: everywhere, level: 0.95) == nil)
        #expect(Interval.ofMean([], sharedVariance: 0, within: everywhere, level: 0.95) == nil)
    }

    /// Made evaluations whose truth is a closed form. Of 300, 95 % ± 3 standard deviations is 91 to 99 %; intervals that are
    /// rather too wide reach 100 %.
    @Test(arguments: [
        (targets: 3, models: 40, shared: 0.5, seeds: 1), (targets: 8, models: 40, shared: 0.0, seeds: 1),
        (targets: 8, models: 40, shared: 0.8, seeds: 1), (targets: 8, models: 40, shared: 0.5, seeds: 3),
        (targets: 24, models: 40, shared: 0.8, seeds: 1),
    ])
    func theyHoldTheMeanOverAllDatasetsAsOftenAsTheyClaim(targets: Int, models: Int, shared: Double, seeds: Int) throws
    {
        let made = MadeOutcomes(sharedResults: shared, sharedErrors: shared)
        let measures: [Measure] = [.pearson, .spearman]
        let held = try Parallel.map(Array(0..<300), threads: 2) { number in
            var generator = SeededGenerator(seed: 11, purpose: .madeZoo, item: number)
            let outcomes = made.draw(targets: targets, models: models, seeds: seeds, from: &generator)
            let summary = try EvaluationSummary(
                [MethodOutcomes(method: "made", byTarget: outcomes)], resamples: 100, threads: 1)
            return try measures.map { measure in
                let interval = try #require(summary.methods[0][measure]?.interval)
                return interval.contains(try #require(MadeOutcomes.truth(of: measure)))
            }
        }
        for (place, measure) in measures.enumerated() {
            let share = Double(held.count { $0[place] }) / 300
            #expect(share >= 0.91, "\(measure.name): \(share)")
        }
    }
}
