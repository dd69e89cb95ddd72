/// A sparse table of one number for each (model, dataset) pair, by dataset: results, or the values of one score.
///
/// The entries of dataset `d` are `models[offsets[d]..<offsets[d + 1]]`, ascending, with `values` beside them.
public struct PairTable: Sendable, Equatable {
    /// `datasetCount + 1` positions.
    public let offsets: [Int]
    public let models: [Int32]
    public let values: [Double]

    public var datasetCount: Int { offsets.count - 1 }
    public var count: Int { values.count }

    public struct Entry: Sendable, Equatable {
        public let model: Int
        public let dataset: Int
        public let value: Double

        package init(model: Int, dataset: Int, value: Double) {
            self.model = model
            self.dataset = dataset
            self.value = value
        }
    }

    /// A table without entries.
    public init(datasetCount: Int) {
        offsets = [Int](repeating: 0, count: datasetCount + 1)
        models = []
        values = []
    }

    /// - Precondition: no pair occurs twice.
    public init(datasetCount: Int, entries: some Collection<Entry>) {
        var offsets = [Int](repeating: 0, count: datasetCount + 1)
        for entry in entries { offsets[entry.dataset + 1] += 1 }
        for dataset in 0..<datasetCount { offsets[dataset + 1] += offsets[dataset] }
        let ordered = entries.sorted { ($0.dataset, $0.model) < ($1.dataset, $1.model) }
        self.offsets = offsets
        models = ordered.map { Int32($0.model) }
        values = ordered.map(\.value)
    }

    /// - Precondition: `offsets` ascends from 0 to the number of entries, and the models of each dataset ascend.
    package init(offsets: [Int], models: [Int32], values: [Double]) {
        self.offsets = offsets
        self.models = models
        self.values = values
    }

    /// The positions of a dataset's entries.
    public func column(_ dataset: Int) -> Range<Int> { offsets[dataset]..<offsets[dataset + 1] }

    /// The position of a pair's entry; `nil` where there is none. O(log n).
    public func position(model: Int, dataset: Int) -> Int? {
        var low = offsets[dataset]
        var high = offsets[dataset + 1]
        while low < high {
            let middle = (low + high) / 2
            if models[middle] < Int32(model) { low = middle + 1 } else { high = middle }
        }
        return low < offsets[dataset + 1] && models[low] == Int32(model) ? low : nil
    }

    /// The value of a pair; `nil` where there is none. O(log n).
    public subscript(model model: Int, dataset dataset: Int) -> Double? {
        position(model: model, dataset: dataset).map { values[$0] }
    }

    /// Every entry, by dataset and then by model.
    public var entries: some Sequence<Entry> {
        (0..<datasetCount).lazy.flatMap { dataset in
            column(dataset).lazy.map { Entry(model: Int(models[$0]), dataset: dataset, value: values[$0]) }
        }
    }

    /// The entries that `isKept` says yes to, asked by dataset and then by model.
    public func filtered(_ isKept: (Entry) -> Bool) -> PairTable {
        var offsets = [0]
        var models: [Int32] = []
        var values: [Double] = []
        for dataset in 0..<datasetCount {
            for position in column(dataset) {
                let entry = Entry(model: Int(self.models[position]), dataset: dataset, value: self.values[position])
                if isKept(entry) {
                    models.append(self.models[position])
                    values.append(entry.value)
                }
            }
            offsets.append(values.count)
        }
        return PairTable(offsets: offsets, models: models, values: values)
    }

    /// The table with other values for the same pairs.
    func replacingValues(_ values: [Double]) -> PairTable {
        PairTable(offsets: offsets, models: models, values: values)
    }

    /// The table with the values of each dataset scaled onto 0…1 by its smallest and largest (min-max). Where they are
    /// equal, or there is one only, every value becomes 0.5.
    public func minMaxNormalised() -> PairTable {
        var scaled = values
        for dataset in 0..<datasetCount {
            let range = column(dataset)
            guard let low = values[range].min(), let high = values[range].max() else { continue }
            // Halves, where the whole width is beyond what a number can hold.
            let part = (high - low).isFinite ? 1.0 : 0.5
            for position in range {
                scaled[position] =
                    high > low ? (values[position] * part - low * part) / (high * part - low * part) : 0.5
            }
        }
        return PairTable(offsets: offsets, models: models, values: scaled)
    }
}
