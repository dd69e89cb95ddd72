import Testing
import TransferGraphCore

@Suite struct SeededGeneratorTests {
    @Test func noTwoPurposesOrItemsShareAStream() {
        var first: Set<UInt64> = []
        var count = 0
        for seed in [0, 1, 42, UInt64.max] {
            for purpose in SeededGenerator.Purpose.allCases {
                for item in [0, 1, 2, 3, 1000, 1 << 40] {
                    var generator = SeededGenerator(seed: seed, purpose: purpose, item: item)
                    first.insert(generator.next())
                    count += 1
                }
            }
        }
        #expect(first.count == count)
    }

    /// Seeds, purposes and items that lie beside each other tell nothing of each other: correlations of 4,000 draws lie
    /// within four standard errors of 0.
    @Test func neighbouringStreamsAreUncorrelated() {
        func draws(_ seed: UInt64, _ purpose: SeededGenerator.Purpose, _ item: Int) -> [Double] {
            (0..<4000).map { number in
                var generator = SeededGenerator(seed: seed &+ UInt64(number) * 977, purpose: purpose, item: item)
                return generator.uniform() - 0.5
            }
        }
        let start = draws(7, .walk, 3)
        for other in [draws(8, .walk, 3), draws(7, .walkOrder, 3), draws(7, .walk, 4), draws(7, .walk, 2)] {
            let correlation = zip(start, other).reduce(0) { $0 + $1.0 * $1.1 } * 12 / 4000
            #expect(abs(correlation) < 4 / 4000.0.squareRoot(), "\(correlation)")
        }
    }

    /// With one stream for both, one of the results that were kept was always that of the model whose index the first random
    /// prediction names.
    @Test func whatIsKeptOfTheHistorySaysNothingOfTheRandomPredictions() throws {
        let count = 10
        let records = (0..<count).map { "m\($0),known,0.\($0 + 1)\nm\($0),target,0.\($0 + 1)" }
        let directory = try TemporaryZoo([
            "records.csv": "model,dataset,score\n" + records.joined(separator: "\n") + "\n"
        ])
        let zoo = try Zoo.load(path: directory.path)
        let target = try zoo.dataset(named: "target")
        let hits = try (0..<100 as Range<UInt64>).count { seed in
            var settings = MethodSettings()
            settings.seed = seed
            let kept = zoo.holdingOut(target).keepingHistory(ratio: 0.2, seed: seed)
            let models = kept.known.results.models.map(Int.init)
            #expect(models.count == 2)
            let random = try RandomMethod().predict(TargetWorkspace(kept, settings: settings))
            return models.contains(Int((random.values[0] ?? 0) * Double(count)))
        }
        // A fifth of the hundred is expected.
        #expect(hits < 38, "\(hits) of 100")
    }
}
