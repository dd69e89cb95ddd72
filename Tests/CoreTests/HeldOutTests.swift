import Foundation
import Testing
import TransferGraphCore

/// What is known only after fine-tuning on the target reaches no prediction for it.
struct HeldOutTests {
    @Test func noiseInTheTargetsResultsChangesNoByteOfAnyMethodsPredictions() throws {
        var files = MadeZoo.files()
        let before = try predictions(files, target: "d2")
        var generator = SeededGenerator(seed: 99)
        files["records.csv"] = files["records.csv"]?.split(separator: "\n").map { line in
            line.contains(",d2,")
                ? line.split(separator: ",").prefix(2).joined(separator: ",") + ",\(generator.normal() * 50)"
                : String(line)
        }.joined(separator: "\n")
        let after = try predictions(files, target: "d2")
        #expect(before.keys.sorted() == after.keys.sorted())
        for (method, text) in before {
            #expect(text == after[method], "\(method)")
            #expect(text.contains("m0"))
        }
    }

    /// One result tells no models apart, whatever it is.
    @Test(arguments: ["auto", "history", "history:similarity", "factorisation"])
    func datasetsWithOneResultChangeNoPrediction(method: String) throws {
        func values(_ singles: Int) throws -> [Double?] {
            var records = "model,dataset,score"
            for model in 0..<9 {
                for dataset in 0..<5 {
                    records +=
                        "\nm\(model),d\(dataset),\(0.4 + 0.05 * Double(model) + 0.01 * Double((model * 7 + dataset * 5) % 9))"
                }
            }
            for single in 0..<singles { records += "\nm\(single % 3),alone\(single),0.99" }
            let zoo = try withExtendedLifetime(TemporaryZoo(["records.csv": records])) { try Zoo.load(path: $0.path) }
            let workspace = TargetWorkspace(try zoo.holdingOut(zoo.dataset(named: "d2")), settings: MethodSettings())
            return try MethodCatalog.method(named: method, for: zoo).predict(workspace).values
        }
        let (without, with) = (try values(0), try values(30))
        for (one, other) in zip(without, with) {
            #expect(abs((one ?? 9) - (other ?? 8)) < 0.01)
        }
    }

    @Test(.enabled(if: SharedFiles.areThere, "skipped: the published zoos are not beside the repository"))
    func noiseInTheTargetsPublishedResultsChangesNoByteOfAnyMethodsPredictions() throws {
        let copy = try TemporaryZoo()
        for file in try FileManager.default.contentsOfDirectory(atPath: SharedFiles.imageZoo) {
            try FileManager.default.copyItem(
                atPath: "\(SharedFiles.imageZoo)/\(file)", toPath: "\(copy.path)/\(file)")
        }
        let records = try String(contentsOfFile: "\(SharedFiles.imageZoo)/records.csv", encoding: .utf8)
        var generator = SeededGenerator(seed: 5)
        let lines = records.split(separator: "\n").map { line -> String in
            guard line.contains(",pets,") else { return String(line) }
            var fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            fields[9] = "\(generator.uniform() * 9000)"
            fields[10] = fields[9]
            fields[13] = "\(generator.uniform())"
            return fields.joined(separator: ",")
        }
        try FileManager.default.removeItem(atPath: "\(copy.path)/records.csv")
        try copy.write(lines.joined(separator: "\n"), to: "records.csv")
        let before = try predictions(of: Zoo.load(path: SharedFiles.imageZoo), target: "pets")
        let after = try predictions(of: Zoo.load(path: copy.path), target: "pets")
        #expect(before == after)
        #expect(before.count == MethodCatalog.entries(for: try Zoo.load(path: SharedFiles.imageZoo)).count)
    }

    private func predictions(_ files: [String: String], target: String) throws -> [String: String] {
        let directory = try TemporaryZoo(files)
        return try predictions(of: Zoo.load(path: directory.path), target: target)
    }

