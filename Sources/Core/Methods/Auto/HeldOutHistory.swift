/// The plain history mean of each model on the target, and of each training record without the record's dataset.
struct HeldOutHistory {
    let values: [Double]
    /// For each record with a slot of its own.
    let heldOut: [Double]

    init(_ zoo: HeldOutZoo, records: TrainingRecords) {
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
        for slot in records.datasets.indices {
            let range = records.pairs.slot(slot)
            let own = records.normalised[range].reduce(0, +)
            let others = Double(zoo.normalised.count - range.count)
            let rest = others > 0 ? (total - own) / others : 0.5
            for position in range {
                let model = Int(records.pairs.models[position])
                heldOut.append(
                    counts[model] > 1 ? (sums[model] - records.normalised[position]) / (counts[model] - 1) : rest)
            }
        }
        self.heldOut = heldOut
    }
}
