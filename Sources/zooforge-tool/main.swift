import ArgumentParser
import Core
import Foundation
import ZooForge

struct Try: ParsableCommand {
    @Option var architecture = "cnn-64-k3"
    @Option var source = "romance"
    @Option var steps = 300
    @Option var target = "iberian"
    @Flag var tasks = false

    func run() throws {
        let shelf = try WordShelf.standard()
        let maker = TaskMaker(shelf)
        let clock = ContinuousClock()
        if tasks {
            for definition in TaskCatalog.sources + TaskCatalog.targets {
                do {
                    let task = try maker.make(definition)
                    let samples = (0..<min(8, task.training.count)).map {
                        "\(task.training.words[$0].text):\(task.classes[Int(task.training.labels[$0])])"
                    }
                    print(
                        definition.role, task.name, task.classes.count, task.training.count, task.test.count,
                        samples.joined(separator: " "))
                } catch {
                    print(definition.name, "\(error)")
                }
            }
            return
        }
        let source = try maker.make(TaskCatalog.named(source))
        let target = try maker.make(TaskCatalog.named(target))
        for name in architecture.split(separator: ",") {
            let architecture = try Architecture.named(String(name))
            let start = clock.now
            let model = try Trainer.train(
                name: "m", architecture, on: source, Recipe(steps: steps), seed: 1, points: 3, .unwatched)
            let middle = clock.now
            print(
                architecture.name, model.weights.count,
                model.curve.points.map { ($0.step, $0.trainingLoss, $0.accuracy) }, middle - start)
            let tuned = try Trainer.fineTune(model, on: target, seed: 1, points: 0, .unwatched)
            print("  tuned", tuned.accuracy, tuned.recipe.steps, clock.now - middle)
            let raw = try Trainer.train(name: "r", architecture, on: source, Recipe(steps: 0), seed: 1, .unwatched)
            let scratch = try Trainer.fineTune(raw, on: target, seed: 1, .unwatched)
            print("  scratch", scratch.accuracy)
        }
    }
}
Try.main()
