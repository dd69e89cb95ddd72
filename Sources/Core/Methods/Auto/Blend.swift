/// The prediction: the process's expectation, a share of it corrected.
struct Blend {
    let values: [Double]
    private let process: PairProcess
    private let correction: Correction?
    private let share: Double

    init(process: PairProcess, correction: Correction?, share: Double) {
        self.process = process
        self.correction = correction
        self.share = share
        values = Self.blended(process.expected, correction?.values, share: share)
    }

    /// What the prediction of each record with a slot of its own would have been without its dataset.
    func heldOut(_ records: TrainingRecords) -> [Double] {
        var result: [Double] = []
        for slot in records.datasets.indices {
            let expected = records.pairs.slot(slot).map { position in
                process.heldOutViews.reduce(0) { $0 + $1[position] } / Double(process.heldOutViews.count)
            }
            let corrected = correction.map { Array($0.heldOut[records.pairs.slot(slot)]) }
            result += Self.blended(expected, corrected, share: share)
        }
        return result
    }

    /// The mean of both, standardised, in the units of the first.
    private static func blended(_ expected: [Double], _ corrected: [Double]?, share: Double) -> [Double] {
        let (mean, deviation) = Statistics.moments(expected)
        guard let corrected else { return expected }
        let first = Statistics.standardised(expected)
        let second = Statistics.standardised(corrected)
        return zip(first, second).map { mean + deviation * ((1 - share) * $0 + share * $1) }
    }
}
