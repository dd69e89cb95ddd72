/// The plain baseline: the ``HistoryMean`` of each model's results on the other datasets.
///
/// It has no parameter and looks at nothing of the target, and correlates about as well as the best published variants;
/// every other method is shown beside it.
public struct History: PredictionMethod {
    public let name = "history"
    public var scale: PredictionScale { .place }

    public init() {}

    public func predict(_ workspace: TargetWorkspace) throws -> Prediction {
        let zoo = workspace.zoo
        let mean = HistoryMean(zoo.normalised, modelCount: zoo.known.models.count)
        return Prediction(
            method: name, target: zoo.target, values: mean.predictions,
            explanations: { models, _ in models.map { Self.explain($0, in: zoo, overall: mean.overall) } })
    }

    private static func explain(_ model: Int, in zoo: HeldOutZoo, overall: Double?) -> Explanation {
        let table = zoo.normalised
        let own = (0..<table.datasetCount).compactMap { dataset in
            table[model: model, dataset: dataset].map { (dataset, $0) }
        }
        guard !own.isEmpty else {
            let part = Explanation.Part(
                kind: .baseline, what: "the mean of all models, as it has no result of its own",
                contribution: overall ?? 0)
            return Explanation(parts: [part], addsUp: true)
        }
        let parts = own.map { dataset, value in
            Explanation.Part(
                kind: .record, what: "its normalised result on \(zoo.known.datasets[dataset].name)",
                contribution: value / Double(own.count))
        }
        return Explanation(parts: parts.sorted { abs($0.contribution) > abs($1.contribution) }, addsUp: true)
    }
}
