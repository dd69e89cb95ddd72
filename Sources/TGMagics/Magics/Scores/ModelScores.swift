import CellLanguage
import TransferGraphCore

/// The scores of one model among several on the same samples.
struct ModelScores: Sendable {
    /// Where a model's features lie.
    struct Input: Sendable {
        let name: String
        let features: String
        let probabilities: String?
    }

    let name: String
    let results: [ScoreResult]

    /// Scores the models in parallel, each with its share of the threads; the labels are read once.
    ///
    /// - Throws: ``NumPyError``; ``FeatureError``; ``Cancelled``.
    static func compute(
        _ inputs: [Input], labelsFile: String, scores: [TransferabilityScore], threads: Int, work: Work
    ) throws -> [ModelScores] {
        let labels = try NumPyLabels.labels(npy: labelsFile)
        let atOnce = max(1, min(inputs.count, threads))
        var settings = ScoreSettings()
        settings.threads = max(1, threads / atOnce)
        let chosen = settings
        // For one model progress counts its scores, for several the models.
        let inside = inputs.count == 1 ? work : work.quiet
        return try Parallel.map(Array(inputs.enumerated()), threads: atOnce, work: work) { index, input in
            if inputs.count > 1 { work.report(input.name, Double(index) / Double(inputs.count)) }
            let matrix = try FeatureMatrix(npy: input.features)
            switch labels {
            case .classes(let values, _):
                let data = try LabelledFeatures(
                    features: matrix, labels: values,
                    sourceProbabilities: input.probabilities.map { try FeatureMatrix(npy: $0, role: .probabilities) },
                    work: inside)
                return ModelScores(
                    name: input.name,
                    results: try TransferabilityScore.scoreAll(scores, of: data, settings: chosen, work: inside))
            case .continuous(let values):
                let data = try RegressionFeatures(features: matrix, targets: values, work: inside)
                return ModelScores(
                    name: input.name, results: try data.scoreAll(scores, settings: chosen, work: inside))
            }
        }
    }
}
