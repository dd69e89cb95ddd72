/// The history mean: each model's mean min-max normalised result over the datasets it was run on. A model that was run on
/// none has the mean of the other models' means, every model counting once.
///
/// It is what the method `history` predicts, and by what the models of
/// an evaluation with part of them are spread over good and bad ones.
public struct HistoryMean: Sendable {
    /// Of each model; `nil` for one without results.
    public let means: [Double?]
    /// The mean of ``means``; `nil` where no model has a result.
    public let overall: Double?

    private let sums: [Double]
    private let weights: [Double]

    /// - Parameters:
    ///   - table: min-max normalised results.
    ///   - modelCount: the number of the zoo's models, with results or without.
    ///   - datasetWeights: how much each dataset counts; the same for all where `nil`.
    /// - Complexity: O(results + models).
    public init(_ table: PairTable, modelCount: Int, datasetWeights: [Double]? = nil) {
        var sums = [Double](repeating: 0, count: modelCount)
        var weights = sums
        for dataset in 0..<table.datasetCount {
            let weight = datasetWeights?[dataset] ?? 1
            for position in table.column(dataset) {
                sums[Int(table.models[position])] += weight * table.values[position]
                weights[Int(table.models[position])] += weight
            }
        }
        self.init(sums: sums, weights: weights)
    }

    private init(sums: [Double], weights: [Double]) {
        self.sums = sums
        self.weights = weights
        means = zip(sums, weights).map { $1 > 0 ? $0 / $1 : nil }
        let known = means.compactMap { $0 }
        overall = known.isEmpty ? nil : known.reduce(0, +) / Double(known.count)
    }

    /// What each model's mean predicts; `nil` for all where no model has a result.
    public var predictions: [Double?] { means.map { $0 ?? overall } }

    /// For how many of some models a prediction is the mean of all, as no result of them is known; 0 for methods that do
    /// not predict by the history mean.
    ///
    /// - Parameter zoo: what the prediction was made from.
    static func fillerCount(in prediction: Prediction, of models: Set<Int>, zoo: () -> HeldOutZoo) -> Int {
        guard [History().name, HistoryBySimilarity().name].contains(prediction.method) else { return 0 }
        let known = Set(zoo().normalised.models.map { Int($0) })
        return models.count { !known.contains($0) && prediction.values[$0] != nil }
    }

    /// The same as if `dataset` were not in `table`, the one this was made from with all datasets counting the same.
    ///
    /// - Complexity: O(models).
    package func without(_ dataset: Int, of table: PairTable) -> HistoryMean {
        var (sums, weights) = (sums, weights)
        for position in table.column(dataset) {
            sums[Int(table.models[position])] -= table.values[position]
            weights[Int(table.models[position])] -= 1
        }
        return HistoryMean(sums: sums, weights: weights)
    }
}
