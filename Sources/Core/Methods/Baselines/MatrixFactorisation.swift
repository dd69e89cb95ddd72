/// Plain matrix factorisation with a bias for each model, by alternating least squares (Koren, Bell and Volinsky, "Matrix
/// factorization techniques for recommender systems", 2009), of results standardised within their dataset.
///
/// A target without known results has no factors of its own: there the biases predict.
public struct MatrixFactorisation: PredictionMethod {
    public let name = "factorisation"
    public var scale: PredictionScale { .deviations }
    private let rank = 5
    /// Of squared factors, where a result's variance is 1.
    private let penalty = 2.0
    private let sweeps = 12

    public init() {}

    /// - Complexity: O(sweeps · (results · rank² + (models + datasets) · rank³)).
    public func predict(_ workspace: TargetWorkspace) throws -> Prediction {
        let results = StandardisedResults(workspace.zoo).entries
        let models = workspace.zoo.known.models.count
        let datasets = workspace.zoo.known.datasets.count
        var generator = SeededGenerator(
            seed: workspace.settings.seed, purpose: .factors, item: workspace.zoo.target)
        let width = rank + 1
        // The first factor of a model is its bias: datasets have 1 there.
        var left = (0..<models).map { _ in (0..<width).map { _ in 0.1 * generator.normal() } }
        var right = (0..<datasets).map { _ in [1] + (0..<rank).map { _ in 0.1 * generator.normal() } }
        var byModel = [[PairTable.Entry]](repeating: [], count: models)
        var byDataset = [[PairTable.Entry]](repeating: [], count: datasets)
        for entry in results {
            byModel[entry.model].append(entry)
            byDataset[entry.dataset].append(entry)
        }
        for _ in 0..<sweeps {
            for model in 0..<models {
                if model & 0xff == 0 { try workspace.work.check() }
                left[model] = solved(byModel[model].map { (right[$0.dataset], $0.value) }, width: width)
            }
            for dataset in 0..<datasets {
                if dataset & 0xff == 0 { try workspace.work.check() }
                let own = byDataset[dataset].map { (Array(left[$0.model].dropFirst()), $0.value - left[$0.model][0]) }
                right[dataset] = [1] + solved(own, width: rank)
            }
        }
        let target = right[workspace.zoo.target]
        return Prediction(
            method: name, target: workspace.zoo.target,
            values: left.map { zip($0, target).reduce(0) { $0 + $1.0 * $1.1 } })
    }

    /// The ridge regression of values on rows; 0 without any.
    private func solved(_ rows: [([Double], Double)], width: Int) -> [Double] {
        guard !rows.isEmpty else { return [Double](repeating: 0, count: width) }
        var normal = Matrix(rows: width, columns: width)
        var sum = [Double](repeating: 0, count: width)
        for index in 0..<width { normal[index, index] = penalty }
        for (row, value) in rows {
            for a in 0..<width {
                sum[a] += row[a] * value
                for b in 0..<width { normal[a, b] += row[a] * row[b] }
            }
        }
        return CholeskyFactor(normal)?.solved(sum) ?? sum
    }
}
