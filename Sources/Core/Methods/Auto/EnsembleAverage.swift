/// The weighted average of the Gaussian process's prediction and the stacked one.
struct EnsembleAverage {
    let values: [Double]
    private let gaussianProcess: GaussianProcess
    private let stacking: Stacking?
    private let weight: Double

    init(gaussianProcess: GaussianProcess, stacking: Stacking?, weight: Double) {
        self.gaussianProcess = gaussianProcess
        self.stacking = stacking
        self.weight = weight
        values = Self.averaged(gaussianProcess.predictions, stacking?.values, weight: weight)
    }

    /// What the prediction of each training case of a single dataset would have been without the dataset.
    func heldOut(_ training: TrainingResults) -> [Double] {
        var result: [Double] = []
        for group in training.datasets.indices {
            let predicted = training.pairs.group(group).map { position in
                gaussianProcess.heldOutByTransform.reduce(0) { $0 + $1[position] }
                    / Double(gaussianProcess.heldOutByTransform.count)
            }
            let stacked = stacking.map { Array($0.heldOut[training.pairs.group(group)]) }
            result += Self.averaged(predicted, stacked, weight: weight)
        }
        return result
    }

    /// The average of both, each standardised, in the units of the first.
    private static func averaged(_ predicted: [Double], _ stacked: [Double]?, weight: Double) -> [Double] {
        guard let stacked else { return predicted }
        let (mean, deviation) = Statistics.moments(predicted)
        let first = Statistics.standardised(predicted)
        let second = Statistics.standardised(stacked)
        return zip(first, second).map { mean + deviation * ((1 - weight) * $0 + weight * $1) }
    }
}
