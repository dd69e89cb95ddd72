/// The results an ``Auto`` learns from, by slot: those of the datasets closest to the target one by one, and, where a
/// zoo has more results than fit, each model's mean over all other datasets as one dataset more.
///
/// Reading them is linear in the zoo's results.
struct TrainingRecords {
    /// The zoo's datasets that have slots of their own, the closest to the target first.
    let datasets: [Int]
    /// The datasets summed up in the slot after those; empty where all have slots of their own.
    let summedUp: [Int]
    /// Model and slot of each record, grouped by slot. The last slot is the target and has none.
    let pairs: PairKernel.Pairs
    /// How many results each record is the mean of.
    let runs: [Double]
    /// The records' min-max normalised results; of the summed-up slot, means of those.
    let normalised: [Double]
    /// The records' results on each scale, `scales × records`.
    let scaled: [[Double]]

    /// Datasets of their own, the summed-up one where there is one, and the target.
    var slotCount: Int { datasets.count + (summedUp.isEmpty ? 0 : 1) + 1 }
    var target: Int { slotCount - 1 }
    var count: Int { pairs.count }
    /// The records of datasets that have slots of their own come first; how many they are.
    var ownCount: Int { pairs.offsets[datasets.count] }

    /// - Parameters:
    ///   - order: the zoo's datasets with results, the closest to the target first.
    ///   - scores: the standardised scores of a model on a dataset.
    init(
        _ zoo: HeldOutZoo, order: [Int], scales: [ResultScale], constants: AutoConstants, scores: ScoreTable
    ) {
        let results = zoo.known.results
        let modelCount = zoo.known.models.count
        var datasets: [Int] = []
        var held = 0
        let limit = constants.recordLimit
        let fits = results.count <= limit && order.count <= constants.datasetLimit
        for dataset in order {
            let size = results.column(dataset).count
            let isFull = held + size > max(limit - modelCount, limit / 4) || datasets.count >= constants.datasetLimit
            if !fits && !datasets.isEmpty && isFull { break }
            datasets.append(dataset)
            held += size
        }
        let summedUp = Array(order.dropFirst(datasets.count))
        var pairs = PairKernel.Pairs()
        var normalised: [Double] = []
        var scaled = [[Double]](repeating: [], count: scales.count)
        for dataset in datasets {
            let column = results.column(dataset)
            let values = Array(results.values[column])
            for position in column {
                let model = results.models[position]
                pairs.models.append(model)
                pairs.scores.append(contentsOf: scores.standardised(model: Int(model), dataset: dataset))
            }
            normalised.append(contentsOf: zoo.normalised.values[column])
            for (index, scale) in scales.enumerated() { scaled[index].append(contentsOf: scale.values(of: values)) }
            pairs.offsets.append(pairs.models.count)
        }
        var runs = [Double](repeating: 1, count: pairs.models.count)
        if !summedUp.isEmpty {
            var counts = [Double](repeating: 0, count: modelCount)
            var sums = [Double](repeating: 0, count: modelCount)
            var scaledSums = [[Double]](repeating: sums, count: scales.count)
            for dataset in summedUp {
                let column = results.column(dataset)
                let values = Array(results.values[column])
                let onScales = scales.map { $0.values(of: values) }
                for (offset, position) in column.enumerated() {
                    let model = Int(results.models[position])
                    counts[model] += 1
                    sums[model] += zoo.normalised.values[position]
                    for index in scales.indices { scaledSums[index][model] += onScales[index][offset] }
                }
            }
            for model in 0..<modelCount where counts[model] > 0 {
                pairs.models.append(Int32(model))
                pairs.scores.append(contentsOf: [Double](repeating: 0, count: scores.count))
                runs.append(counts[model])
                normalised.append(sums[model] / counts[model])
                for index in scales.indices { scaled[index].append(scaledSums[index][model] / counts[model]) }
            }
            pairs.offsets.append(pairs.models.count)
        }
        pairs.offsets.append(pairs.models.count)
        pairs.noise = runs.map { 1 / $0 }
        self.datasets = datasets
        self.summedUp = summedUp
        self.pairs = pairs
        self.runs = runs
        self.normalised = normalised
        self.scaled = scaled
    }

    /// The curve from a scale to normalised results for each dataset with a slot of its own.
    func wayBack(scale: Int) -> WayBack {
        WayBack(
            datasets.indices.map { slot in
                (Array(scaled[scale][pairs.slot(slot)]), Array(normalised[pairs.slot(slot)]))
            })
    }

    /// The same pairs, only those at `positions` (ascending).
    func pairs(at positions: [Int], scoreCount: Int) -> PairKernel.Pairs {
        var chosen = PairKernel.Pairs()
        var next = 0
        for slot in 0..<slotCount {
            let end = pairs.slot(slot).upperBound
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
