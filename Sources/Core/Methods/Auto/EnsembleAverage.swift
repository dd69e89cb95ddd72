/// The weighted average of the Gaussian process's prediction, the stacked one, standardised over the models of a dataset
/// and in the units of the first, and, where datasets are few, the models' effects alone, which have those units.
struct EnsembleAverage {
    /// The weights of the stacked prediction and of the effects.
    let stacked: Double
    let effects: Double

    /// - Parameter groups: how many datasets there are to learn from: from few stacking learns little, and what is as
    ///   simple as effects is hard to beat.
    init(groups: Int, constants: AutoConstants) {
        stacked = min(constants.stackingWeight, constants.stackingWeightPerDataset * Double(groups))
        effects = max(0, constants.effectsWeight - constants.effectsWeightPerDataset * Double(groups))
    }

    func averaged(_ predicted: [Double], stacked second: [Double]?, effects third: [Double]) -> [Double] {
        let (mean, deviation) = Statistics.moments(predicted)
        let first = Statistics.standardised(predicted)
        let second = second.map(Statistics.standardised) ?? first
        return predicted.indices.map { index in
            let joined = mean + deviation * ((1 - stacked) * first[index] + stacked * second[index])
            return (1 - effects) * joined + effects * third[index]
        }
    }
}
