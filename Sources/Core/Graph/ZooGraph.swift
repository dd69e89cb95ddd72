/// The TransferGraph of a zoo (Li et al., ICDE 2024, section IV): nodes are models and datasets; edges are fine-tuning
/// results, transferability scores, pre-training, similarity of datasets, and lineage of models.
///
/// Which pairs are edges, and with what weight, is the recipe's: the paper's, or `OwnRecipe`.
///
/// Node `m` is the zoo's model `m`; node `models + d` its dataset `d`.
///
/// ```swift
/// let graph = TargetWorkspace(zoo: zoo, target: try zoo.dataset(named: "pets")).graph
/// let embedding = try GraphLearner.node2vec.embed(graph, dimension: 32, seed: 42, work: .unwatched)
/// let vector = embedding[try graph.node(named: "resnet-50")]
/// ```
public struct ZooGraph: Sendable {
    /// What an edge stands for.
    public enum EdgeKind: String, Sendable, CaseIterable {
        case results
        case scores
        case similarity
        case pretraining
        case lineage
    }

    /// What makes a pair an edge.
    public enum Recipe: String, Sendable, CaseIterable {
        /// `OwnRecipe`: few edges, each of which says something.
        case own
        /// The paper's: what lies above a threshold.
        case paper
    }

    /// Which edges a graph has.
    public struct Options: Sendable, Equatable {
        public var recipe = Recipe.paper
        /// Others than the usual are for finding out how much they matter.
        package var constants = OwnRecipe.Constants()
        /// The published variants: results, pre-training, similarity.
        public var kinds: Set<EdgeKind> = [.results, .pretraining, .similarity]
        /// A normalised result above this is an edge, one below a negative pair.
        public var resultThreshold = 0.5
        /// A normalised score above this is an edge.
        public var scoreThreshold = 0.5
        /// A similarity (one minus the scaled distance) above this is an edge.
        public var similarityThreshold = 0.0
        /// Whether datasets on which nearly every run stayed at chance lend their results.
        public var includesWithoutSignal = false
        public init() {}

        /// All kinds of edges by the project's own recipe; the thresholds are not looked at.
        public static var own: Options {
            var options = Options()
            options.recipe = .own
            options.kinds = Set(EdgeKind.allCases)
            return options
        }
    }

    public struct Edge: Sendable, Equatable {
        public let from: Int32
        public let to: Int32
        public let kind: EdgeKind
        /// Above 0, at most 1.
        public let weight: Float

        public init(from: Int32, to: Int32, kind: EdgeKind, weight: Float) {
            self.from = from
            self.to = to
            self.kind = kind
            self.weight = weight
        }
    }

    public let zoo: Zoo
    /// The dataset whose results were held out; `nil` where none was.
    public let target: Int?
    public let options: Options
    public let edges: [Edge]
    /// What is known of pairs that are no edges.
    public let unjoined: UnjoinedPairs
    /// The same edges as the learners take them; the weights of parallel edges are added.
    public let structure: CSRGraph

    public var nodeCount: Int { zoo.models.count + zoo.datasets.count }

    /// The graph without the target's results.
    ///
    /// - Complexity: O(results + scores + models + datasets²).
    public init(_ heldOut: HeldOutZoo, options: Options = Options()) {
        self.init(
            heldOut, options: options,
            recipe: options.recipe == .own ? OwnRecipe(heldOut.known, constants: options.constants) : nil)
    }

    /// The same with what the own recipe found of the zoo before, which does not depend on its results.
    init(_ heldOut: HeldOutZoo, options: Options, recipe: OwnRecipe?) {
        self.init(
            heldOut.known, normalised: heldOut.normalised, target: heldOut.target, options: options, recipe: recipe)
    }

    /// The graph of everything the zoo knows.
    public init(_ zoo: Zoo, options: Options = Options()) {
        let results = zoo.results.filtered {
            options.includesWithoutSignal || zoo.datasets[$0.dataset].carriesSignal
        }
        self.init(
            zoo, normalised: results.minMaxNormalised(), target: nil, options: options,
            recipe: options.recipe == .own ? OwnRecipe(zoo, constants: options.constants) : nil)
    }

