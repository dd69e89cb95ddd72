import TransferGraphCore

/// The transferability scores of a model's features for a target, before any fine-tuning.
enum FeatureScores {
    /// The words that are looked at, at most: the first of the training words, which stand in random order.
    static let words = 1000

    /// One of each kind: evidence, separability, the source's own labels, distances between classes and between words.
    static let methods: [TransferabilityScore] = [.logME, .regularizedHScore, .leep, .nce, .gbcSpherical, .parc]

    /// A score that is undefined or infinite for the features, as of a model that gives every word the same, is left out.
    ///
    /// - Throws: ``Cancelled``, and ``FeatureError`` where the features are not finite.
    static func scores(
        of model: TrainedModel, on task: WordTask, _ work: Work
    ) throws -> [(method: String, value: Double)] {
        let count = min(words, task.training.count)
        let encoded = EncodedWords(Array(task.training.words.prefix(count)))
        let outlook = try Trainer.outlook(model, on: encoded, work)
        let data = try LabelledFeatures(
            features: matrix(outlook.features, rows: count), labels: task.training.labels.prefix(count).map(Int64.init),
            sourceProbabilities: matrix(outlook.probabilities, rows: count), work: work)
        var settings = ScoreSettings()
        settings.threads = 1
        // PARC compares all pairs.
        settings.sampleLimit = 400
        var scores: [(method: String, value: Double)] = []
        for result in try TransferabilityScore.scoreAll(methods, of: data, settings: settings, work: work.quiet) {
            if let value = result.value, value.isFinite { scores.append((result.score.name, value)) }
        }
        return scores
    }

    private static func matrix(_ values: [Float], rows: Int) -> FeatureMatrix {
        FeatureMatrix(Matrix(rows: rows, columns: values.count / rows, values: values.map(Double.init)))
    }
}
