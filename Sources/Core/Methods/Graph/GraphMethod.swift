import Support

/// The project's own graph method: model and dataset effects, and what the graph of `OwnRecipe` adds to them.
///
/// 1. The datasets with results are dealt into folds. For each fold a graph is built without its datasets' results, as it is
///    built without the target's, and embedded (`GraphFolds`): what a fold's datasets look like is then what the target
///    looks like.
/// 2. `GraphFeatures` tell of each pair what its two vectors say: their dot product, what the model did on datasets whose
///    vectors are near, what models with near vectors did there.
/// 3. The predictor learns from the folds how far results lie above model and dataset effects, and predicts that of the
///    target (`EffectPredictor`); from fewer datasets that counts for less. Where the graph says nothing, the effects are
///    left, which are about the history mean.
/// 4. That is done on results that are min-max normalised, standardised, and ranked. The prediction is the mean of the first
///    two, moved some of the way to the order of the third.
///
/// ```swift
/// let workspace = TargetWorkspace(zoo: zoo, target: try zoo.dataset(named: "pets"))
/// let prediction = try GraphMethod(predictor: .randomForest, learner: .node2vec).predict(workspace)
/// ```
public struct GraphMethod: PredictionMethod {
    public let predictor: Predictor
    public let learner: GraphLearner

    public var name: String { "graph:\(predictor.rawValue):\(learner.rawValue)" }
    public var scale: PredictionScale { .place }

    public init(predictor: Predictor, learner: GraphLearner) {
        self.predictor = predictor
        self.learner = learner
    }

    /// How far values are moved to those in the order of ranks.
    private static let orderWeight = 0.3

    public func predict(_ workspace: TargetWorkspace) throws -> Prediction {
        let zoo = workspace.zoo
        let withResults = zoo.known.datasets.indices.filter { !zoo.normalised.column($0).isEmpty }
        guard withResults.count > 1 else {
            let mean = HistoryMean(zoo.normalised, modelCount: zoo.known.models.count)
            return Prediction(method: name, target: zoo.target, values: mean.predictions)
        }
        let folds = try workspace.graphFolds(learner)
        let scales = [
            zoo.normalised.replacingValues(zoo.normalised.values.map { $0 - 0.5 }),
            transformed(zoo.known.results, measuredWeight: 1),
            transformed(zoo.known.results, measuredWeight: 0),
        ]
        let predictions = try scales.enumerated().map { number, scale in
            try EffectPredictor(predictor: predictor).predict(
                scale, folds: folds, workspace: workspace,
                seed: SeededGenerator.seed(workspace.settings.seed, for: .graphPredictor, zoo.target, number))
        }
        let (mean, deviation) = Statistics.moments(predictions[0])
        let values = zip(Statistics.standardised(predictions[0]), Statistics.standardised(predictions[1])).map {
            mean + 0.5 + deviation * ($0 + $1) / 2
        }
        let ordered = EnsembleAverage.values(values, inOrderOf: predictions[2])
        return Prediction(
            method: name, target: zoo.target,
            values: zip(values, ordered).map { (1 - Self.orderWeight) * $0 + Self.orderWeight * $1 })
    }

    private func transformed(_ table: PairTable, measuredWeight: Double) -> PairTable {
        let transform = ResultTransform(measuredWeight: measuredWeight)
        return table.replacingValues(
            (0..<table.datasetCount).flatMap { dataset in
                transform.transformed(.init(Array(table.values[table.column(dataset)])))
            })
    }
}
