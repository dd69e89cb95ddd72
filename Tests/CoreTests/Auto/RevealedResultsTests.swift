import Foundation
import Testing
import TransferGraphCore

/// Predictions for a target of which some results are known already.
@Suite struct RevealedResultsTests {
    private func zoo(_ files: [String: String] = MadeZoo.files()) throws -> Zoo {
        let directory = try TemporaryZoo(files)
        return try withExtendedLifetime(directory) { try Zoo.load(path: directory.path) }
    }

    private func distribution(_ zoo: Zoo, target: Int, revealing models: [Int]) throws -> TargetDistribution {
        let prediction = try Auto().predict(TargetWorkspace(zoo: zoo, target: target))
        let known = zoo.holdingOut(target, revealing: models).revealed
        let results = try #require(prediction.results)
        return try results(known, .unwatched)
    }

    @Test func aKnownResultIsPredictedAsItIs() throws {
        let zoo = try zoo()
        let known = [1, 5, 11]
        let prediction = try Auto().predict(TargetWorkspace(zoo: zoo, target: 3, revealing: known))
        let make = try #require(prediction.results)
        let results = try make(zoo.holdingOut(3, revealing: known).revealed, .unwatched)
        #expect(results.tried == known)
        for model in known {
            #expect(results.means[model] == zoo.results[model: model, dataset: 3])
            #expect(results.deviations[model] == 0)
        }
        #expect(results.best == known.compactMap { zoo.results[model: $0, dataset: 3] }.max())
        #expect(Set(prediction.ranking.suffix(3)) == Set(known))
        #expect(prediction.ranking.sorted() == Array(0..<24))
        for (value, interval) in zip(prediction.values, prediction.intervals ?? []) {
            let value = try #require(value)
            #expect(interval?.contains(value) == true)
        }
        let explain = try #require(prediction.explanations)
        let explanations = try explain([0, 5], .unwatched)
        for (model, explanation) in zip([0, 5], explanations) {
            let sum = explanation.parts.reduce(0) { $0 + $1.contribution }
            let value = try #require(prediction.values[model])
            #expect(abs(sum - value) < 1e-9)
        }
    }

    @Test func whatIsNotRevealedDoesNotEnter() throws {
        let files = MadeZoo.files()
        var other = files
        other["records.csv"] = files["records.csv"]?.split(separator: "\n").map { line in
            let fields = line.split(separator: ",")
            return fields[1] == "d3" && !["m1", "m5"].contains(fields[0])
                ? "\(fields[0]),d3,\(fields[0].dropFirst())"
                : String(line)
        }.joined(separator: "\n")
        let first = try distribution(zoo(files), target: 3, revealing: [1, 5])
        let second = try distribution(zoo(other), target: 3, revealing: [1, 5])
        #expect(first.means == second.means)
        #expect(first.deviations == second.deviations)
    }

