import TransferGraphCore

/// Trains networks on tasks: pre-training, fine-tuning, and what a trained network makes of other words.
///
/// Every result follows from its arguments, whatever runs beside it.
public enum Trainer {
    /// Trains a network on a task, from scratch or on from `parent` with a new classifier.
    ///
    /// - Parameter points: how many points the learning curve has besides the first and the last; each costs a pass
    ///   over the test words.
    /// - Throws: ``Cancelled``.
    public static func train(
        name: String, _ architecture: Architecture, on task: WordTask, from parent: TrainedModel? = nil,
        _ recipe: Recipe, seed: UInt64, points: Int = 0, _ work: Work
    ) throws(Cancelled) -> TrainedModel {
        precondition(parent == nil || parent?.architecture == architecture, "a model keeps its architecture")
        var generator = SeededGenerator(seed: seed, stream: Hashing.hash(task.name))
        let network = Network<Float>(
            architecture, classes: task.classes.count, batch: 64, encoder: parent?.encoder, generator: &generator)
        var curve: [LearningCurve.Point] = []
        if points > 0 {
            let start = try measure(network, task.test, work)
            curve.append(.init(step: 0, trainingLoss: start.loss, accuracy: start.accuracy))
        }
        var order = Array(0..<task.training.count)
        var next = order.count
        var lossSum = 0.0
        var lossCount = 0
        for step in 0..<recipe.steps {
            try work.check()
            if next + recipe.batch > order.count {
                order.shuffle(using: &generator)
                next = 0
            }
            let rows = order[next..<min(next + recipe.batch, order.count)]
            next += recipe.batch
            network.forward(task.training.encoded, rows: rows)
            if points > 0 {
                lossSum += network.measure(labels: task.training.labels).loss
                lossCount += rows.count
            }
            network.backward(labels: task.training.labels)
            network.step(learningRate: recipe.learningRate(at: step))
            if points > 0 && step + 1 < recipe.steps
                && (step + 1) * (points + 1) / recipe.steps > step * (points + 1) / recipe.steps
            {
                let now = try measure(network, task.test, work)
                curve.append(
                    .init(
                        step: step + 1, trainingLoss: lossSum / Double(max(1, lossCount)), accuracy: now.accuracy))
                lossSum = 0
                lossCount = 0
            }
            work.report("training", Double(step + 1) / Double(recipe.steps))
        }
        let end = try measure(network, task.test, work)
        if points > 0 {
            curve.append(
                .init(
                    step: recipe.steps, trainingLoss: lossCount == 0 ? end.loss : lossSum / Double(lossCount),
                    accuracy: end.accuracy))
        }
        return TrainedModel(
            name: name, architecture: architecture, task: task.name, classes: task.classes.count,
            weights: network.snapshot(), accuracy: end.accuracy, loss: end.loss, seed: seed, recipe: recipe,
            parent: parent?.name, curve: LearningCurve(points: curve))
    }

    /// Fine-tunes a model: all of its weights, with a new classifier, by ``Recipe/fineTuning(trainingWords:)``.
    ///
    /// - Throws: ``Cancelled``.
    public static func fineTune(
        _ model: TrainedModel, on task: WordTask, seed: UInt64, points: Int = 0, _ work: Work
    ) throws(Cancelled) -> TrainedModel {
        try train(
            name: "\(model.name)/\(task.name)", model.architecture, on: task, from: model,
            .fineTuning(trainingWords: task.training.count), seed: seed ^ Hashing.hash(model.name), points: points,
            work)
    }

    /// What a model makes of words before it is fine-tuned.
    ///
    /// - Returns: its features (`count × width`, row by row) and its probabilities for the classes of its own task
    ///   (`count × classes`).
    /// - Throws: ``Cancelled``.
    public static func outlook(
        _ model: TrainedModel, on words: EncodedWords, _ work: Work
    ) throws(Cancelled) -> (features: [Float], probabilities: [Float]) {
        var generator = SeededGenerator(seed: 0)
        let network = Network<Float>(model.architecture, classes: model.classes, batch: 64, generator: &generator)
        network.restore(model.weights)
        var features: [Float] = []
        var probabilities: [Float] = []
        let rows = Array(0..<words.count)
        for start in stride(from: 0, to: words.count, by: network.batch) {
            try work.check()
            network.forward(words, rows: rows[start..<min(start + network.batch, words.count)])
            network.appendFeatures(to: &features)
            network.appendProbabilities(to: &probabilities)
        }
        return (features, probabilities)
    }

    private static func measure(
        _ network: Network<Float>, _ split: WordTask.Split, _ work: Work
    ) throws(Cancelled) -> (accuracy: Double, loss: Double) {
        var correct = 0
        var loss = 0.0
        let rows = Array(0..<split.count)
        for start in stride(from: 0, to: split.count, by: network.batch) {
            try work.check()
            network.forward(split.encoded, rows: rows[start..<min(start + network.batch, split.count)])
            let result = network.measure(labels: split.labels)
            correct += result.correct
            loss += result.loss
        }
        return (Double(correct) / Double(max(1, split.count)), loss / Double(max(1, split.count)))
    }
}
