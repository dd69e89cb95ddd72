import Foundation
import Testing
import TransferGraphCore

/// What each protocol of an evaluation holds out.
@Suite struct HoldOutTests {

    private func zoo() throws -> Zoo {
        let directory = try TemporaryZoo(MadeZoo.files(models: 23, datasets: 11))
        return try withExtendedLifetime(directory) { try Zoo.load(path: directory.path) }
    }

    /// What is to be predicted is never known, and what is known elsewhere is as the protocol says.
    @Test(arguments: HoldOut.allCases) func whatIsAskedForIsNotKnown(heldOut: HoldOut) throws {
        let zoo = try zoo()
        var asked: Set<Int> = []
        for target in 0..<11 {
            for fold in 0..<HoldOut.foldCount {
                let (held, models) = heldOut.heldOut(zoo, target: target, fold: fold, seed: 4)
                #expect(held.target == target)
                #expect(held.known.results.column(target).isEmpty)
                #expect(Set(held.revealed.map(\.model)).isDisjoint(with: models))
                for item in held.revealed { #expect(zoo.results[model: item.model, dataset: target] == item.value) }
                let known = Set(held.known.results.models.map { Int($0) })
                let datasets = (0..<11).filter { !held.known.results.column($0).isEmpty }
                switch heldOut {
                case .oneDataset:
                    #expect(models.count == 23 && held.revealed.isEmpty && datasets.count == 10)
                case .newDataset:
                    #expect(models.count == 23 && held.revealed.isEmpty && (8...9).contains(datasets.count))
                case .newModel:
                    #expect(known.isDisjoint(with: models) && models.count + held.revealed.count == 23)
                    #expect(datasets.count == 10)
                case .newBoth:
                    #expect(known.isDisjoint(with: models) && held.revealed.isEmpty && datasets.count < 10)
                case .completion:
                    #expect(models.count + held.revealed.count == 23 && datasets.count == 10)
                    #expect(abs(Double(held.known.results.count) / 230 - 0.8) < 0.1)
                }
                asked.formUnion(models)
            }
        }
        #expect(asked == Set(0..<23))
    }

    @Test func foldsOverModelsAskForEachModelOnce() throws {
        let zoo = try zoo()
        for heldOut in [HoldOut.newModel, .newBoth, .completion] {
            let asked = (0..<HoldOut.foldCount).flatMap { heldOut.heldOut(zoo, target: 2, fold: $0, seed: 9).models }
            #expect(asked.sorted() == Array(0..<23))
        }
    }

    /// Every model is predicted in one fold, from what the protocol leaves.
    @Test(arguments: [HoldOut.newModel, .newBoth]) func everyModelIsPredictedOnce(heldOut: HoldOut) throws {
        let zoo = try zoo()
        var evaluator = Evaluator(methods: ["auto"])
        evaluator.targets = [3]
        evaluator.seeds = [7]
        evaluator.threads = 1
        evaluator.holdOut = heldOut
        let evaluation = try evaluator.evaluate(zoo)
        #expect(evaluation.cells.count == 5 && evaluation.seeds == [7])
        #expect(evaluation.csv().split(separator: "\n").count == 1 + 23)
        let summary = try EvaluationSummary(evaluation, baseline: "auto")
        #expect(summary.seedCount == 1 && summary.methods[0].modelCounts == [23])
        #expect(summary.methods[0].predictedCounts == [23])
        let byFold = evaluation.cells.map { Measure.pearson.value(of: $0.outcome) }
        let mean = try #require(summary.methods[0][.pearson]?.mean)
        #expect(abs(mean - (Measure.mean(of: byFold) ?? .nan)) < 1e-12)
        #expect(evaluation.cells.map(\.outcome.models.count).reduce(0, +) == 23)
        let predicted = evaluation.cells.flatMap(\.outcome.predicted)
        #expect(!predicted.contains { !$0.isFinite })
    }

    /// Results that are held out enter nothing: with noise in their place, in the files, every method predicts the same.
    @Test(arguments: HoldOut.allCases) func whatIsHeldOutEntersNoPrediction(heldOut: HoldOut) throws {
        let files = MadeZoo.files(models: 17, datasets: 7)
        let zoo = try withExtendedLifetime(TemporaryZoo(files)) { try Zoo.load(path: $0.path) }
        let methods = [
            "auto", "history", "nearest-text", "factorisation", "family-size", "tg:rf:n2v", "graph:lr:spectral",
        ]
        let rows = try #require(files["records.csv"]).split(separator: "\n").map(String.init)
        var generator = SeededGenerator(seed: 5)
        for fold in [0, 3] {
            let (held, asked) = heldOut.heldOut(zoo, target: 2, fold: fold, seed: 8)
            let known = Set(held.revealed.map(\.model))
            var replaced = 0
            let noisy =
                [rows[0]]
                + zip(zoo.results.entries, rows.dropFirst()).map { entry, row in
                    let isKnown =
                        held.known.results[model: entry.model, dataset: entry.dataset] != nil
                        || entry.dataset == 2 && known.contains(entry.model)
                    if isKnown { return row }
                    replaced += 1
                    return "m\(entry.model),d\(entry.dataset),\(generator.uniform())"
                }
            #expect(replaced >= asked.count)
            var other = files
            other["records.csv"] = noisy.joined(separator: "\n") + "\n"
            let changed = try withExtendedLifetime(TemporaryZoo(other)) { try Zoo.load(path: $0.path) }
            let again = heldOut.heldOut(changed, target: 2, fold: fold, seed: 8)
            #expect(again.models == asked)
            var settings = MethodSettings()
            settings.dimension = 4
            settings.embeddingsPerTarget = 1
            for name in methods {
                let method = try MethodCatalog.method(named: name, for: zoo)
                let before = try method.predict(TargetWorkspace(held, settings: settings))
                let after = try method.predict(TargetWorkspace(again.zoo, settings: settings))
                #expect(before.values == after.values, "\(name), fold \(fold)")
                #expect(before.values.contains { $0 != nil })
            }
        }
    }

    /// Whether a dataset tells models apart is judged from what is left of it.
    @Test func aDatasetThatOnlyTheHeldOutModelsTellApartCarriesNoSignal() throws {
        let zoo = try zoo()
        let models = Set(HoldOut.newModel.heldOutModels(zoo, target: 3, fold: 1, seed: 6))
        var files = MadeZoo.files(models: 23, datasets: 11)
        files["records.csv"] =
            "model,dataset,score\n"
            + zoo.results.entries.map { entry in
                let value = entry.dataset == 5 && !models.contains(entry.model) ? 0.25 : entry.value
                return "m\(entry.model),d\(entry.dataset),\(value)\n"
            }.joined()
        let changed = try withExtendedLifetime(TemporaryZoo(files)) { try Zoo.load(path: $0.path) }
        #expect(changed.datasets[5].carriesSignal)
        let held = HoldOut.newModel.heldOut(changed, target: 3, fold: 1, seed: 6).zoo
        #expect(held.known.results.column(5).isEmpty && !held.known.results.column(4).isEmpty)
    }

    /// What an interrupted evaluation has done is kept fold by fold, and the whole is the same as at one go.
    @Test func anInterruptedProtocolGoesOn() throws {
        let zoo = try zoo()
        var evaluator = Evaluator(methods: ["nearest-text", "family-size"])
        evaluator.holdOut = .newBoth
        evaluator.targets = [1, 3]
        evaluator.seeds = [2, 5]
        evaluator.threads = 1
        let finished = FinishedTargets()
        let tasks = try evaluator.tasks(of: zoo)
        #expect(tasks.count == 2 * 2 * 5)
        // All of target 1 with both seeds, and a part of target 3.
        let done = tasks.filter { $0.target == 1 || $0.fold < 2 }
        _ = try evaluator.evaluate(done, in: zoo, finished: finished, work: .unwatched)
        let part = try #require(try evaluator.evaluation(of: finished, in: zoo))
        #expect(part.targets == [1] && part.cells.count == 2 * 2 * 5)
        let whole = try evaluator.evaluate(zoo)
        #expect(try evaluator.evaluate(zoo, finished: finished).csv() == whole.csv())
        #expect(whole.csv().hasPrefix(String(part.csv().split(separator: "\n")[0...5].joined(separator: "\n"))))
        // The mean over targets is that of each alone.
        evaluator.targets = [3]
        let alone = try evaluator.evaluate(zoo)
        for name in evaluator.methods {
            #expect(whole.value(.spearman, method: name, target: 3) == alone.value(.spearman, method: name, target: 3))
        }
    }
}
