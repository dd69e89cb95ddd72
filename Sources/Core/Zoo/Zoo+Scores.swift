/// A transferability score of a model on a dataset.
public struct NewScore: Sendable, Equatable {
    public let model: String
    /// The score's name as the zoo gives it, such as `LogME`.
    public let name: String
    public let value: Double

    public init(model: String, name: String, value: Double) {
        self.model = model
        self.name = name
        self.value = value
    }
}

extension Zoo {
    /// The zoo with scores of models on a dataset, in place of those that it had for the same models and scores.
    ///
    /// - Throws: ``UnknownName``.
    /// - Complexity: linear in the zoo's scores.
    public func adding(scores new: [NewScore], on dataset: Int) throws(UnknownName) -> Zoo {
        var entries: [(name: String, values: [Int: Double])] = []
        for score in new {
            let model = try model(named: score.model)
            if let place = entries.firstIndex(where: { $0.name == score.name }) {
                entries[place].values[model] = score.value
            } else {
                entries.append((score.name, [model: score.value]))
            }
        }
        var result = scores
        for (name, values) in entries {
            let own = values.map { PairTable.Entry(model: $0.key, dataset: dataset, value: $0.value) }
            // The zoo's files may spell the score in another way.
            let method = ScoreNaming.method(for: name)
            if let place = result.firstIndex(where: { $0.name == name || $0.method == method }) {
                let kept = result[place].values.entries.filter { $0.dataset != dataset || values[$0.model] == nil }
                result[place] = Score(
                    name: result[place].name, method: result[place].method,
                    values: PairTable(datasetCount: datasets.count, entries: kept + own))
            } else {
                result.append(
                    Score(name: name, method: method, values: PairTable(datasetCount: datasets.count, entries: own)))
            }
        }
        return copy(scores: result)
    }
}
