import Testing
import TransferGraphCore

struct AutoIntervalTests {
    /// Ten datasets of forty models: the better half repeats itself closely, the other scatters widely.
    private static func zoo(seed: UInt64) throws -> Zoo {
        var generator = SeededGenerator(seed: seed)
        var lines = ["model,dataset,score"]
        for dataset in 0..<10 {
            for model in 0..<40 {
                let skill = Double(model) / 40
                let noise = model < 20 ? 0.2 : 0.01
                lines.append("m\(model),d\(dataset),\(skill + noise * generator.normal())")
            }
        }
        let directory = try TemporaryZoo(["records.csv": lines.joined(separator: "\n")])
        return try withExtendedLifetime(directory) { try Zoo.load(path: directory.path) }
    }

    @Test func intervalsAreAsWideAsErrorsAreAtTheModelsPlace() throws {
        var inside = [0.0, 0.0]
        var widths = [0.0, 0.0]
        let seeds: [UInt64] = [1, 2, 3]
        for seed in seeds {
            let zoo = try Self.zoo(seed: seed)
            let normalised = zoo.results.minMaxNormalised()
            for target in 0..<4 {
                let prediction = try Auto().predict(TargetWorkspace(zoo.holdingOut(target)))
                for position in normalised.column(target) {
                    let model = Int(normalised.models[position])
                    // Between the halves their errors mix.
                    guard model < 15 || model >= 25 else { continue }
                    let half = model < 15 ? 0 : 1
                    let interval = try #require(prediction.intervals?[model])
                    widths[half] += interval.upperBound - interval.lowerBound
                    if interval.contains(normalised.values[position]) { inside[half] += 1 }
                }
            }
        }
        let count = Double(seeds.count * 4 * 15)
        #expect(widths[0] > 2 * widths[1])
        for share in inside { #expect(share / count > 0.65 && share / count < 0.97, "\(inside)") }
    }

    /// Of some models alone the chances are those of the samples among them.
    @Test func chancesAmongSomeModelsEndAtOne() throws {
        let zoo = try Self.zoo(seed: 4)
        let prediction = try Auto().predict(TargetWorkspace(zoo.holdingOut(0)))
        let among = try #require(prediction.chanceOfBestAmong)
        #expect(among(prediction.ranking) == prediction.chanceOfBest)
        let some = among(Array(prediction.ranking.prefix(7)))
        #expect(some.count == 7)
        #expect(abs((some.last ?? 0) - 1) < 1e-12)
        #expect(zip(some, prediction.chanceOfBest ?? []).allSatisfy { $0 >= $1 - 1e-12 })
    }
}
