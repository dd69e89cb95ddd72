/// The history mean of each model on the target, and of each training case without the case's dataset.
struct HistoryMean {
    let values: [Double]
    /// For each training case of a single dataset.
    let heldOut: [Double]

    init(_ zoo: HeldOutZoo, training: TrainingResults) {
        let count = zoo.known.models.count
        var sums = [Double](repeating: 0, count: count)
        var counts = [Double](repeating: 0, count: count)
        var total = 0.0
        for (model, value) in zip(zoo.normalised.models, zoo.normalised.values) {
            sums[Int(model)] += value
            counts[Int(model)] += 1
            total += value
        }
        let overall = zoo.normalised.count > 0 ? total / Double(zoo.normalised.count) : 0.5
        values = (0..<count).map { counts[$0] > 0 ? sums[$0] / counts[$0] : overall }
        var heldOut: [Double] = []
        for group in training.datasets.indices {
            let range = training.pairs.group(group)
            let own = training.normalised[range].reduce(0, +)
            let others = Double(zoo.normalised.count - range.count)
            let rest = others > 0 ? (total - own) / others : 0.5
            for position in range {
                let model = Int(training.pairs.models[position])
                heldOut.append(
                    counts[model] > 1 ? (sums[model] - training.normalised[position]) / (counts[model] - 1) : rest)
            }
        }
        self.heldOut = heldOut
    }
}
