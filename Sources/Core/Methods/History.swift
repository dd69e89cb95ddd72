/// The plain baseline: the mean of a model's min-max normalised results on the other datasets.
///
/// A model without any is given the mean of all models' means. It has no parameter and looks at nothing of the target,
/// and correlates about as well as the best published variants; every other method is shown beside it.
public struct History: PredictionMethod {
    public let name = "history"

    public init() {}

    public func predict(_ workspace: TargetWorkspace) throws -> Prediction {
        let zoo = workspace.zoo
        let means = Self.means(of: zoo.normalised, modelCount: zoo.known.models.count)
        let known = means.compactMap { $0 }
        let overall = known.isEmpty ? nil : known.reduce(0, +) / Double(known.count)
        return Prediction(
            method: name, target: zoo.target, values: means.map { $0 ?? overall },
            explanations: { models, _ in models.map { Self.explain($0, in: zoo, overall: overall) } })
    }

    /// The mean of each model's values in `table`; `nil` for a model that has none.
    public static func means(of table: PairTable, modelCount: Int) -> [Double?] {
        var sums = [Double](repeating: 0, count: modelCount)
        var counts = [Int](repeating: 0, count: modelCount)
        for (model, value) in zip(table.models, table.values) {
            sums[Int(model)] += value
            counts[Int(model)] += 1
        }
        return zip(sums, counts).map { $1 > 0 ? $0 / Double($1) : nil }
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
