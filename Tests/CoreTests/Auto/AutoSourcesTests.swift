import Foundation
import Testing
import TransferGraphCore

/// Each source of knowledge moves predictions where it says something, and costs next to nothing where it does not.
@Suite struct AutoSourcesTests {
    /// Twelve datasets of two kinds that only their names tell: half of the models are good on either kind.
    private func zoo(named name: (Int) -> String) throws -> Zoo {
        var generator = SeededGenerator(seed: 11)
        var lines = ["model,dataset,score"]
        for dataset in 0..<12 {
            for model in 0..<30 {
                let suits = model % 2 == dataset % 2 ? 0.5 : -0.5
                lines.append("m\(model),\(name(dataset)),\(suits + 0.2 * generator.normal())")
            }
        }
        return try load(["records.csv": lines.joined(separator: "\n")])
    }

    @Test func namesTellWhichDatasetsAreAlike() throws {
        let telling = try zoo { $0 % 2 == 0 ? "BirdSpecies\($0)" : "LegalContracts\($0)" }
        let silent = try zoo { "d\(Character(UnicodeScalar(97 + UInt8($0))))" }
        for target in [0, 5, 11] {
            #expect(try agreement(telling, target) > 0.85)
            #expect(try abs(agreement(silent, target)) < 0.6)
        }
    }

    @Test func factsTellWhichDatasetsAreAlike() throws {
        var files = ["datasets.csv": "dataset,kind,licence\n"]
        var generator = SeededGenerator(seed: 11)
        var lines = ["model,dataset,score"]
        for dataset in 0..<12 {
            let name = "d\(Character(UnicodeScalar(97 + UInt8(dataset))))"
            files["datasets.csv"]? += "\(name),\(dataset % 2 == 0 ? "retrieval" : "ranking"),mit\n"
            for model in 0..<30 {
                lines.append("m\(model),\(name),\((model % 2 == dataset % 2 ? 0.5 : -0.5) + 0.2 * generator.normal())")
            }
        }
        files["records.csv"] = lines.joined(separator: "\n")
        #expect(try agreement(load(files), 4) > 0.85)
    }

    /// A model that was trained on the datasets it was run on did better there; on the target, where it was not, it is as
    /// good as its equals.
    @Test func resultsOnDatasetsOfItsTrainingRaiseNoModel() throws {
        var generator = SeededGenerator(seed: 5)
        var lines = ["model,dataset,score"]
        var models = "model,training_datasets\n"
        for model in 0..<30 {
            let trained = model % 3 == 0
            models += "m\(model),\(trained ? (0..<8).map { "d\($0)" }.joined(separator: ";") : "")\n"
            for dataset in 0..<10 {
                let gain = trained && dataset < 8 ? 1.0 : 0
                lines.append("m\(model),d\(dataset),\(Double(model % 5) * 0.3 + gain + 0.1 * generator.normal())")
            }
        }
        let records = lines.joined(separator: "\n")
        let blind = try load(["records.csv": records])
        let told = try load(["records.csv": records, "models.csv": models])
        func gap(_ zoo: Zoo) throws -> Double {
            let prediction = try Auto().predict(TargetWorkspace(zoo.holdingOut(9)))
            func mean(_ isTrained: Bool) -> Double {
                let own = zoo.models.indices.filter { ($0 % 3 == 0) == isTrained }
                return own.reduce(0) { $0 + (prediction.values[$1] ?? .nan) } / Double(own.count)
            }
            return mean(true) - mean(false)
        }
        #expect(try gap(told) < 0.5 * gap(blind))
    }

    /// Each model on its own few datasets, easy ones for the worse half.
    @Test func unbalancedHistoryRaisesNoModel() throws {
        var generator = SeededGenerator(seed: 2)
        var lines = ["model,dataset,score"]
        for dataset in 0..<20 {
            for model in 0..<40 {
                let isWorse = model % 2 == 0
                // Every eighth model is run everywhere and links the datasets.
                let isRun = model % 8 >= 6 || dataset == 19 || (isWorse ? dataset < 10 : dataset >= 10)
                // On hard datasets the links are at the top, on easy ones at the bottom.
                let result = (isWorse ? 0 : 0.3) + (model % 8 >= 6 ? 0.15 : 0) + 0.1 * generator.normal()
                if isRun { lines.append("m\(model),d\(dataset),\(result)") }
            }
        }
        let zoo = try load(["records.csv": lines.joined(separator: "\n")])
        #expect(try agreement(zoo, 19) > agreement(zoo, 19, of: History()))
    }

    @Test func intervalsHoldTheirPredictions() throws {
        for seed in 0..<5 {
            let zoo = try load(MadeZoo.files(models: 20, datasets: 5, seed: UInt64(seed)))
            for ratio in [1, 0.3] {
                let prediction = try Auto().predict(
                    TargetWorkspace(zoo.holdingOut(1).keepingHistory(ratio: ratio, seed: UInt64(seed))))
                for (value, interval) in zip(prediction.values, try #require(prediction.intervals)) {
                    let value = try #require(value)
                    #expect(try #require(interval).contains(value))
                }
            }
        }
    }

    private func load(_ files: [String: String]) throws -> Zoo {
        let directory = try TemporaryZoo(files)
        return try withExtendedLifetime(directory) { try Zoo.load(path: directory.path) }
    }

    private func agreement(
        _ zoo: Zoo, _ target: Int, of method: any PredictionMethod = Auto()
    ) throws -> Double {
        let prediction = try method.predict(TargetWorkspace(zoo.holdingOut(target)))
        let column = zoo.results.column(target)
        return Measures.pearson(
            predicted: column.map { prediction.values[Int(zoo.results.models[$0])] ?? .nan },
            actual: Array(zoo.results.values[column])) ?? -1
    }
}
