/// Model and dataset effects fitted together: y = a(model) + b(dataset) + rest, by ridge regression.
///
/// The mean of a model's results says as much of the datasets it was run on as of the model. Fitted together, a model that
/// was run on easy datasets alone gains nothing by it. The fit goes from models to datasets and back
/// (backfitting; Hastie and Tibshirani, "Generalized Additive Models", 1990, section 4.4), each time O(results).
package struct TwoWayEffects: Sendable {
    package let models: [Double]
    package let datasets: [Double]
    /// For each model the sum of its results less their datasets' effects, and their number.
    let sums: [Double]
    let counts: [Double]
    private let modelPenalty: Double
    /// What the covariate adds where it is 1.
    package let coefficient: Double

    /// - Parameters:
    ///   - table: which pairs there are; `values` are theirs, in the table's order.
    ///   - covariate: of each pair, a number whose coefficient is fitted too, such as whether the model was trained on the
    ///     dataset; none where empty.
    ///   - modelPenalty: shrinks models' effects, as that many results at 0 would.
    ///   - datasetPenalty: the same of datasets' effects.
    /// - Complexity: O(sweeps · results).
    package init(
        _ table: PairTable, values: [Double], modelCount: Int, covariate: [Double] = [], modelPenalty: Double = 1,
        datasetPenalty: Double = 0.1, sweeps: Int = 15
    ) {
        var counts = [Double](repeating: 0, count: modelCount)
        for model in table.models { counts[Int(model)] += 1 }
        var models = [Double](repeating: 0, count: modelCount)
        var datasets = [Double](repeating: 0, count: table.datasetCount)
        var sums = models
        var coefficient = 0.0
        let pairs = covariate.indices.filter { covariate[$0] != 0 }
        let squares = pairs.reduce(5) { $0 + covariate[$1] * covariate[$1] }
        var datasetOf = [Int](repeating: 0, count: covariate.isEmpty ? 0 : table.count)
        if !covariate.isEmpty {
            for dataset in 0..<table.datasetCount {
                for position in table.column(dataset) { datasetOf[position] = dataset }
            }
        }
        var values = values
        for _ in 0..<sweeps {
            sums = [Double](repeating: 0, count: modelCount)
            for dataset in 0..<table.datasetCount {
                let column = table.column(dataset)
                if column.isEmpty { continue }
                var sum = 0.0
                for position in column { sum += values[position] - models[Int(table.models[position])] }
                let effect = sum / (Double(column.count) + datasetPenalty)
                datasets[dataset] = effect
                for position in column { sums[Int(table.models[position])] += values[position] - effect }
            }
            for model in 0..<modelCount { models[model] = sums[model] / (counts[model] + modelPenalty) }
            if pairs.isEmpty { continue }
            // `values` are already less the coefficient so far.
            var sum = 0.0
            for position in pairs {
                let dataset = datasetOf[position]
                sum +=
                    covariate[position]
                    * (values[position] + coefficient * covariate[position] - datasets[dataset]
                        - models[Int(table.models[position])])
            }
            let change = sum / squares - coefficient
            coefficient += change
            for position in pairs { values[position] -= change * covariate[position] }
        }
        self.coefficient = coefficient
        self.models = models
        self.datasets = datasets
        self.sums = sums
        self.counts = counts
        self.modelPenalty = modelPenalty
    }

    /// The model's effect without one of its results, which is `value` once its dataset's effect and what the covariate
    /// adds are taken off.
    func model(_ model: Int, without value: Double) -> Double {
        (sums[model] - value) / (counts[model] - 1 + modelPenalty)
    }
}
