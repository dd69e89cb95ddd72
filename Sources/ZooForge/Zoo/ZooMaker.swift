import TransferGraphCore

/// Makes a zoo as planned: trains every model, fine-tunes each on every target, scores its features.
public struct ZooMaker: Sendable {
    private let plan: ZooPlan
    private let tasks: TaskMaker
    private let threads: Int

    /// - Parameter threads: how many models are worked on side by side; the results do not depend on it.
    public init(_ plan: ZooPlan, lists: WordShelf, threads: Int) {
        self.plan = plan
        tasks = TaskMaker(lists)
        self.threads = threads
    }

    /// - Throws: what making the tasks throws, and ``Cancelled``.
    public func make(_ work: Work) throws -> MadeZoo {
        NumericThreads.useOne()
        let definitions = plan.sources + plan.targets
        let made = try Parallel.map(definitions, threads: threads, work: work) { try tasks.make($0) }
        let byName = Dictionary(made.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        work.report("tasks", 0.02)
        let models = try pretrain(byName, work)
        work.report("pre-training", 0.3)
        let targets = plan.targets.compactMap { byName[$0.name] }
        let done = Progress(total: models.count)
        let rows = try Parallel.map(Array(models.indices), threads: threads, work: work) { index in
            let row = try measure(models[index], index, on: targets, work)
            work.report("fine-tuning", 0.3 + 0.68 * done.advance())
            return row
        }
        let embeddings = try embed(made, work)
        return MadeZoo(
            models: zip(plan.models, models).map { plan, model in
                MadeZoo.Model(
                    plan: plan, parameters: model.encoder.count, classes: model.classes, accuracy: model.accuracy,
                    loss: model.loss)
            },
            tasks: definitions.indices.map { index in
                MadeZoo.Task(
                    definition: definitions[index], classes: made[index].classes.count,
                    trainingWords: made[index].training.count, testWords: made[index].test.count,
                    embedding: embeddings[index])
            },
            records: rows.flatMap(\.records), noise: rows.flatMap(\.noise), scores: rows.flatMap(\.scores))
    }

    /// Trains the models in rounds: first those from scratch, then their children, then theirs.
    private func pretrain(_ tasks: [String: WordTask], _ work: Work) throws -> [TrainedModel] {
        var finished: [String: TrainedModel] = [:]
        var waiting = plan.models
        let done = Progress(total: plan.models.count)
        while !waiting.isEmpty {
            let known = finished
            let ready = waiting.filter { $0.parent.map { known[$0] != nil } ?? true }
            guard !ready.isEmpty else {
                throw ForgeError.parentNotPlanned(model: waiting[0].name)
            }
            let trained = try Parallel.map(ready, threads: threads, work: work) { plan in
                guard let task = tasks[plan.source] else {
                    throw ForgeError.unknownTask(plan.source)
                }
                let model = try Trainer.train(
                    name: plan.name, plan.architecture, on: task, from: plan.parent.flatMap { known[$0] },
                    plan.recipe, seed: plan.seed, work.quiet)
                work.report("pre-training", 0.02 + 0.28 * done.advance())
                return model
            }
            for model in trained { finished[model.name] = model }
            waiting.removeAll { finished[$0.name] != nil }
        }
        return plan.models.compactMap { finished[$0.name] }
    }

    private struct Row: Sendable {
        var records: [MadeZoo.Run] = []
        var noise: [MadeZoo.Run] = []
        var scores: [MadeZoo.Score] = []
    }

    private func measure(
        _ model: TrainedModel, _ index: Int, on targets: [WordTask], _ work: Work
    ) throws -> Row {
        var row = Row()
        for (position, target) in targets.enumerated() {
            func run(seed: UInt64) throws -> MadeZoo.Run {
                let tuned = try Trainer.fineTune(model, on: target, seed: seed, work.quiet)
                return MadeZoo.Run(model: model.name, target: target.name, seed: seed, accuracy: tuned.accuracy)
            }
            let record = try run(seed: plan.seed)
            row.records.append(record)
            if plan.noiseModels(target: position).contains(index) {
                row.noise += [record, try run(seed: plan.seed + 1), try run(seed: plan.seed + 2)]
            }
            for (method, value) in try FeatureScores.scores(of: model, on: target, work) {
                row.scores.append(
                    MadeZoo.Score(model: model.name, target: target.name, method: method, value: value))
            }
        }
        return row
    }

    /// The mean of the probe's features over each task's training words.
    private func embed(_ tasks: [WordTask], _ work: Work) throws -> [[Float]] {
        let probe = try Probe.train(self.tasks, steps: plan.probeSteps, work.quiet)
        return try Parallel.map(tasks, threads: threads, work: work) { task in
            try Probe.embedding(of: task.training.encoded, under: probe, work.quiet)
        }
    }

    /// Counts what several threads finish.
    private final class Progress: Sendable {
        private let finished = Lock(0)
        private let total: Int
        init(total: Int) { self.total = total }
        func advance() -> Double {
            let total = total
            return finished.with { count in
                count += 1
                return Double(count) / Double(max(1, total))
            }
        }
    }
}
