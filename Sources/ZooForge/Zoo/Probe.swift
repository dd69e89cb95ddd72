import TransferGraphCore

/// The model whose features describe tasks, as a vector each; it is not in the zoo.
///
/// It is trained on the languages of all lists, so that it has seen every letter.
public enum Probe {
    static let task = TaskDefinition(
        "every-language", .source, "languages",
        .classes(WordListCatalog.languages.map { TaskDefinition.ClassDefinition($0, [$0]) }), trainingWords: 700,
        testWords: 100)

    static let architecture = Architecture(family: .cnn, width: 64, depth: 1, embedding: 16, span: 5)

    /// - Throws: what making the task throws, and ``Cancelled``.
    public static func train(_ tasks: TaskMaker, steps: Int, _ work: Work) throws -> TrainedModel {
        try Trainer.train(
            name: "probe", architecture, on: tasks.make(task), Recipe(steps: steps), seed: 4, work)
    }

    /// The mean of the probe's features over the words.
    ///
    /// - Throws: ``Cancelled``.
    public static func embedding(
        of words: EncodedWords, under probe: TrainedModel, _ work: Work
    ) throws(Cancelled) -> [Float] {
        let features = try Trainer.outlook(probe, on: words, work).features
        let width = probe.architecture.width
        var mean = [Double](repeating: 0, count: width)
        for (index, value) in features.enumerated() { mean[index % width] += Double(value) }
        return mean.map { Float($0 / Double(max(1, words.count))) }
    }
}
