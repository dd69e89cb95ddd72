import Testing
import TransferGraphCore
import ZooForge

struct TrainingTests {
    private static func task(_ seed: UInt64) throws -> WordTask {
        try TaskMaker(try InventedLists.shelf(["sv", "da", "nb"], seed: seed)).make(
            TaskDefinition(
                "task", .target, "languages", .classes(["sv", "da", "nb"].map { .init($0, [$0]) }),
                trainingWords: 100, testWords: 60))
    }

    @Test(arguments: Architecture.known)
    func everyArchitectureLearnsLanguagesWithLettersOfTheirOwn(architecture: Architecture) throws {
        let task = try Self.task(3)
        let model = try Trainer.train(
            name: "m", architecture, on: task, Recipe(steps: 150), seed: 1, points: 2, .unwatched)
        #expect(model.accuracy > 0.75, "\(architecture.name): \(model.accuracy)")
        #expect(model.curve.points.map(\.step) == [0, 50, 100, 150])
        #expect(model.curve.points[0].trainingLoss > model.curve.points[3].trainingLoss)
    }

    @Test func aSeedFixesTheModelAndAnotherSeedGivesAnother() throws {
        let task = try Self.task(1)
        func weights(_ seed: UInt64) throws -> [Float] {
            try Trainer.train(
                name: "m", Architecture.named("gru-24"), on: task, Recipe(steps: 20), seed: seed, .unwatched
            ).weights
        }
        #expect(try weights(1) == weights(1))
        #expect(try weights(1) != weights(2))
    }

    @Test func fineTuningKeepsTheEncoderAtItsStart() throws {
        let task = try Self.task(1)
        let model = try Trainer.train(
            name: "m", Architecture.named("cnn-24-k3"), on: task, Recipe(steps: 30), seed: 1, .unwatched)
        let same = try Trainer.train(
            name: "n", model.architecture, on: task, from: model, Recipe(steps: 0), seed: 2, .unwatched)
        let before = try Trainer.outlook(model, on: task.test.encoded, .unwatched).features
        let after = try Trainer.outlook(same, on: task.test.encoded, .unwatched).features
        #expect(before == after)
    }

    @Test func probabilitiesOfTheOwnClassesSumToOne() throws {
        let task = try Self.task(1)
        let model = try Trainer.train(
            name: "m", Architecture.named("ends-32"), on: task, Recipe(steps: 30), seed: 1, .unwatched)
        let probabilities = try Trainer.outlook(model, on: task.test.encoded, .unwatched).probabilities
        #expect(probabilities.count == task.test.count * 3)
        for row in 0..<task.test.count {
            #expect(abs(probabilities[3 * row..<3 * row + 3].reduce(0, +) - 1) < 1e-5)
        }
    }

    @Test func theRateRisesThenFallsToNearZero() {
        let recipe = Recipe(steps: 100, learningRate: 0.01)
        let rates = (0..<100).map(recipe.learningRate(at:))
        #expect(rates.max() == 0.01)
        #expect(rates[0] == 0.001)
        #expect(rates[99] < 0.0002)
        #expect(rates.firstIndex(of: 0.01) == 9)
    }
}
