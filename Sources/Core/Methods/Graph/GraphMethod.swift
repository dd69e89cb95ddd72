import Support

/// The project's own graph method: model and dataset effects, and what the graph of `OwnRecipe` adds to them.
///
/// 1. The datasets with results are dealt into folds. For each fold a graph is built without its datasets' results, as it is
///    built without the target's, and embedded (`GraphFolds`): what a fold's datasets look like is then what the target
///    looks like.
/// 2. `GraphFeatures` tell of each pair what its two vectors say: their dot product, what the model did on datasets whose
///    vectors are near, what models with near vectors did there.
/// 3. The predictor learns from the folds how far results lie above model and dataset effects, and predicts that of the
///    target (`EffectPredictor`). Where the graph says nothing, the effects are left, which are about the history mean.
/// 4. That is done on results that are min-max normalised, standardised, and between standardised and ranks; the prediction
///    is the mean of the three.
///
/// ```swift
/// let workspace = TargetWorkspace(zoo: zoo, target: try zoo.dataset(named: "pets"))
/// let prediction = try GraphMethod(predictor: .randomForest, learner: .node2vec).predict(workspace)
/// ```
public struct GraphMethod: PredictionMethod {
    public let predictor: Predictor
    public let learner: GraphLearner

    public var name: String { "graph:\(predictor.rawValue):\(learner.rawValue)" }

    public init(predictor: Predictor, learner: GraphLearner) {
        self.predictor = predictor
        self.learner = learner
    }

    /// What share of the standardised result the third of the three scales has; the rest is that of the rank.
    private static let measuredWeight = 0.5

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
            transformed(zoo.known.results, measuredWeight: Self.measuredWeight),
        ]
        var sums = [Double](repeating: 0, count: zoo.known.models.count)
        var (mean, deviation) = (0.0, 0.0)
        for (number, scale) in scales.enumerated() {
            let values = try EffectPredictor(predictor: predictor).predict(
                scale, folds: folds, workspace: workspace,
                seed: SeededGenerator.seed(workspace.settings.seed, for: .graphPredictor, zoo.target, number))
            let moments = Statistics.moments(values)
            if number == 0 { (mean, deviation) = moments }
            guard moments.deviation > 0 else { continue }
            for (model, value) in values.enumerated() {
                sums[model] += (value - moments.mean) / moments.deviation / Double(scales.count)
            }
        }
        return Prediction(
            method: name, target: zoo.target, values: sums.map { mean + 0.5 + deviation * $0 })
    }

    private func transformed(_ table: PairTable, measuredWeight: Double) -> PairTable {
        let transform = ResultTransform(measuredWeight: measuredWeight)
        return table.replacingValues(
            (0..<table.datasetCount).flatMap { dataset in
                transform.transformed(.init(Array(table.values[table.column(dataset)])))
            })
    }
}
