import Foundation
import Testing
import TransferGraphCore

/// `auto` predicts with whatever a zoo has.
struct AutoRobustnessTests {
    enum Lack: CaseIterable {
        case scores, distances, modelMetadata, datasetMetadata, lineage, everything
    }

    @Test(arguments: Lack.allCases)
    func itWorksWithout(_ lack: Lack) throws {
        var files = MadeZoo.files()
        let absent: [Lack: [String]] = [
            .scores: ["scores.csv"], .distances: ["similarity.csv"], .modelMetadata: ["models.csv"],
            .datasetMetadata: ["datasets.csv"], .lineage: ["lineage.csv"],
            .everything: ["scores.csv", "similarity.csv", "models.csv", "datasets.csv", "lineage.csv"],
        ]
        for file in absent[lack] ?? [] { files[file] = nil }
        let correlation = try agreement(files, target: "d3")
        #expect(try correlation > agreement(files, target: "d3", of: History()) - 0.1, "\(lack): \(correlation)")
    }

    @Test func itWorksWithFiveModelsAndWithFiveDatasets() throws {
        try check(MadeZoo.files(models: 5, datasets: 6), target: "d1")
        try check(MadeZoo.files(models: 24, datasets: 5), target: "d1")
        try check(MadeZoo.files(models: 5, datasets: 5), target: "d1")
        try check(MadeZoo.files(models: 3, datasets: 2), target: "d1")
    }

    @Test func aTargetWithoutAnyHistoryInTheZooIsRankedByItsScores() throws {
        var files = MadeZoo.files()
        files["records.csv"] = "model,dataset,score\nm0,d0,0.5\n"
        let prediction = try check(files, target: "d0")
        let zoo = try load(files)
        let column = zoo.scores[0].values.column(0)
        let best = try #require(column.max { zoo.scores[0].values.values[$0] < zoo.scores[0].values.values[$1] })
        #expect(prediction.ranking.first == Int(zoo.scores[0].values.models[best]))
    }

    @Test func aModelWithoutHistoryIsPredicted() throws {
        var files = MadeZoo.files()
        files["records.csv"] = files["records.csv"]?.split(separator: "\n").filter { !$0.hasPrefix("m7,") }
            .joined(separator: "\n")
        let prediction = try check(files, target: "d2")
        #expect(prediction.values.count == 24)
    }

    @Test func numbersThatAreNoneAreLeftOut() throws {
        var files = MadeZoo.files()
        files["scores.csv"]? += "m0,d0,HScore,nan\nm1,d0,HScore,inf\nm2,d0,HScore,-inf\nm3,d0,HScore,1\n"
        files["models.csv"] = files["models.csv"]?.replacing("m3,a3,f0,4000", with: "m3,a3,f0,")
        try check(files, target: "d0")
    }

