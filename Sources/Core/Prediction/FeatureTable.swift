import Foundation
import Support

/// Numbers that describe (model, dataset) pairs, a row for each pair, `nan` where something is not known: the X of the
/// predictors.
///
/// ```swift
/// let pairs = zoo.models.indices.map { FeatureTable.Pair(model: $0, dataset: target) }
/// let table = try FeatureTable(pairs, of: zoo, set: .basic, withScores: true, graph: nil, embedding: nil)
/// print(table.columns, table.rowCount)
/// ```
public struct FeatureTable: Sendable {
    /// What each column holds.
    public let columns: [String]
    /// `rows × columns`, row by row.
    public let values: [Float]

    public var columnCount: Int { columns.count }
    public var rowCount: Int { columns.isEmpty ? 0 : values.count / columns.count }

    var matrix: DenseMatrix<Float> { DenseMatrix(rows: rowCount, columns: columnCount, values: values) }

    public struct Pair: Sendable, Equatable {
        public let model: Int
        public let dataset: Int
        public init(model: Int, dataset: Int) {
            self.model = model
            self.dataset = dataset
        }
    }

    /// - Precondition: `values` holds whole rows.
    public init(columns: [String], values: [Float]) {
        precondition(columns.isEmpty ? values.isEmpty : values.count % columns.count == 0, "whole rows")
        self.columns = columns
        self.values = values
    }

    /// The features of `pairs` in a held-out zoo. A feature of a pair is known before any fine-tuning on its dataset.
    ///
    /// - Parameters:
    ///   - pairs: a row each.
    ///   - zoo: one whose target is held out.
    ///   - set: metadata, embeddings or both (Li et al., ICDE 2024, section V).
    ///   - withScores: whether the zoo's transferability scores are columns too, min-max normalised within each dataset.
    ///   - graph: the graph whose nodes the embedding is of.
    ///   - embedding: node embeddings of `graph`; needed unless `set` is ``FeatureSet/basic``.
    /// - Throws: `OutOfMemory` where the table, and what predictors make of it, would not fit.
    /// - Complexity: O(rows · columns).
    public init(
        _ pairs: [Pair], of zoo: Zoo, set: FeatureSet, withScores: Bool, graph: ZooGraph?, embedding: Embedding?
    ) throws(OutOfMemory) {
        var groups: [FeatureGroup] = []
        if set != .embedding {
            groups.append(.models(zoo))
            groups.append(.datasets(zoo))
            groups.append(.distance(zoo))
        }
        if withScores { groups.append(.scores(zoo)) }
        if set != .basic, let graph, let embedding {
            groups.append(.embedding(embedding, named: "model embedding") { graph.node(model: $0.model) })
            groups.append(.embedding(embedding, named: "dataset embedding") { graph.node(dataset: $0.dataset) })
        }
        let columns = groups.flatMap(\.columns)
        // Learners hold a copy, and XGBoost another one in bins.
        try MemoryBudget.require(MemoryBudget.bytes(Float.self, pairs.count, columns.count, 3))
        var values: [Float] = []
        values.reserveCapacity(pairs.count * columns.count)
        for pair in pairs {
            for group in groups { group.append(pair, &values) }
        }
        // A number beyond a float's range is the largest that there is: XGBoost takes no infinity.
        for index in values.indices where values[index].isInfinite {
            values[index] = values[index] > 0 ? .greatestFiniteMagnitude : -.greatestFiniteMagnitude
        }
        self.init(columns: columns, values: values)
    }
}

/// Columns that belong together, and how a pair's values in them are found.
private struct FeatureGroup {
    let columns: [String]
    let append: (FeatureTable.Pair, inout [Float]) -> Void

    /// What is known of the model: numbers as they are or their logarithm, categories one column each.
    static func models(_ zoo: Zoo) -> FeatureGroup {
        let numbers: [(String, (Model) -> Double?)] = [
            ("log parameters", { $0.parameters.flatMap(logarithm) }), ("input size", { $0.inputSize }),
            ("output size", { $0.outputSize }), ("log memory", { $0.memory.flatMap(logarithm) }),
            ("pre-training accuracy", { $0.pretrainingAccuracy }), ("log labels", { $0.labels.flatMap(logarithm) }),
        ]
        let categories: [(String, (Model) -> String?)] = [
            ("architecture", { $0.architecture }), ("family", { $0.family }),
            ("pre-trained on", { $0.pretrainingDataset.map { zoo.datasets[$0].name } }),
            ("pre-training collection", { $0.other["collection"] }),
        ]
        let used = numbers.filter { number in zoo.models.contains { number.1($0) != nil } }
        // A category of a single model would only name that model.
        let levels = categories.flatMap { title, value in
            Dictionary(grouping: zoo.models.compactMap(value), by: { $0 }).filter { $0.value.count > 1 }.keys.sorted()
                .map { (title: title, level: $0, value: value) }
        }
        let rows = zoo.models.map { model in
            used.map { $0.1(model).map { Float($0) } ?? .nan } + levels.map { $0.value(model) == $0.level ? 1 : 0 }
        }
        return FeatureGroup(columns: used.map(\.0) + levels.map { "\($0.title) \($0.level)" }) { pair, values in
            values.append(contentsOf: rows[pair.model])
        }
    }

    /// What is known of the dataset.
    static func datasets(_ zoo: Zoo) -> FeatureGroup {
        FeatureGroup(columns: ["log dataset size", "log classes"]) { pair, values in
            let dataset = zoo.datasets[pair.dataset]
            values.append(dataset.size.flatMap(logarithm).map { Float($0) } ?? .nan)
            values.append(dataset.classes.flatMap(logarithm).map { Float($0) } ?? .nan)
        }
    }

    /// How far the model's pre-training dataset is from the dataset.
    static func distance(_ zoo: Zoo) -> FeatureGroup {
        FeatureGroup(columns: ["distance from pre-training dataset"]) { pair, values in
            let origin = zoo.models[pair.model].pretrainingDataset
            let distance = origin.flatMap { zoo.distances?[$0, pair.dataset] }
            values.append(distance.map { Float($0) } ?? .nan)
        }
    }

    /// The zoo's scores of the model on the dataset, each scaled onto 0…1 within the dataset.
    static func scores(_ zoo: Zoo) -> FeatureGroup {
        let tables = zoo.scores.map { $0.values.minMaxNormalised() }
        return FeatureGroup(columns: zoo.scores.map(\.name)) { pair, values in
            for table in tables {
                values.append(table[model: pair.model, dataset: pair.dataset].map { Float($0) } ?? .nan)
            }
        }
    }

    static func embedding(
        _ embedding: Embedding, named name: String, node: @escaping (FeatureTable.Pair) -> Int
    ) -> FeatureGroup {
        FeatureGroup(columns: (0..<embedding.dimension).map { "\(name) \($0)" }) { pair, values in
            values.append(contentsOf: embedding[node(pair)])
        }
    }

    private static func logarithm(_ value: Double) -> Double? { value > 0 ? log(value) : nil }
}
