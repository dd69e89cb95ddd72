/// On which datasets models were trained before they were run there: a result on one of those says less of the model than
/// its result elsewhere.
///
/// What a parent was trained on its children were too, whatever the link. A name in a model's training data is that of a
/// dataset where the two differ in case, `-`, `_` and blanks at most, as names that are reported as nearly equal do.
public struct TrainedOn: Sendable {
    /// By model, its datasets, ascending.
    private let datasets: [[Int32]]
    /// By model, those of them that it lists itself.
    private let own: [[Int32]]
    public let isEmpty: Bool

    /// - Complexity: O(models + what they and their ancestors list), and O(names' length) where any lists something.
    public init(_ zoo: Zoo) {
        guard zoo.models.contains(where: { !$0.pretrainingDatasets.isEmpty }) else {
            self = TrainedOn(knowingNothingOf: zoo.models.count)
            return
        }
        let spellings = Self.spellings(zoo)
        let own = zoo.models.map { model in
            Set(model.pretrainingDatasets.flatMap { spellings[$0] ?? [Int32($0)] })
        }
        var parents: [Int: [Int]] = [:]
        for link in zoo.lineage where link.child != link.parent { parents[link.child, default: []].append(link.parent) }
        var datasets = own
        for model in parents.keys {
            var ancestors: Set<Int> = [model]
            var open = parents[model] ?? []
            while let ancestor = open.popLast() {
                guard ancestors.insert(ancestor).inserted else { continue }
                datasets[model].formUnion(own[ancestor])
                open += parents[ancestor] ?? []
            }
        }
        self = TrainedOn(datasets: datasets.map { $0.sorted() }, own: own.map { $0.sorted() }, isEmpty: false)
    }

    private init(datasets: [[Int32]], own: [[Int32]], isEmpty: Bool) {
        self.datasets = datasets
        self.own = own
        self.isEmpty = isEmpty
    }

    /// - Parameter count: of models, of whose training data nothing is known.
    init(knowingNothingOf count: Int) {
        datasets = [[Int32]](repeating: [], count: count)
        own = datasets
        isEmpty = true
    }

    /// By dataset that a model lists: it, and those with results whose names are nearly equal.
    private static func spellings(_ zoo: Zoo) -> [Int: [Int32]] {
        var withResults: [String: [Int32]] = [:]
        for dataset in zoo.datasets.indices where !zoo.results.column(dataset).isEmpty {
            withResults[NearDuplicates.key(zoo.datasets[dataset].name), default: []].append(Int32(dataset))
        }
        let listed = Set(zoo.models.flatMap(\.pretrainingDatasets))
        return Dictionary(
            uniqueKeysWithValues: listed.map { dataset in
                let near = withResults[NearDuplicates.key(zoo.datasets[dataset].name)] ?? []
                return (dataset, [Int32(dataset)] + near.filter { $0 != Int32(dataset) })
            })
    }

    /// Whether a model was trained on a dataset.
    ///
    /// - Complexity: O(datasets of the model).
    public func contains(model: Int, dataset: Int) -> Bool { datasets[model].contains(Int32(dataset)) }

    /// Whether it is a parent's training data that tell so, and none of the model's own.
    public func isInherited(model: Int, dataset: Int) -> Bool {
        contains(model: model, dataset: dataset) && !own[model].contains(Int32(dataset))
    }

    /// Whether anything is known of what a model was trained on.
    public func isKnown(_ model: Int) -> Bool { !datasets[model].isEmpty }

    /// The datasets on which a model has results and was trained, ascending.
    ///
    /// - Complexity: O(datasets of the model · log results).
    public func results(of model: Int, in zoo: Zoo) -> [Int] {
        datasets[model].map { Int($0) }.filter { zoo.results[model: model, dataset: $0] != nil }
    }

    /// How many of a zoo's results are of a model on a dataset that it was trained on.
    ///
    /// - Complexity: O(results).
    public func resultCount(in zoo: Zoo) -> Int {
        isEmpty ? 0 : zoo.models.indices.reduce(0) { $0 + results(of: $1, in: zoo).count }
    }
}

extension Zoo {
    /// The zoo without the results of models on datasets that they were trained on, with all that is listed beside the
    /// others, and how many it has less.
    ///
    /// - Complexity: O(results).
    public func withoutTrainedOn() -> (zoo: Zoo, count: Int) {
        let trained = TrainedOn(self)
        if trained.isEmpty { return (self, 0) }
        var positions: [Int] = []
        var position = 0
        let table = results.filtered { entry in
            let isKept = !trained.contains(model: entry.model, dataset: entry.dataset)
            if isKept { positions.append(position) }
            position += 1
            return isKept
        }
        if positions.count == results.count { return (self, 0) }
        var ranges: [Int: RunRange] = [:]
        for (new, old) in positions.enumerated() { ranges[new] = runRanges[old] }
        let zoo = replacingRows(
            results: table, runs: runs.isEmpty ? [] : positions.map { runs[$0] }, runRanges: ranges,
            metadata: resultMetadata?.selecting(positions))
        return (zoo, results.count - positions.count)
    }
}
