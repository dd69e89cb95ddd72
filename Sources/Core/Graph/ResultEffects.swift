/// What a zoo's models and datasets give by themselves, and how far each result lies above that.
struct ResultEffects: Sendable {
    /// The results less their datasets' effects and their models', by the root mean square of that within the dataset.
    let residuals: PairTable
    /// Each model's level, its results fitted together with the datasets' (``TwoWayEffects``).
    let models: [Double]
    /// The number of results of each model.
    let counts: [Double]

    /// A dataset of which all but 3 % of its range is expected has no residual of any size: effects that are drawn towards the
    /// mean leave as much where nothing else is left.
    private static let leastDeviation = 0.03

    /// - Parameter table: results that are comparable between datasets, such as min-max normalised ones.
    /// - Complexity: O(results).
    init(_ table: PairTable, zoo: Zoo) {
        let effects = TwoWayEffects(
            table, values: table.values, modelCount: zoo.models.count, modelPenalty: 0.1, datasetPenalty: 0.1)
        var values = table.values
        for dataset in 0..<table.datasetCount {
            let column = table.column(dataset)
            var squares = 0.0
            for position in column {
                values[position] -= effects.models[Int(table.models[position])] + effects.datasets[dataset]
                squares += values[position] * values[position]
            }
            let deviation = (squares / Double(max(1, column.count))).squareRoot()
            // A single result tells no model from another.
            let scale = column.count > 1 ? 1 / max(deviation, Self.leastDeviation) : 0
            for position in column { values[position] *= scale }
        }
        residuals = table.replacingValues(values)
        models = effects.models
        counts = effects.counts
    }
}
