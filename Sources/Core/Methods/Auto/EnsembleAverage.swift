/// The weighted average of the Gaussian process's prediction, the stacked one, standardised over the models of a dataset
/// and in the units of the first, and, where datasets are few, the models' effects alone, which have those units.
///
/// How far apart models are is told best by measured results, in which order they come by ranks, which no failed run pulls
/// at. The average's values are therefore moved half way to the same values in the order of a prediction made from ranks
/// above all.
package struct EnsembleAverage {
    /// The weights of the stacked prediction and of the effects.
    let stacked: Double
    let effects: Double
    /// How far values are moved to those in the order of ranks.
    let order: Double

    /// From few datasets or cases stacking learns little, and what is as simple as effects is hard to beat; but a model's
    /// effect says little too where models have one or two results each.
    ///
    /// - Parameters:
    ///   - groups: how many datasets there are to learn from.
    ///   - cases: how many of their results.
    ///   - resultsPerModel: the mean number of results of the models that have any.
    package init(groups: Int, cases: Int, resultsPerModel: Double, constants: AutoConstants) {
        let size = Double(cases)
        stacked =
            min(constants.stackingWeight, constants.stackingWeightPerDataset * Double(groups)) * size
            / (size + constants.stackingCases)
        effects =
            max(0, constants.effectsWeight - constants.effectsWeightPerDataset * Double(groups))
            * min(1, resultsPerModel / constants.effectsResults)
        order = constants.orderWeight
    }

    /// - Parameter ordered: the prediction whose order counts.
    /// - Complexity: O(n log n) for n models.
    package func averaged(
        _ predicted: [Double], stacked second: [Double]?, effects third: [Double], ordered: [Double]
    ) -> [Double] {
        let (mean, deviation) = Statistics.moments(predicted)
        let first = Statistics.standardised(predicted)
        let second = second.map(Statistics.standardised) ?? first
        let averages = predicted.indices.map { index in
            let joined = mean + deviation * ((1 - stacked) * first[index] + stacked * second[index])
            return (1 - effects) * joined + effects * third[index]
        }
        return zip(averages, Self.values(averages, inOrderOf: ordered)).map { (1 - order) * $0 + order * $1 }
    }

    /// The values dealt out anew: the largest where `keys` is largest; equal keys share the mean of what falls to them.
    package static func values(_ values: [Double], inOrderOf keys: [Double]) -> [Double] {
        let sorted = values.sorted()
        let places = keys.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }
        var result = values
        var start = 0
        while start < places.count {
            var end = start + 1
            while end < places.count, keys[places[end]] == keys[places[start]] { end += 1 }
            let mean = sorted[start..<end].reduce(0, +) / Double(end - start)
            for place in places[start..<end] { result[place] = mean }
            start = end
        }
        return result
    }
}
