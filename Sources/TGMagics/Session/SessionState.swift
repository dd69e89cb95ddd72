import Core
import ZooForge

/// Everything a session knows at one moment. A value: commands read one and give back how it is to change.
public struct SessionState: Sendable {
    /// What was assigned, by name.
    public var variables: [String: any SessionValue] = [:]
    /// The zoos that were loaded, by name.
    public private(set) var zoos: [String: Zoo] = [:]
    /// The name of the zoo that commands work on.
    public private(set) var currentZooName: String?
    /// The graph that was built last, of the current zoo.
    public private(set) var graph: ZooGraph?
    /// The embedding that was learned last, of the current graph.
    public private(set) var embedding: LearnedEmbedding?

    /// The networks that were trained here; made when the first is.
    var workshop: Workshop?

    public init() {}

    /// The zoo that commands work on.
    public var zoo: Zoo? { currentZooName.flatMap { zoos[$0] } }

    /// Makes `zoo` the current one, under its own name; what was made from another zoo is forgotten.
    public mutating func use(_ zoo: Zoo) {
        zoos[zoo.name] = zoo
        currentZooName = zoo.name
        graph = nil
        embedding = nil
    }

    /// Makes `graph` the current one.
    public mutating func use(_ graph: ZooGraph) {
        self.graph = graph
        embedding = nil
    }

    /// Makes `embedding` the current one, with the graph it was learned from.
    public mutating func use(_ embedding: LearnedEmbedding) {
        graph = embedding.graph
        self.embedding = embedding
    }

    /// The current zoo.
    ///
    /// - Throws: `UserError` named `NoZoo` where none was loaded.
    func requireZoo() throws(UserError) -> Zoo {
        if let zoo { return zoo }
        throw UserError(
            "NoZoo", "No zoo is loaded yet.",
            hint: "Load one with %zoo load \(BuiltInZoo.names[0]), or %zoo load PATH for your own.")
    }

    /// The names `%zoo use` and `%zoo load` take.
    var knownZooNames: [String] {
        (Array(zoos.keys) + BuiltInZoo.names.filter { zoos[$0] == nil }).sorted()
    }

    /// The methods that `--method` takes, for the current zoo.
    var methodNames: [String] { MethodCatalog.entries(for: zoo).map(\.name) }

    /// What is known of a dataset or model called `name`, as a table; `nil` where there is none.
    func description(of name: String, detail: Int) -> Table? {
        guard let zoo else { return nil }
        if let dataset = try? zoo.dataset(named: name) {
            return NodeDescription.dataset(dataset, in: zoo, detail: detail)
        }
        if let model = try? zoo.model(named: name) { return NodeDescription.model(model, in: zoo, detail: detail) }
        return nil
    }
}

/// An embedding with the graph whose nodes it places.
public struct LearnedEmbedding: Sendable {
    public let graph: ZooGraph
    public let embedding: Embedding
    /// How well the learner finds edges it was not shown; `nil` where that was not asked for, or cannot be told.
    public let quality: EmbeddingQuality?

    public init(graph: ZooGraph, embedding: Embedding, quality: EmbeddingQuality? = nil) {
        self.graph = graph
        self.embedding = embedding
        self.quality = quality
    }
}
