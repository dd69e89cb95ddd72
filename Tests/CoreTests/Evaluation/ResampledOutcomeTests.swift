import Testing
import TransferGraphCore

@Suite struct ResampledOutcomeTests {
    /// Values of few levels, some models unknown to the method, against the same models written out one by one.
    @Test(arguments: 0..<60)
    func aResampleIsMeasuredAsTheModelsItDrawsWrittenOut(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let count = 2 + generator.index(below: 40)
        let levels = 2 + generator.index(below: 30)
        let unknown = seed % 3 == 0 ? 0.2 : 0
        let outcome = TargetOutcome(
            target: "t", models: Array(0..<count),
            predicted: (0..<count).map { _ in
                generator.uniform() < unknown ? -.infinity : Double(generator.index(below: levels))
            }, actual: (0..<count).map { _ in Double(generator.index(below: levels)) / 7 })
        let resampled = ResampledOutcome(outcome)
        for _ in 0..<20 {
            var counts = [Int](repeating: 0, count: count)
            for _ in 0..<count { counts[generator.index(below: count)] += 1 }
            let positions = counts.indices.flatMap { [Int](repeating: $0, count: counts[$0]) }
            let values = resampled.values(of: Measure.all, counts: counts)
            for (measure, value) in zip(Measure.all, values) {
                let expected = measure.value(
                    predicted: positions.map { outcome.predicted[$0] }, actual: positions.map { outcome.actual[$0] })
                guard let expected, let value else {
                    #expect(value == nil && expected == nil, "\(measure.name): \(String(describing: value))")
                    continue
                }
                #expect(abs(value - expected) < 1e-12, "\(measure.name)")
            }
        }
        for measure in Measure.all {
            #expect(resampled.value(measure) == measure.value(of: outcome), "\(measure.name)")
        }
    }

    /// What the two-level interval adds is the mean covariance of two targets over the resamples, by its definition.
    @Test func theSharedVarianceIsTheMeanCovarianceOfTwoTargets() {
        var generator = SeededGenerator(seed: 4)
        let common = (0..<50).map { _ in generator.normal() }
        let targets = (0..<6).map { _ in common.map { $0 + generator.normal() } }
        var variation = ModelVariation(resamples: 50)
        for target in targets { variation.add(target) }
        func covariance(_ a: [Double], _ b: [Double]) -> Double {
            let (meanA, meanB) = (a.reduce(0, +) / 50, b.reduce(0, +) / 50)
            return zip(a, b).reduce(0) { $0 + ($1.0 - meanA) * ($1.1 - meanB) } / 49
        }
        var sum = 0.0
        for a in 0..<6 { for b in 0..<6 where a != b { sum += covariance(targets[a], targets[b]) } }
        #expect(abs(variation.sharedVariance - sum / 30) < 1e-12)
        // A target that is nowhere defined says nothing.
        variation.add([Double](repeating: .nan, count: 50))
        #expect(abs(variation.sharedVariance - sum / 30) < 1e-12)
    }
}