    private init(_ zoo: Zoo, normalised: PairTable, target: Int?, options: Options, recipe: OwnRecipe?) {
        let (edges, unjoined) =
            recipe?.edges(normalised, kinds: options.kinds) ?? Self.paperEdges(zoo, normalised, options)
        self.zoo = zoo
        self.target = target
        self.options = options
        self.edges = edges
        self.unjoined = unjoined
        structure = CSRGraph(
            nodeCount: zoo.models.count + zoo.datasets.count,
            edges: edges.lazy.map { CSRGraph.Edge(from: $0.from, to: $0.to, weight: $0.weight) })
    }

    private static func paperEdges(
        _ zoo: Zoo, _ normalised: PairTable, _ options: Options
    ) -> (edges: [Edge], unjoined: UnjoinedPairs) {
        let offset = Int32(zoo.models.count)
        var edges: [Edge] = []
        var negatives: [CSRGraph.Edge] = []
        // A weight too small for its type is no edge.
        func add(_ from: Int32, _ to: Int32, _ kind: EdgeKind, _ weight: Float) {
            if weight > 0 { edges.append(Edge(from: from, to: to, kind: kind, weight: weight)) }
        }
        if options.kinds.contains(.results) {
            for entry in normalised.entries {
                let model = Int32(entry.model)
                let dataset = offset + Int32(entry.dataset)
                if entry.value > options.resultThreshold {
                    add(model, dataset, .results, Float(entry.value))
                } else {
                    negatives.append(.init(from: model, to: dataset, weight: Float(1 - entry.value)))
                }
            }
        }
        if options.kinds.contains(.scores) {
            for score in zoo.scores {
                for entry in score.values.minMaxNormalised().entries where entry.value > options.scoreThreshold {
                    let weight = Float(entry.value) / Float(zoo.scores.count)
                    add(Int32(entry.model), offset + Int32(entry.dataset), .scores, weight)
                }
            }
        }
        if options.kinds.contains(.pretraining) {
            for (model, description) in zoo.models.enumerated() {
                for dataset in description.pretrainingDatasets {
                    add(Int32(model), offset + Int32(dataset), .pretraining, 1)
                }
            }
        }
        if options.kinds.contains(.similarity), let distances = zoo.distances, let range = distances.range {
            let width = range.upperBound - range.lowerBound
            for a in 0..<distances.count {
                for b in 0..<a {
                    guard let distance = distances[a, b] else { continue }
                    let similarity = width > 0 ? 1 - (distance - range.lowerBound) / width : 1
                    if similarity > options.similarityThreshold {
                        add(offset + Int32(b), offset + Int32(a), .similarity, Float(similarity))
                    }
                }
            }
        }
        if options.kinds.contains(.lineage) {
            for link in zoo.joinedLineage { add(Int32(link.child), Int32(link.parent), .lineage, 1) }
        }
        return (edges, UnjoinedPairs(negative: negatives))
    }

    /// The node of a model.
    public func node(model: Int) -> Int { model }

    /// The node of a dataset.
    public func node(dataset: Int) -> Int { zoo.models.count + dataset }

    /// Whether the node is a model; else it is a dataset.
    public func isModel(_ node: Int) -> Bool { node < zoo.models.count }

    /// Of each node 0 for a model, 1 for a dataset.
    package var nodeKinds: [UInt8] {
        [UInt8](repeating: 0, count: zoo.models.count) + [UInt8](repeating: 1, count: zoo.datasets.count)
    }

    /// The name of the model or dataset at `node`.
    public func name(_ node: Int) -> String {
        isModel(node) ? zoo.models[node].name : zoo.datasets[node - zoo.models.count].name
    }

    /// The number of edges of each kind.
    public var edgeCounts: [EdgeKind: Int] {
        edges.reduce(into: [:]) { $0[$1.kind, default: 0] += 1 }
    }

    /// The node of the model or dataset called `name`.
    ///
    /// - Throws: ``UnknownName``.
    public func node(named name: String) throws(UnknownName) -> Int {
        if let model = try? zoo.model(named: name) { return model }
        if let dataset = try? zoo.dataset(named: name) { return node(dataset: dataset) }
        throw .node(name, in: zoo)
    }
}
