import Support

/// The training cases of an ``Auto``, model by model: the results on the datasets nearest to the target one by one, and,
/// where a zoo has more datasets than those, each model's mean over all others as one case more.
///
/// Reading them is linear in the zoo's results.
package struct TrainingResults: Sendable {
    /// The zoo's datasets that are groups of their own, the nearest to the target first.
    package let datasets: [Int]
    /// The datasets aggregated in the group after those; empty where all are groups of their own.
    let aggregated: [Int]
    package let modelCount: Int
    /// The cases of model m are `offsets[m]..<offsets[m + 1]`, by group.
    package let offsets: [Int]
    /// The group of each case.
    package let groups: [Int32]
    /// How many results each case is the mean of.
    package let resultCounts: [Double]
    /// By transform: the cases' results less their datasets' effects.
    package let centred: [[Double]]
    /// By transform: the standard deviation of those of single datasets.
    package let units: [Double]
    /// By transform: the results on single datasets, transformed; 0 for aggregated cases.
    let transformed: [[Double]]
    /// The min-max normalised results on single datasets; 0 for aggregated cases.
    let normalised: [Double]
    /// The cases of each single dataset.
    let casesByGroup: [[Int]]
    /// Model and dataset effects of all results, standardised.
    let effects: TwoWayEffects

    /// The single datasets, the aggregated ones where there are any, and the target.
    package var groupCount: Int { datasets.count + (aggregated.isEmpty ? 0 : 1) + 1 }
    package var target: Int { groupCount - 1 }
    package var count: Int { groups.count }
    /// Each group's datasets, the target's too.
    func groupMembers(target: Int) -> [[Int]] {
        datasets.map { [$0] } + (aggregated.isEmpty ? [] : [aggregated]) + [[target]]
    }

    /// - Parameters:
    ///   - trainedOn: what the zoo's models were trained on.
    ///   - nearness: of every dataset to the target.
    ///   - transforms: the last leaves results as measured, standardised.
    /// - Throws: `Cancelled`.
    init(
        _ zoo: HeldOutZoo, trainedOn: TrainedOn, nearness: [Double], transforms: [ResultTransform],
        constants: AutoConstants, work: Work
    ) throws(Cancelled) {
        let results = zoo.known.results
        let modelCount = zoo.known.models.count
        let withResults = zoo.known.datasets.indices.filter { !results.column($0).isEmpty }
        let order = withResults.sorted { (-nearness[$0], $0) < (-nearness[$1], $1) }
        let datasets = Array(order.prefix(constants.datasetLimit))
        let aggregated = order.dropFirst(datasets.count).sorted()
        var transformed = [[Double]](repeating: [Double](repeating: 0, count: results.count), count: transforms.count)
        for dataset in withResults {
            try work.check()
            let column = results.column(dataset)
            let values = ResultTransform.Column(Array(results.values[column]))
            for (index, transform) in transforms.enumerated() {
                transformed[index].replaceSubrange(column, with: transform.transformed(values))
            }
        }
        var centred: [[Double]] = []
        var effects: TwoWayEffects?
        var trained: [Double] = []
        if !trainedOn.isEmpty {
            trained = [Double](repeating: 0, count: results.count)
            for dataset in withResults {
                for position in results.column(dataset)
                where trainedOn.contains(model: Int(results.models[position]), dataset: dataset) {
                    trained[position] = 1
                }
            }
        }
        for values in transformed {
            try work.check()
            let fitted = TwoWayEffects(results, values: values, modelCount: modelCount, covariate: trained)
            var rest = values
            for dataset in withResults {
                for position in results.column(dataset) { rest[position] -= fitted.datasets[dataset] }
            }
            centred.append(rest)
            effects = fitted
        }
        self.effects =
            effects ?? TwoWayEffects(results, values: results.values, modelCount: modelCount)

        var group = [Int32](repeating: -1, count: zoo.known.datasets.count)
        for (index, dataset) in datasets.enumerated() { group[dataset] = Int32(index) }
        var sizes = [Int](repeating: 0, count: modelCount)
        var farCounts = [Double](repeating: 0, count: modelCount)
        for dataset in datasets {
            for position in results.column(dataset) { sizes[Int(results.models[position])] += 1 }
        }
        for dataset in aggregated {
            for position in results.column(dataset) { farCounts[Int(results.models[position])] += 1 }
        }
        var offsets = [0]
        offsets.reserveCapacity(modelCount + 1)
        for model in 0..<modelCount { offsets.append(offsets[model] + sizes[model] + (farCounts[model] > 0 ? 1 : 0)) }
        let count = offsets[modelCount]
        var next = offsets
        var groups = [Int32](repeating: Int32(datasets.count), count: count)
        var resultCounts = [Double](repeating: 1, count: count)
        var normalised = [Double](repeating: 0, count: count)
        let zeros = [[Double]](repeating: normalised, count: transforms.count)
        var ownTransformed = zeros
        var ownCentred = zeros
        var casesByGroup: [[Int]] = []
        for (index, dataset) in datasets.enumerated() {
            var cases: [Int] = []
            for position in results.column(dataset) {
                let model = Int(results.models[position])
                let place = next[model]
                next[model] += 1
                cases.append(place)
                groups[place] = Int32(index)
                normalised[place] = zoo.normalised.values[position]
                for transform in transforms.indices {
                    ownTransformed[transform][place] = transformed[transform][position]
                    ownCentred[transform][place] = centred[transform][position]
                }
            }
            casesByGroup.append(cases)
        }
        for dataset in aggregated {
            for position in results.column(dataset) {
                let model = Int(results.models[position])
                let share = 1 / farCounts[model]
                resultCounts[next[model]] = farCounts[model]
                for transform in transforms.indices {
                    ownCentred[transform][next[model]] += share * centred[transform][position]
                }
            }
        }
        self.datasets = datasets
        self.aggregated = aggregated
        self.modelCount = modelCount
        self.offsets = offsets
        self.groups = groups
        self.resultCounts = resultCounts
        self.normalised = normalised
        self.transformed = ownTransformed
        self.centred = ownCentred
        self.casesByGroup = casesByGroup
        let single = casesByGroup.flatMap { $0 }
        units = ownCentred.map { values in max(Statistics.moments(single.map { values[$0] }).deviation, 1e-9) }
    }

    package func cases(of model: Int) -> Range<Int> { offsets[model]..<offsets[model + 1] }

    /// The cases of some models on the first groups only, and where each lies among all.
    func restricted(toGroups groups: Int, models: [Int]) -> (training: TrainingResults, positions: [Int]) {
        var chosen = [Bool](repeating: false, count: modelCount)
        for model in models { chosen[model] = true }
        var positions: [Int] = []
        var offsets = [0]
        for model in 0..<modelCount {
            if chosen[model] { positions += cases(of: model).filter { self.groups[$0] < groups } }
            offsets.append(positions.count)
        }
        return (TrainingResults(self, groups: groups, positions: positions, offsets: offsets), positions)
    }

    private init(_ whole: TrainingResults, groups count: Int, positions: [Int], offsets: [Int]) {
        datasets = Array(whole.datasets.prefix(count))
        aggregated = []
        modelCount = whole.modelCount
        self.offsets = offsets
        groups = positions.map { whole.groups[$0] }
        resultCounts = positions.map { whole.resultCounts[$0] }
        centred = whole.centred.map { values in positions.map { values[$0] } }
        units = whole.units
        transformed = whole.transformed.map { values in positions.map { values[$0] } }
        normalised = positions.map { whole.normalised[$0] }
        var byGroup = [[Int]](repeating: [], count: datasets.count)
        for (place, group) in groups.enumerated() { byGroup[Int(group)].append(place) }
        casesByGroup = byGroup
        effects = whole.effects
    }
}
