import Testing
import TransferGraphCore

@Suite struct EvaluationSummaryTests {
    /// Two methods on the same results, the second with its own draws of errors.
    private func methods(targets: Int = 6, models: Int = 30, seeds: Int = 3, seed: UInt64 = 1) -> [MethodOutcomes] {
        let made = MadeOutcomes(sharedResults: 0.5, sharedErrors: 0.5)
        return ["history", "other"].enumerated().map { place, name in
            var generator = SeededGenerator(seed: seed, purpose: .madeZoo, item: Int(place))
            return MethodOutcomes(
                method: name, byTarget: made.draw(targets: targets, models: models, seeds: seeds, from: &generator))
        }
    }

    private func only(_ seed: Int, of methods: [MethodOutcomes]) -> [MethodOutcomes] {
        methods.map { MethodOutcomes(method: $0.method, byTarget: $0.byTarget.map { [$0[seed]] }) }
    }

    @Test func everyFigureOfSeveralSeedsIsOfAllOfThem() throws {
        let methods = methods()
        let together = try #require(try EvaluationSummary(methods)["other"])
        let alone = try (0..<3).map { try #require(try EvaluationSummary(only($0, of: methods))["other"]) }
        for measure in Measure.standard {
            let figure = try #require(together[measure])
            let figures = try alone.map { try #require($0[measure]) }
            for target in 0..<6 {
                let mean = try figures.reduce(0.0) { $0 + (try #require($1.values[target])) } / 3
                #expect(abs(try #require(figure.values[target]) - mean) < 1e-12)
            }
            #expect(figure.seedMeans == figures.map(\.mean))
            let mean = try #require(figure.mean)
            // The interval is around the mean that is shown, and so is the one over models.
            let interval = try #require(figure.interval)
            let isInside = interval.lower > measure.range.lowerBound && interval.upper < measure.range.upperBound
            #expect(!isInside || abs((interval.lower + interval.upper) / 2 - mean) < 1e-12, "\(measure.name)")
            #expect(interval.contains(mean))
            let comparison = try #require(together.comparisons[measure])
            let differences = try alone.map { try #require($0.comparisons[measure]).difference }
            #expect(abs(comparison.difference - differences.reduce(0, +) / 3) < 1e-12)
        }
    }

    /// Seeds that change nothing change no figure, and their order does not matter.
    @Test func theSameSeedThreeTimesIsOneSeed() throws {
        let once = only(0, of: methods())
        let thrice = once.map { method in
            MethodOutcomes(method: method.method, byTarget: method.byTarget.map { $0 + $0 + $0 })
        }
        let (one, three) = (try EvaluationSummary(once), try EvaluationSummary(thrice))
        for (first, second) in zip(one.methods, three.methods) {
            for measure in Measure.standard {
                let (a, b) = (try #require(first[measure]), try #require(second[measure]))
                #expect(
                    close(a.mean, b.mean) && close(a.interval, b.interval) && close(a.modelInterval, b.modelInterval))
                #expect(close(first.comparisons[measure]?.interval, second.comparisons[measure]?.interval))
                #expect(first.comparisons[measure]?.pValue == second.comparisons[measure]?.pValue)
                #expect(a.seedDeviation == nil && (b.seedDeviation ?? 1) < 1e-12)
            }
        }
    }

    @Test func seedsOfNoiseWidenNothingButAreAveraged() throws {
        // With more seeds the mean moves less from one set of seeds to another: 40 evaluations of 1 and of 10 seeds.
        func spread(_ seeds: Int) throws -> Double {
            let means = try (0..<40).map { number -> Double in
                var generator = SeededGenerator(seed: UInt64(number))
                let byTarget = (0..<3).map { target in
                    let actual = (0..<20).map { Double($0) }
                    return (0..<seeds).map { _ in
                        TargetOutcome(
                            target: "\(target)", models: Array(0..<20),
                            predicted: actual.map { $0 + 15 * generator.normal() }, actual: actual)
                    }
                }
                let summary = try EvaluationSummary(
                    [MethodOutcomes(method: "m", byTarget: byTarget)], resamples: 2, threads: 1)
                return try #require(summary["m"]?[.pearson]?.mean)
            }
            let mean = means.reduce(0, +) / 40
            return (means.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 39).squareRoot()
        }
        let ratio = try spread(1) / spread(10)
        #expect((2...5).contains(ratio), "√10 is expected, found \(ratio)")
    }

    @Test func theSummaryIsTheSameOnAnyNumberOfThreads() throws {
        let methods = methods(targets: 20, models: 12)
        let (one, four) = (try EvaluationSummary(methods, threads: 1), try EvaluationSummary(methods, threads: 4))
        for (first, second) in zip(one.methods, four.methods) {
            #expect(first.comparisons == second.comparisons)
            for measure in Measure.all {
                let (a, b) = (try #require(first[measure]), try #require(second[measure]))
                #expect(a.values == b.values && a.interval == b.interval && a.modelInterval == b.modelInterval)
            }
        }
    }

    @Test func ofOneTargetThereIsNoIntervalOverDatasets() throws {
        let summary = try #require(try EvaluationSummary(methods(targets: 1))["other"])
        #expect(summary[.pearson]?.interval == nil && summary[.pearson]?.modelInterval != nil)
        let comparison = try #require(summary.comparisons[.pearson])
        #expect(comparison.interval == nil && comparison.pValue == 1 && !comparison.isDistinguishable)
    }

    /// The width of Fisher's transform: 2 · 1.96 · (1 - r²)/√n for the correlation r of n pairs.
    @Test func theIntervalOverModelsIsAsWideAsFishersTransformSays() throws {
        var generator = SeededGenerator(seed: 3)
        let first = (0..<400).map { _ in generator.normal() }
        let second = first.map { 0.6 * $0 + 0.8 * generator.normal() }
        let outcome = TargetOutcome(target: "t", models: Array(0..<400), predicted: first, actual: second)
        let summary = try EvaluationSummary([MethodOutcomes(method: "m", byTarget: [[outcome]])])
        let figure = try #require(summary["m"]?[.pearson])
        let (interval, mean) = (try #require(figure.modelInterval), try #require(figure.mean))
        let width = 2 * 1.96 * (1 - mean * mean) / Double(397).squareRoot()
        #expect(abs((interval.upper - interval.lower) / width - 1) < 0.15)
    }

    @Test func aCorrelationOfTwoModelsHasNoIntervalOverModels() throws {
        let two = TargetOutcome(target: "t", models: [0, 1], predicted: [1, 2], actual: [3, 5])
        let unknown = TargetOutcome(
            target: "u", models: [0, 1, 2], predicted: [1, 2, -.infinity], actual: [3, 5, 4])
        let summary = try EvaluationSummary([MethodOutcomes(method: "m", byTarget: [[two], [unknown]])])
        for measure in [Measure.pearson, .spearman, .kendall, .weightedKendall] {
            let figure = try #require(summary["m"]?[measure])
            #expect(abs((figure.mean ?? 0) - 1) < 1e-12)
            #expect(figure.interval == nil && figure.modelInterval == nil)
        }
        #expect(summary["m"]?[.regret(at: 1)]?.modelInterval != nil)
        #expect(summary["m"]?.predictedCounts == [2, 2] && summary["m"]?.modelCounts == [2, 3])
    }

    @Test func aTargetWhereAMeasureIsUndefinedIsLeftOutOfItsMean() throws {
        let flat = TargetOutcome(target: "f", models: [0, 1, 2], predicted: [1, 1, 1], actual: [3, 5, 4])
        let methods = methods(targets: 3).map { method in
            MethodOutcomes(method: method.method, byTarget: method.byTarget + [[flat, flat, flat]])
        }
        // As many resamples for both: the number depends on the number of targets.
        let summary = try EvaluationSummary(methods, resamples: 500)
        let whole = try EvaluationSummary(self.methods(targets: 3), resamples: 500)
        let (with, without) = (try #require(summary["other"]), try #require(whole["other"]))
        #expect(with[.pearson]?.values.last == .some(nil))
        #expect(with[.pearson]?.mean == without[.pearson]?.mean)
        #expect(with[.pearson]?.interval == without[.pearson]?.interval)
        #expect(with.comparisons[.pearson]?.won == without.comparisons[.pearson]?.won)
    }

    @Test func wonTiedAndLostAreInTheMeasuresBetterDirection() throws {
        // Better on the first target, worse on the second, the same on the third and fourth.
        let actual = [0.1, 0.5, 0.9]
        func outcome(_ target: Int, best: Int) -> [TargetOutcome] {
            let predicted = (0..<3).map { $0 == best ? 1 : Double($0) / 10 }
            return [TargetOutcome(target: "\(target)", models: [0, 1, 2], predicted: predicted, actual: actual)]
        }
        let base = [1, 2, 2, 0].enumerated().map { outcome($0, best: $1) }
        let other = [2, 0, 2, 0].enumerated().map { outcome($0, best: $1) }
        let summary = try EvaluationSummary(
            [MethodOutcomes(method: "history", byTarget: base), MethodOutcomes(method: "m", byTarget: other)])
        let comparison = try #require(summary["m"]?.comparisons[.regret(at: 1)])
        #expect([comparison.won, comparison.tied, comparison.lost] == [1, 2, 1])
        #expect(comparison.differences.map { $0 ?? .nan } == [0 - 0.4, 0.8, 0, 0])
        #expect(summary["history"]?.comparisons.isEmpty == true)
    }

    @Test func aClearlyBetterMethodIsToldFromNoiseAndAMethodIsNotFromItself() throws {
        var generator = SeededGenerator(seed: 5)
        func method(_ name: String, blur: Double) -> MethodOutcomes {
            MethodOutcomes(
                method: name,
                byTarget: (0..<8).map { target in
                    let actual = (0..<60).map { Double($0) }
                    return [
                        TargetOutcome(
                            target: "\(target)", models: Array(0..<60),
                            predicted: actual.map { $0 + blur * generator.normal() }, actual: actual)
                    ]
                })
        }
        let bad = method("history", blur: 60)
        let summary = try EvaluationSummary(
            [bad, method("good", blur: 5), MethodOutcomes(method: "same", byTarget: bad.byTarget)])
        let good = try #require(summary["good"]?.comparisons[.spearman])
        #expect(good.won == 8 && good.pValue == 2.0 / 256 && good.adjustedPValue == 2.0 / 256)
        #expect(good.isDistinguishable && (good.interval?.lower ?? -1) > 0)
        let same = try #require(summary["same"]?.comparisons[.spearman])
        #expect(same.difference == 0 && same.tied == 8 && same.pValue == 1 && !same.isDistinguishable)
    }

    /// Two methods alike in everything but their draws, 200 pairs: at a level of 0.05, at most 21 are told apart with a
    /// chance of 99.9 %.
    @Test func differencesThatAreChanceAreRarelyTakenForReal() throws {
        let told = try Parallel.map(Array(0..<200), threads: 2) { number in
            try EvaluationSummary(
                methods(targets: 7, models: 30, seeds: 1, seed: UInt64(1000 + number)), resamples: 50, threads: 1)[
                    "other"]?.comparisons[.pearson]?.isDistinguishable == true
        }.count { $0 }
        #expect(told <= 21, "\(told) of 200")
    }

    @Test func workThatIsStoppedThrows() {
        let stopped = Work(isCancelled: { true }, report: { _, _ in })
        #expect(throws: Cancelled.self) { try EvaluationSummary(methods(), work: stopped) }
    }

    private func close(_ a: Double?, _ b: Double?) -> Bool {
        guard let a, let b else { return a == nil && b == nil }
        return abs(a - b) < 1e-12
    }
    private func close(_ a: Interval?, _ b: Interval?) -> Bool {
        close(a?.lower, b?.lower) && close(a?.upper, b?.upper)
    }
}
