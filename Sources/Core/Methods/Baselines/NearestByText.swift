/// What models reached on the datasets whose names have most words in common with the target's; a model without results
/// is given what those with names like its own reached.
///
/// Both means are weighted by the squared cosine of the names' TF-IDF weights (`TermVectors`), a dataset that shares no
/// word counting a hundredth.
public struct NearestByText: PredictionMethod {
    public let name = "nearest-text"
    public var scale: PredictionScale { .deviations }

    public init() {}

    /// - Complexity: O(results + words), and O(models that share a word) for each model without results.
    public func predict(_ workspace: TargetWorkspace) throws -> Prediction {
        let zoo = workspace.zoo.known
        let results = StandardisedResults(workspace.zoo)
        let near = TermVectors(zoo.datasets.map { NameTokens.of($0.name) }).cosines(to: workspace.zoo.target)
        var sums = [Double](repeating: 0, count: zoo.models.count)
        var weights = sums
        for entry in results.entries {
            let weight = entry.dataset == workspace.zoo.target ? 1 : near[entry.dataset] * near[entry.dataset] + 0.01
            sums[entry.model] += weight * entry.value
            weights[entry.model] += weight
        }
        let own = zip(sums, weights).map { $0 / ($1 + 0.05) }
        let words = TermVectors(zoo.models.map { NameTokens.of($0.name) })
        let values = try zoo.models.indices.map { model -> Double in
            if weights[model] > 0 { return own[model] }
            if model & 0xf == 0 { try workspace.work.check() }
            var sum = 0.0
            var total = 1e-3
            for (other, cosine) in words.cosines(to: model).enumerated() where weights[other] > 0 {
                sum += cosine * cosine * own[other]
                total += cosine * cosine
            }
            return sum / total
        }
        return Prediction(method: name, target: workspace.zoo.target, values: values)
    }
}
