import Foundation
import Support

/// How a graph network is trained; the same for ``GraphSAGE``, ``GAT`` and ``RGCN``.
public struct GraphNetworkSettings: Sendable, Equatable {
    /// The number of components of a node's vector, of its learned features, and of the layer between.
    public var dimension: Int
    /// The passes over the edges; 100 on a graph that is trained at once and 5 on one that is sampled where `nil`. In a large
    /// graph a pass is over a part of the edges (``SamplingPlan``).
    public var epochs: Int?
    /// The step size of Adam; 0.03 on graphs of up to 500 nodes and 0.01 on larger ones where `nil`. On those the larger
    /// step often lets all vectors fall to zero together.
    public var learningRate: Double?
    /// A graph with more nodes than this, or with more than fifty times as many entries, is trained by batches of edges
    /// with some neighbours of each node; a smaller one at once.
    public var fullBatchLimit: Int
    /// The edges of a batch, where there are batches; ``SamplingPlan`` says how many where `nil`. In small batches nearly as
    /// many neighbours are drawn as in large ones, for far fewer edges.
    public var batchSize: Int?
    /// The neighbours that are drawn of each node, where there are batches; ``SamplingPlan`` says how many where `nil`.
    public var neighbourLimit: Int?
    /// The most threads to use; their number changes no result.
    public var threads: Int
    /// What every random choice follows from.
    public var seed: UInt64

    public init(
        dimension: Int = 128, epochs: Int? = nil, learningRate: Double? = nil, fullBatchLimit: Int = 2000,
        batchSize: Int? = nil, neighbourLimit: Int? = nil, threads: Int = ProcessInfo.processInfo.activeProcessorCount,
        seed: UInt64 = 0
    ) {
        self.dimension = dimension
        self.epochs = epochs
        self.learningRate = learningRate
        self.fullBatchLimit = fullBatchLimit
        self.batchSize = batchSize
        self.neighbourLimit = neighbourLimit
        self.threads = threads
        self.seed = seed
    }

    func validate() throws(EmbeddingError) {
        try EmbeddingError.check([
            (.dimension, dimension, 1...4096), (.epochs, epochs ?? 1, 1...1_000_000),
            (.fullBatchLimit, fullBatchLimit, 0...10_000_000), (.batchSize, batchSize ?? 1, 1...1_000_000),
            (.neighbourLimit, neighbourLimit ?? 1, 1...10_000), (.threads, threads, 1...1024),
        ])
        try EmbeddingError.check(learningRate: learningRate ?? 1)
    }

    /// What every network begins with: its random numbers, and what it sees of each node.
    ///
    /// - Throws: ``EmbeddingError`` if a setting makes no sense or the features are not whole rows; `Cancelled`.
    func begin(
        _ graph: CSRGraph, features: [Float]?, work: Work
    ) throws -> (generator: SeededGenerator, inputs: NodeInputs) {
        try validate()
        var generator = SeededGenerator(seed: seed, purpose: .graphNetwork)
        var inputs = try NodeInputs(
            nodeCount: graph.nodeCount, features: features, dimension: dimension, using: &generator, work: work)
        if let plan = samplingPlan(for: graph) {
            try inputs.spread(over: graph, rounds: plan.rounds, loop: RowLoop(threads: threads, work: work))
        }
        return (generator, inputs)
    }

    func learningRate(forNodes count: Int) -> Double {
        learningRate ?? (count <= 500 ? 0.03 : 0.01)
    }

    /// How the graph is gone through; `nil` where it is trained at once.
    func samplingPlan(for graph: CSRGraph) -> SamplingPlan? {
        guard !isFullBatch(graph) else { return nil }
        let loops = (0..<graph.nodeCount).count { graph.entry(from: $0, to: Int32($0)) != nil }
        return SamplingPlan(
            nodes: graph.nodeCount, edges: (graph.entryCount - loops) / 2, batchSize: batchSize,
            neighbours: neighbourLimit)
    }

    func isFullBatch(_ graph: CSRGraph) -> Bool {
        graph.nodeCount <= fullBatchLimit && graph.entryCount <= 50 * fullBatchLimit
    }
}
