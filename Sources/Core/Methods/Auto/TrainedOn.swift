import Support

/// On which datasets models were trained before they were run there: a result on one of those says less of the model.
///
/// What a parent was trained on its children were too.
struct TrainedOn: Sendable {
    /// By model, its datasets, ascending.
    private let datasets: [[Int32]]
    let isEmpty: Bool

    /// - Complexity: O(models + what they list).
    init(_ zoo: Zoo) {
        var datasets = zoo.models.map { Set($0.pretrainingDatasets.map { Int32($0) }) }
        var parent = [Int](repeating: -1, count: zoo.models.count)
        for link in zoo.lineage where parent[link.child] < 0 { parent[link.child] = link.parent }
        for model in zoo.models.indices {
            var ancestor = parent[model]
            var steps = 0
            while ancestor >= 0 && steps < 100 {
                datasets[model].formUnion(datasets[ancestor])
                ancestor = parent[ancestor]
                steps += 1
            }
        }
        self.datasets = datasets.map { $0.sorted() }
        isEmpty = datasets.allSatisfy(\.isEmpty)
    }

    /// Whether a model was trained on a dataset.
    ///
    /// - Complexity: O(datasets of the model).
    func contains(model: Int, dataset: Int) -> Bool { datasets[model].contains(Int32(dataset)) }
}
