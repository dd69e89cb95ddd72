/// TransferGraph as published (Li et al., ICDE 2024): a predictor over metadata, distances and node embeddings.
///
/// It learns from every known (model, dataset) result, min-max normalised within its dataset, and predicts the same for
/// every model on the target. The published program also feeds in the time that fine-tuning took; that is known only
/// after fine-tuning on the target, so it stays out here.
public struct TransferGraphMethod: PredictionMethod {
    public let predictor: Predictor
    public let learner: GraphLearner

    public var name: String { "tg:\(predictor.rawValue):\(learner.rawValue)" }
    public var scale: PredictionScale { .place }

    public init(predictor: Predictor, learner: GraphLearner) {
        self.predictor = predictor
        self.learner = learner
    }

    public func predict(_ workspace: TargetWorkspace) throws -> Prediction {
        let zoo = workspace.zoo
        let pairs = zoo.normalised.entries.map { FeatureTable.Pair(model: $0.model, dataset: $0.dataset) }
        let queries = zoo.known.models.indices.map { FeatureTable.Pair(model: $0, dataset: zoo.target) }
        let needsEmbedding = workspace.settings.features != .basic
        let embeddings: [Embedding?] = needsEmbedding ? try workspace.embeddings(learner) : [nil]
        let results = zoo.normalised.values.map { Float($0) }
        var values = [Double](repeating: 0, count: queries.count)
        for (number, embedding) in embeddings.enumerated() {
            func features(_ pairs: [FeatureTable.Pair]) throws -> FeatureTable {
                try FeatureTable(
                    pairs, of: zoo.known, set: workspace.settings.features,
                    withScores: workspace.settings.scoresAsFeatures, graph: needsEmbedding ? workspace.graph : nil,
                    embedding: embedding)
            }
            let predicted = try predictor.predict(
                training: features(pairs), results: results, queries: features(queries), members: embeddings.count,
                seed: SeededGenerator.seed(workspace.settings.seed, for: .predictor, zoo.target, number),
                work: workspace.work)
            for (row, value) in predicted.enumerated() { values[row] += value / Double(embeddings.count) }
        }
        return Prediction(method: name, target: zoo.target, values: values)
    }
}
