/// The training cases of an ``Auto``, by group: the results on the datasets closest to the target one by one, and, where a
/// zoo has more results than fit, each model's mean over all other datasets as one dataset more.
///
/// Reading them is linear in the zoo's results.
struct TrainingResults {
    /// The zoo's datasets that are groups of their own, the closest to the target first.
    let datasets: [Int]
    /// The datasets aggregated in the group after those; empty where all are groups of their own.
    let aggregated: [Int]
    /// Model and group of each case, by group. The last group is the target and has none.
    let pairs: PairKernel.Pairs
    /// How many results each case is the mean of.
    let resultCounts: [Double]
    /// The cases' min-max normalised results; of the aggregated group, means of those.
    let normalised: [Double]
    /// The cases' results by each transform, `transforms × cases`.
    let transformed: [[Double]]

    /// The single datasets, the aggregated ones where there are any, and the target.
    var groupCount: Int { datasets.count + (aggregated.isEmpty ? 0 : 1) + 1 }
    var target: Int { groupCount - 1 }
    var count: Int { pairs.count }
    /// How many cases are of single datasets; they come first.
    var singleCount: Int { pairs.offsets[datasets.count] }

    /// - Parameters:
    ///   - order: the zoo's datasets with results, the closest to the target first.
    ///   - scores: the standardised scores of a model on a dataset.
    init(
        _ zoo: HeldOutZoo, order: [Int], transforms: [ResultTransform], constants: AutoConstants, scores: ScoreFeatures
    ) {
        let results = zoo.known.results
        let modelCount = zoo.known.models.count
        var datasets: [Int] = []
        var held = 0
        let limit = constants.resultLimit
        let fits = results.count <= limit && order.count <= constants.datasetLimit
        for dataset in order {
            let size = results.column(dataset).count
            let isFull = held + size > max(limit - modelCount, limit / 4) || datasets.count >= constants.datasetLimit
            if !fits && !datasets.isEmpty && isFull { break }
            datasets.append(dataset)
            held += size
        }
        let aggregated = Array(order.dropFirst(datasets.count))
        var pairs = PairKernel.Pairs()
        var normalised: [Double] = []
        var transformed = [[Double]](repeating: [], count: transforms.count)
        for dataset in datasets {
            let column = results.column(dataset)
            let values = Array(results.values[column])
            for position in column {
                let model = results.models[position]
                pairs.models.append(model)
                pairs.scores.append(contentsOf: scores.standardised(model: Int(model), dataset: dataset))
            }
            normalised.append(contentsOf: zoo.normalised.values[column])
            for (index, transform) in transforms.enumerated() {
                transformed[index].append(contentsOf: transform.transformed(values))
            }
            pairs.offsets.append(pairs.models.count)
        }
        var resultCounts = [Double](repeating: 1, count: pairs.models.count)
        if !aggregated.isEmpty {
            var counts = [Double](repeating: 0, count: modelCount)
            var sums = [Double](repeating: 0, count: modelCount)
            var transformedSums = [[Double]](repeating: sums, count: transforms.count)
            for dataset in aggregated {
                let column = results.column(dataset)
                let values = Array(results.values[column])
                let byTransform = transforms.map { $0.transformed(values) }
                for (offset, position) in column.enumerated() {
                    let model = Int(results.models[position])
                    counts[model] += 1
                    sums[model] += zoo.normalised.values[position]
                    for index in transforms.indices { transformedSums[index][model] += byTransform[index][offset] }
                }
            }
            for model in 0..<modelCount where counts[model] > 0 {
                pairs.models.append(Int32(model))
                pairs.scores.append(contentsOf: [Double](repeating: 0, count: scores.count))
                resultCounts.append(counts[model])
                normalised.append(sums[model] / counts[model])
                for index in transforms.indices {
                    transformed[index].append(transformedSums[index][model] / counts[model])
                }
            }
            pairs.offsets.append(pairs.models.count)
        }
        pairs.offsets.append(pairs.models.count)
        pairs.noise = resultCounts.map { 1 / $0 }
        self.datasets = datasets
        self.aggregated = aggregated
        self.pairs = pairs
        self.resultCounts = resultCounts
        self.normalised = normalised
        self.transformed = transformed
    }

    /// The inverse of the transform at position `index`, learned from the single datasets.
    func inverseTransform(_ index: Int) -> InverseTransform {
        InverseTransform(
            datasets.indices.map { group in
                (Array(transformed[index][pairs.group(group)]), Array(normalised[pairs.group(group)]))
            })
    }

    /// The same pairs, only those at `positions` (ascending).
    func pairs(at positions: [Int], scoreCount: Int) -> PairKernel.Pairs {
        var chosen = PairKernel.Pairs()
        var next = 0
        for group in 0..<groupCount {
            let end = pairs.group(group).upperBound
            while next < positions.count, positions[next] < end {
                let position = positions[next]
                chosen.models.append(pairs.models[position])
                chosen.noise.append(pairs.noise[position])
                chosen.scores.append(
                    contentsOf: pairs.scores[position * scoreCount..<(position + 1) * scoreCount])
                next += 1
            }
            chosen.offsets.append(chosen.models.count)
        }
        return chosen
    }
}
