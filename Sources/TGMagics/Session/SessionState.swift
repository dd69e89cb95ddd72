import CellLanguage
import TransferGraphCore
import ZooForge

/// The session's state of model selection: zoos, and what was made from the current one.
struct Selection: Sendable {
    /// The loaded zoos, by name.
    fileprivate(set) var zoos: [String: Zoo] = [:]
    /// The name of the zoo that commands work on.
    fileprivate(set) var currentZooName: String?
    /// The latest graph, of the current zoo.
    fileprivate(set) var graph: ZooGraph?
    /// The latest embedding, of the current graph.
    fileprivate(set) var embedding: LearnedEmbedding?
    /// The networks trained here; created with the first.
    fileprivate(set) var workshop: Workshop?
}

private enum SelectionKey: SessionKey {
    static var initial: Selection { Selection() }
}

extension SessionState {
    private var selection: Selection {
        get { self[SelectionKey.self] }
        set { self[SelectionKey.self] = newValue }
    }

    /// The loaded zoos, by name.
    public var zoos: [String: Zoo] { selection.zoos }
    /// The name of the zoo that commands work on.
    public var currentZooName: String? { selection.currentZooName }
    /// The zoo that commands work on.
    public var zoo: Zoo? { currentZooName.flatMap { zoos[$0] } }
    /// The latest graph, of the current zoo.
    public var graph: ZooGraph? { selection.graph }
    /// The latest embedding, of the current graph.
    public var embedding: LearnedEmbedding? { selection.embedding }

    /// The networks trained here; created with the first.
    var workshop: Workshop? {
        get { selection.workshop }
        set { selection.workshop = newValue }
    }

    /// Makes `zoo` the current one, under its own name; what was made from another zoo is discarded.
    public mutating func use(_ zoo: Zoo) {
        selection.zoos[zoo.name] = zoo
        selection.currentZooName = zoo.name
        selection.graph = nil
        selection.embedding = nil
    }

    /// Makes `graph` the current one.
    public mutating func use(_ graph: ZooGraph) {
        selection.graph = graph
        selection.embedding = nil
    }

    /// Makes `embedding` the current one, with the graph it was learned from.
    public mutating func use(_ embedding: LearnedEmbedding) {
        selection.graph = embedding.graph
        selection.embedding = embedding
    }

    /// The current zoo.
    ///
    /// - Throws: `UserError` named `NoZoo` if none was loaded.
    func requireZoo() throws(UserError) -> Zoo {
        if let zoo { return zoo }
        throw UserError(
            "NoZoo", "No zoo is loaded yet.",
            hint:
                "Load one with %zoo load \(BuiltInZoo.names[0]), or %zoo load PATH for your own; in a terminal with --zoo."
        )
    }

    /// The names that `%zoo use` and `%zoo load` take.
    var knownZooNames: [String] {
        (Array(zoos.keys) + BuiltInZoo.names.filter { zoos[$0] == nil }).sorted()
    }

    /// The methods that `--method` takes, for the current zoo.
    var methodNames: [String] { MethodCatalog.entries(for: zoo).map(\.name) }
}

/// An embedding with the graph whose nodes it embeds.
public struct LearnedEmbedding: Sendable {
    public let graph: ZooGraph
    public let embedding: Embedding
    /// How well the embedding predicts held-out edges; `nil` if not asked for, or unknown.
    public let quality: EmbeddingQuality?
    /// How much of the graph it preserves, by kinds of nodes; `nil` if not asked for.
    public let kept: GraphQuality?

    public init(
        graph: ZooGraph, embedding: Embedding, quality: EmbeddingQuality? = nil, kept: GraphQuality? = nil
    ) {
        self.kept = kept
        self.graph = graph
        self.embedding = embedding
        self.quality = quality
    }
}
