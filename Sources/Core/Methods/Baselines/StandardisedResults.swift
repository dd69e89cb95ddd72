/// Results standardised within their dataset, those known of the target too. Datasets on which all are equal have none.
struct StandardisedResults {
    private(set) var entries: [PairTable.Entry] = []

    /// - Complexity: O(results).
    init(_ zoo: HeldOutZoo) {
        for dataset in 0..<zoo.known.datasets.count {
            var column = zoo.known.results.column(dataset).map {
                (model: Int(zoo.known.results.models[$0]), value: zoo.known.results.values[$0])
            }
            if dataset == zoo.target { column = zoo.revealed.map { ($0.model, $0.value) } }
            guard column.count > 1 else { continue }
            let values = Statistics.standardised(column.map(\.value))
            guard values.contains(where: { $0 != 0 }) else { continue }
            for (result, value) in zip(column, values) {
                entries.append(PairTable.Entry(model: result.model, dataset: dataset, value: value))
            }
        }
    }
}