    /// Any increasing straight line through a dataset's results leaves the order of predictions as it was.
    @Test(arguments: [(1000.0, 78_000.0), (-5, 0.001), (0, 1e-7), (1e6, 1)])
    func theRangeOfAMetricDoesNotMatter(offset: Double, factor: Double) throws {
        let files = MadeZoo.files()
        var other = files
        other["records.csv"] = files["records.csv"]?.split(separator: "\n").map { line in
            let fields = line.split(separator: ",")
            guard fields[1] == "d4", let value = Double(fields[2]) else { return String(line) }
            return "\(fields[0]),\(fields[1]),\(offset + factor * value)"
        }.joined(separator: "\n")
        let before = try check(files, target: "d1").values.map { $0 ?? .nan }
        let after = try check(other, target: "d1").values.map { $0 ?? .nan }
        for (a, b) in zip(before, after) { #expect(abs(a - b) < 1e-3) }
    }

    @Test func datasetsWhoseResultsAreAllEqualDoNoHarm() throws {
        var files = MadeZoo.files()
        files["records.csv"] = files["records.csv"]?.split(separator: "\n").map { line in
            let fields = line.split(separator: ",")
            return ["d0", "d5"].contains(fields[1]) ? "\(fields[0]),\(fields[1]),0.25" : String(line)
        }.joined(separator: "\n")
        #expect(try agreement(files, target: "d3") > agreement(files, target: "d3", of: History()) - 0.1)
        files["records.csv"] = files["records.csv"]?.split(separator: "\n").map { line in
            let fields = line.split(separator: ",")
            return fields[0] == "model" ? String(line) : "\(fields[0]),\(fields[1]),0.25"
        }.joined(separator: "\n")
        try check(files, target: "d3")
    }

    @Test(arguments: [0.02, 0.1, 0.3])
    func itWorksWithLittleHistory(ratio: Double) throws {
        let zoo = try load(MadeZoo.files())
        for seed in 0..<3 {
            let heldOut = zoo.holdingOut(2).keepingHistory(ratio: ratio, seed: UInt64(seed))
            try checkSound(Auto().predict(TargetWorkspace(heldOut)), models: 24)
        }
    }

    /// Twice the results, twice the reading; what is cubic stops growing at the record limit.
    @Test func aLargeSparseZooTakesTimeInProportion() throws {
        let small = try seconds(models: 300, datasets: 300, results: 10_000)
        let large = try seconds(models: 300, datasets: 1200, results: 40_000)
        #expect(large < 4 * small + 1)
    }

    private func seconds(models: Int, datasets: Int, results: Int) throws -> Double {
        let zoo = try load(SparseZoo.files(models: models, datasets: datasets, results: results))
        let workspace = TargetWorkspace(zoo.holdingOut(0))
        let start = ContinuousClock.now
        let prediction = try Auto().predict(workspace)
        let elapsed = (ContinuousClock.now - start) / .seconds(1)
        try checkSound(prediction, models: models)
        return elapsed
    }

    @discardableResult
    private func check(_ files: [String: String], target: String) throws -> Prediction {
        let zoo = try load(files)
        let prediction = try Auto().predict(TargetWorkspace(zoo.holdingOut(zoo.dataset(named: target))))
        try checkSound(prediction, models: zoo.models.count)
        return prediction
    }

    private func checkSound(_ prediction: Prediction, models: Int) throws {
        #expect(prediction.values.count == models)
        for value in prediction.values { #expect(value?.isFinite == true) }
        for interval in prediction.intervals ?? [] {
            #expect(interval.map { $0.lowerBound.isFinite && $0.upperBound.isFinite } == true)
        }
        #expect(prediction.ranking.sorted() == Array(0..<models))
        if let chances = prediction.chanceOfBest {
            #expect(zip(chances, chances.dropFirst()).allSatisfy { $0 <= $1 })
            #expect(abs((chances.last ?? 0) - 1) < 1e-12)
        }
        let explained = Array(0..<min(models, 5))
        let explanations = try prediction.explanations?(explained, .unwatched) ?? []
        for (model, explanation) in zip(explained, explanations) where explanation.addsUp {
            let sum = explanation.parts.reduce(0) { $0 + $1.contribution }
            #expect(abs(sum - (prediction.values[model] ?? .nan)) < 1e-9)
        }
    }

    private func load(_ files: [String: String]) throws -> Zoo {
        let directory = try TemporaryZoo(files)
        return try withExtendedLifetime(directory) { try Zoo.load(path: directory.path) }
    }

    /// The Pearson correlation of a method's prediction with the results; what is drawn for the target alone no method
    /// can know, so `auto` is held against the plain history mean.
    private func agreement(
        _ files: [String: String], target: String, of method: any PredictionMethod = Auto()
    ) throws -> Double {
        let zoo = try load(files)
        let index = try zoo.dataset(named: target)
        let prediction = try method.predict(TargetWorkspace(zoo.holdingOut(index)))
        let column = zoo.results.column(index)
        return Measures.pearson(
            predicted: column.map { prediction.values[Int(zoo.results.models[$0])] ?? .nan },
            actual: Array(zoo.results.values[column])) ?? -1
    }
}