    /// The export of each method's prediction without its last column, which holds the results themselves.
    private func predictions(of zoo: Zoo, target: String) throws -> [String: String] {
        let heldOut = try zoo.holdingOut(zoo.dataset(named: target))
        var settings = MethodSettings()
        settings.scoresAsFeatures = true
        settings.dimension = 16
        let workspace = TargetWorkspace(heldOut, settings: settings)
        var texts: [String: String] = [:]
        for entry in MethodCatalog.entries(for: zoo) {
            let prediction = try MethodCatalog.method(named: entry.name, for: zoo).predict(workspace)
            let lines = PredictionExport.csv([prediction], zoo: zoo).split(separator: "\n").dropFirst()
            texts[entry.name] = lines.map { $0[..<($0.lastIndex(of: ",") ?? $0.endIndex)] }.joined(separator: "\n")
        }
        return texts
    }

    @Test(arguments: 0..<20)
    func aSampledHistoryHoldsTheAskedShareAndNothingOfTheTarget(seed: Int) throws {
        let directory = try TemporaryZoo(MadeZoo.files(seed: UInt64(seed)))
        let zoo = try Zoo.load(path: directory.path)
        let target = seed % 6
        let heldOut = zoo.holdingOut(target)
        #expect(heldOut.known.results.count == 24 * 5)
        let sampled = heldOut.keepingHistory(ratio: 0.3, seed: UInt64(seed))
        // A result that was left alone on its dataset tells nothing, and does not count.
        let alone = (0..<6).count { $0 != target && sampled.known.results.column($0).isEmpty }
        #expect((36 - alone...36).contains(sampled.known.results.count))
        #expect((0..<6).allSatisfy { sampled.known.results.column($0).count != 1 })
        #expect(sampled.known.results.column(target).isEmpty)
        for entry in sampled.known.results.entries {
            #expect(zoo.results[model: entry.model, dataset: entry.dataset] == entry.value)
        }
        for (ratio, count) in [(0.5, 12), (0.1, 2), (0.0, 0), (1.0, 24)] {
            let fewModels = heldOut.keepingModels(ratio: ratio, seed: UInt64(seed))
            #expect(Set(fewModels.known.results.models).count == count)
            #expect(fewModels.known.results.column(target).isEmpty)
        }
    }

    @Test(arguments: 0..<20)
    func revealedResultsStandApartFromWhatIsKnownAndOutliveSampling(seed: Int) throws {
        let directory = try TemporaryZoo(MadeZoo.files(seed: UInt64(seed)))
        let zoo = try Zoo.load(path: directory.path)
        let target = seed % 6
        let models = [7, 3, 11, 3]
        let heldOut = zoo.holdingOut(target, revealing: models)
        #expect(heldOut.revealed.map(\.model) == [3, 7, 11])
        for result in heldOut.revealed {
            #expect(result.value == zoo.results[model: result.model, dataset: target])
        }
        #expect(heldOut.known.results == zoo.holdingOut(target).known.results)
        #expect(zoo.holdingOut(target).revealed.isEmpty)
        let sampled = heldOut.keepingModels(ratio: 0.5, seed: 1).keepingHistory(ratio: 0.5, seed: 1)
        #expect(sampled.revealed == heldOut.revealed)
        let workspace = TargetWorkspace(zoo: zoo, target: target, revealing: models, modelRatio: 0.5)
        #expect(workspace.zoo.revealed == heldOut.revealed)
        #expect(heldOut.known.holdingOut(target, revealing: models).revealed.isEmpty)
    }

    /// What does not look at the revealed results predicts the same bytes with them as without.
    @Test func methodsThatDoNotConditionPredictTheSameWithRevealedResults() throws {
        let directory = try TemporaryZoo(MadeZoo.files())
        let zoo = try Zoo.load(path: directory.path)
        for name in ["history", "random", "tg:lr:n2v"] {
            let method = try MethodCatalog.method(named: name, for: zoo)
            let without = try method.predict(TargetWorkspace(zoo: zoo, target: 2))
            let with = try method.predict(TargetWorkspace(zoo: zoo, target: 2, revealing: [0, 5]))
            #expect(without.values == with.values)
        }
    }
}
