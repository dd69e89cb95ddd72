/// What two nodes of a zoo's graph share: why their vectors may point the same way.
public struct CommonGround: Sendable, Equatable {
    /// Something that is said of both in the same words.
    public struct Fact: Sendable, Equatable {
        public let column: String
        /// The value that both have; of a set an element.
        public let value: String
        /// The share of the models, or of the datasets, of which this is said, among those of which the column says
        /// anything.
        public let share: Double
    }

    /// How the results of two nodes compare.
    public enum Results: Sendable, Equatable {
        /// Two models on datasets, or two datasets on models: how many have results of both, and the rank correlation of
        /// these; `nil` of fewer than three, or where one has the same results throughout.
        case correlation(shared: Int, spearman: Double?)
        /// A model on a dataset: its result, in the dataset's own direction, and how many results there are better than
        /// it, plus one.
        case result(value: Double, rank: Int, of: Int)
    }

    /// The edges between the two.
    public let edges: [ZooGraph.Edge]
    /// The nodes that are joined with both, those first whose lighter edge is the heaviest.
    public let neighbours: [Int]
    /// The rarest first; empty for a model and a dataset.
    public let facts: [Fact]
    /// `nil` where there are none.
    public let results: Results?
}

extension CommonGround {
    /// Compares nodes of one graph.
    public struct Finder: Sendable {
        private let graph: ZooGraph
        private let normalised: PairTable

        /// - Complexity: O(results).
        public init(_ graph: ZooGraph) {
            self.graph = graph
            normalised = graph.zoo.results.minMaxNormalised()
        }

        /// What two nodes share. A held-out target has no results here.
        ///
        /// - Complexity: linear in the edges, and in the models or datasets for each column of what is said of them.
        public func between(_ a: Int, _ b: Int) -> CommonGround {
            CommonGround(
                edges: graph.edges.filter {
                    (Int($0.from), Int($0.to)) == (a, b) || (Int($0.from), Int($0.to)) == (b, a)
                }, neighbours: neighbours(a, b), facts: facts(a, b), results: results(a, b))
        }

        private func neighbours(_ a: Int, _ b: Int) -> [Int] {
            let structure = graph.structure
            let found = structure.row(a).compactMap { entry -> (node: Int, weight: Float)? in
                let node = Int(structure.targets[entry])
                let other = structure.weight(between: node, and: b)
                guard node != a, node != b, other > 0 else { return nil }
                return (node, min(other, structure.weights[entry]))
            }
            return found.sorted { ($1.weight, $0.node) < ($0.weight, $1.node) }.map(\.node)
        }

        private func facts(_ a: Int, _ b: Int) -> [Fact] {
            guard graph.isModel(a) == graph.isModel(b) else { return [] }
            let metadata = graph.isModel(a) ? graph.zoo.modelMetadata : graph.zoo.datasetMetadata
            let offset = graph.isModel(a) ? 0 : graph.zoo.models.count
            var found: [Fact] = []
            for column in metadata.columns {
                let own = Self.elements(metadata.value(a - offset, column))
                let both = own.filter(Set(Self.elements(metadata.value(b - offset, column))).contains)
                if both.isEmpty { continue }
                var (known, counts) = (0, [String: Int]())
                for row in 0..<metadata.rowCount {
                    let elements = Set(Self.elements(metadata.value(row, column)))
                    known += elements.isEmpty ? 0 : 1
                    for element in both where elements.contains(element) { counts[element, default: 0] += 1 }
                }
                for element in both {
                    let share = Double(counts[element] ?? 0) / Double(known)
                    // What is said of all tells no two apart.
                    if share < 1 { found.append(Fact(column: column.name, value: element, share: share)) }
                }
            }
            return found.enumerated().sorted { ($0.element.share, $0.offset) < ($1.element.share, $1.offset) }
                .map(\.element)
        }

        private static func elements(_ value: Facts.Value?) -> [String] {
            switch value {
            case nil: []
            case .set(let elements)?: elements
            case let value?: [value.text]
            }
        }

        private func results(_ a: Int, _ b: Int) -> Results? {
            let zoo = graph.zoo
            let offset = zoo.models.count
            if graph.isModel(a) != graph.isModel(b) {
                let (model, dataset) = graph.isModel(a) ? (a, b - offset) : (b, a - offset)
                guard let place = zoo.results.position(model: model, dataset: dataset),
                    let value = zoo.result(model, on: dataset)
                else { return nil }
                let column = zoo.results.values[zoo.results.column(dataset)]
                let better = column.count { $0 > zoo.results.values[place] }
                return .result(value: value, rank: better + 1, of: column.count)
            }
            let items = graph.isModel(a) ? zoo.datasets.indices : zoo.models.indices
            let pairs = items.compactMap { item -> (Double, Double)? in
                let (first, second) =
                    graph.isModel(a)
                    ? (normalised[model: a, dataset: item], normalised[model: b, dataset: item])
                    : (normalised[model: item, dataset: a - offset], normalised[model: item, dataset: b - offset])
                guard let first, let second else { return nil }
                return (first, second)
            }
            guard !pairs.isEmpty else { return nil }
            let spearman =
                pairs.count < 3 ? nil : Measures.spearman(predicted: pairs.map(\.0), actual: pairs.map(\.1))
            return .correlation(shared: pairs.count, spearman: spearman)
        }
    }
}
