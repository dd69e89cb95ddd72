/// The weighted average of the Gaussian process's prediction and the stacked one, each standardised over the models of a
/// dataset, in the units of the first.
struct EnsembleAverage {
    /// The weight of the stacked prediction.
    let weight: Double

    /// - Parameter groups: how many datasets the stacking learned from: from few it learns little.
    init(groups: Int, constants: AutoConstants) {
        weight = min(constants.stackingWeight, constants.stackingWeightPerDataset * Double(groups))
    }

    func averaged(_ predicted: [Double], _ stacked: [Double]?) -> [Double] {
        guard let stacked else { return predicted }
        let (mean, deviation) = Statistics.moments(predicted)
        let first = Statistics.standardised(predicted)
        let second = Statistics.standardised(stacked)
        return zip(first, second).map { mean + deviation * ((1 - weight) * $0 + weight * $1) }
    }
}
