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
        let evaluation = try evaluator.evaluate(zoo, holdingOut: heldOut)
        #expect(evaluation.cells.count == 5 && evaluation.seeds.count == 5)
        #expect(evaluation.cells.map(\.outcome.models.count).reduce(0, +) == 23)
        let predicted = evaluation.cells.flatMap(\.outcome.predicted)
        #expect(!predicted.contains { !$0.isFinite })
    }
}
