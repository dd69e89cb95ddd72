/// A zoo's transferability scores, made comparable between datasets: within each, standardised (and held within five
/// standard deviations), and as normal quantiles of their ranks. Where a pair has no score both are zero, the mean.
struct ScoreFeatures {
    /// The number of scores that have a value anywhere.
    let count: Int
    private let modelCount: Int
    private let datasetCount: Int
    /// `datasets × models × count`, for the datasets that have a score; positions by dataset, -1 for those without.
    private let starts: [Int]
    private let measured: [Double]
    private let ranked: [Double]

    /// - Complexity: O(s log s) for s score values, and datasets with scores × models × scores of memory.
    init(_ zoo: Zoo) {
        let tables = zoo.scores.map(\.values).filter { $0.count > 0 }
        count = tables.count
        modelCount = zoo.models.count
        datasetCount = zoo.datasets.count
        var starts = [Int](repeating: -1, count: datasetCount)
        var size = 0
        for dataset in 0..<datasetCount where tables.contains(where: { !$0.column(dataset).isEmpty }) {
            starts[dataset] = size
            size += modelCount * tables.count
        }
        var measured = [Double](repeating: 0, count: size)
        var ranked = measured
        for (index, table) in tables.enumerated() {
            for dataset in 0..<datasetCount where !table.column(dataset).isEmpty {
                let column = table.column(dataset)
                let values = Array(table.values[column])
                let standardised = Statistics.standardised(values)
                let ranks = standardised.contains { $0 != 0 } ? Statistics.rankNormal(values) : standardised
                for (offset, position) in column.enumerated() {
                    let place = starts[dataset] + Int(table.models[position]) * tables.count + index
                    measured[place] = min(max(standardised[offset], -5), 5)
                    ranked[place] = ranks[offset]
                }
            }
        }
        self.starts = starts
        self.measured = measured
        self.ranked = ranked
    }

    /// The pair's standardised scores.
    func standardised(model: Int, dataset: Int) -> ArraySlice<Double> {
        values(measured, model: model, dataset: dataset)
    }

    /// The normal quantiles of the ranks of the pair's scores among the dataset's models.
    func ranks(model: Int, dataset: Int) -> ArraySlice<Double> { values(ranked, model: model, dataset: dataset) }

    private func values(_ table: [Double], model: Int, dataset: Int) -> ArraySlice<Double> {
        guard starts[dataset] >= 0 else { return [Double](repeating: 0, count: count)[...] }
        let start = starts[dataset] + model * count
        return table[start..<start + count]
    }

    /// The linear kernel of two models' standardised scores over all datasets, by the number of scores there are.
    ///
    /// - Complexity: O(m² s) for m models and s scores, times the datasets.
    ///
    /// - Parameter limit: datasets beyond this many are left out, the last ones first.
    func profile(limit: Int) -> [Double] {
        var matrix = [Double](repeating: 0, count: modelCount * modelCount)
        let used = starts.filter { $0 >= 0 }.prefix(limit)
        guard !used.isEmpty, count > 0 else { return matrix }
        let scale = 1 / Double(used.count * count)
        for start in used {
            for a in 0..<modelCount {
                for b in 0...a {
                    var product = 0.0
                    for score in 0..<count {
                        product += measured[start + a * count + score] * measured[start + b * count + score]
                    }
                    matrix[a * modelCount + b] += scale * product
                }
            }
        }
        for a in 0..<modelCount {
            for b in 0..<a { matrix[b * modelCount + a] = matrix[a * modelCount + b] }
        }
        return matrix
    }
}