    /// The samples are drawn by another rule than that by which means and deviations are worked out.
    @Test(arguments: [[], [2], [0, 4, 9, 17]])
    func samplesHaveTheMeansAndDeviationsThatAreTold(known: [Int]) throws {
        let results = try distribution(zoo(), target: 2, revealing: known)
        let count = Double(results.sampleCount)
        for (column, model) in results.candidates.enumerated() {
            let values = (0..<results.sampleCount).map { index -> Double in
                let sample = results.sample(index)
                return sample[sample.startIndex + column]
            }
            let mean = values.reduce(0, +) / count
            let deviation = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count).squareRoot()
            #expect(abs(mean - results.means[model]) < 4.5 * results.deviations[model] / count.squareRoot())
            #expect(abs(deviation / results.deviations[model] - 1) < 0.25)
            let gains = values.reduce(0) { $0 + max(0, $1 - mean) } / count
            #expect(abs(gains - results.expectedImprovement(over: mean)[model]) < 0.1 * results.deviations[model])
        }
    }

    /// In the dataset's own units, whatever those are, errors shrink with what is known.
    @Test func knownResultsBringPredictionsIntoTheDatasetsOwnUnits() throws {
        let files = MadeZoo.files()
        for (offset, factor) in [(0.0, 1.0), (-3, 250)] {
            var other = files
            other["records.csv"] = files["records.csv"]?.split(separator: "\n").map { line in
                let fields = line.split(separator: ",")
                guard let value = Double(fields[2]) else { return String(line) }
                return "\(fields[0]),\(fields[1]),\(offset + factor * value)"
            }.joined(separator: "\n")
            let zoo = try zoo(other)
            var errors: [Double] = []
            var inside = 0
            var count = 0
            for known in [0, 3, 10] {
                var sum = 0.0
                var number = 0
                for target in 0..<6 {
                    let models = Array((0..<24).filter { zoo.results[model: $0, dataset: target] != nil }.prefix(known))
                    let results = try distribution(zoo, target: target, revealing: models)
                    for position in zoo.results.column(target) {
                        let model = Int(zoo.results.models[position])
                        if models.contains(model) { continue }
                        let error = zoo.results.values[position] - results.means[model]
                        sum += error * error
                        number += 1
                        count += 1
                        if abs(error) < 1.2815515655446004 * results.deviations[model] { inside += 1 }
                    }
                }
                errors.append((sum / Double(number)).squareRoot())
            }
            // Three of six datasets' few results tell little here; they must not mislead.
            #expect(errors[1] < 1.02 * errors[0] && errors[2] < 0.85 * errors[0], "\(errors)")
            let share = Double(inside) / Double(count)
            #expect((0.65...0.95).contains(share), "\(share)")
        }
    }

    /// A run that failed says no more of other models the worse it failed: they are as after the less bad one, to a digit.
    @Test func howBadlyARunFailedSaysNothingOfOtherModels() throws {
        let zoo = try zoo()
        let prediction = try Auto().predict(TargetWorkspace(zoo: zoo, target: 2))
        let results = try #require(prediction.results)
        func means(_ failed: Double) throws -> [Double] {
            let known = [(0, 0.62), (4, 0.58), (9, failed)].map { RevealedResult(model: $0.0, value: $0.1) }
            return try results(known, .unwatched).means
        }
        let bad = try means(-30)
        let worse = try means(-3000)
        for model in bad.indices where model != 9 { #expect(abs(bad[model] - worse[model]) < 1e-9) }
        // A good one is believed.
        let good = try means(0.6)
        let better = try means(0.65)
        #expect(good.reduce(0, +) - good[9] < better.reduce(0, +) - better[9])
    }

    /// Of 2,500 known results as many as there may be count, from the best to the worst, and all are predicted as they are.
    @Test func ofVeryManyResultsSomeStandForAll() throws {
        var generator = SeededGenerator(seed: 7)
        var records = "model,dataset,score\n"
        for model in 0..<2_510 {
            for dataset in 0..<4 { records += "m\(model),d\(dataset),\(0.5 + 0.1 * generator.normal())\n" }
        }
        let zoo = try zoo(["records.csv": records])
        let results = try distribution(zoo, target: 0, revealing: Array(0..<2_500))
        let values = zoo.results.column(0).map { zoo.results.values[$0] }
        #expect(results.tried == Array(0..<2_500) && results.best == values.prefix(2_500).max())
        for model in 0..<2_500 { #expect(results.means[model] == values[model] && results.deviations[model] == 0) }
        #expect(results.candidates.allSatisfy { $0 >= 2_500 })
        let mean = values.reduce(0, +) / Double(values.count)
        for model in 2_500..<2_510 { #expect(abs(results.means[model] - mean) < 0.1) }
    }

    /// Models that went wrong together on the other datasets are expected to again: here half of the models gain what the
    /// others lose, on each dataset anew, and nothing but the results tells which half.
    @Test(arguments: 0..<5) func errorsThatGoTogetherOnOtherDatasetsAreExpectedTo(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        var records = "model,dataset,score\n"
        let side = (0..<24).map { _ in generator.uniform() < 0.5 }
        var shifts: [Double] = []
        for dataset in 0..<12 {
            shifts.append((dataset % 2 == 0 ? 1 : -1) * (0.05 + 0.1 * generator.uniform()))
            for model in 0..<24 {
                let shift = side[model] ? shifts[dataset] : -shifts[dataset]
                records += "m\(model),d\(dataset),\(0.5 + 0.002 * Double(model) + shift + 0.01 * generator.normal())\n"
            }
        }
        let zoo = try zoo(["records.csv": records])
        for target in 0..<4 {
            let one = try #require(side.firstIndex(of: true))
            let other = try #require(side.firstIndex(of: false))
            let results = try distribution(zoo, target: target, revealing: [one, other])
            func mean(_ isOne: Bool) -> Double {
                let models = side.indices.filter { side[$0] == isOne && $0 != one && $0 != other }
                return models.reduce(0) { $0 + results.means[$1] } / Double(models.count)
            }
            let difference = mean(true) - mean(false)
            #expect(
                difference * shifts[target] > 0 && abs(difference) > 0.5 * abs(shifts[target]),
                "\(difference), \(shifts[target])")
        }
    }

    @Test func theChanceOfImprovementFallsWithWhatIsAskedFor() throws {
        let results = try distribution(zoo(), target: 1, revealing: [0, 1, 2])
        let chances = try [0, 0.01, 0.1, 1e3].map { try #require(results.chanceOfImprovement(by: $0)) }
        #expect(zip(chances, chances.dropFirst()).allSatisfy { $0 >= $1 })
        #expect(chances[3] == 0)
        let gains = try [[], [5], [5, 6], results.candidates].map { try #require(results.expectedGain(of: $0)) }
        #expect(gains[0] == 0)
        #expect(zip(gains, gains.dropFirst()).allSatisfy { $0 <= $1 })
        #expect(try distribution(zoo(), target: 1, revealing: []).chanceOfImprovement(by: 0) == nil)
    }
}
