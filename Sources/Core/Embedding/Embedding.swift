/// A vector for each node of a graph, and what it was made with.
public struct Embedding: Sendable {
    /// `nodeCount × dimension` numbers, row by row.
    public let vectors: [Float]
    /// The number of components of each node's vector.
    public let dimension: Int
    /// The learner's name as the command surface writes it: `node2vec`, `node2vec+`, `graphsage`, `gat`.
    public let learner: String
    /// The seed it was learned with.
    public let seed: UInt64
    /// The mean training loss after each epoch, for a curve.
    public let losses: [Double]
    /// How a graph network went through a graph too large to be trained at once; `nil` where all was seen at once.
    public let sampling: SamplingPlan?

    public var nodeCount: Int { dimension == 0 ? 0 : vectors.count / dimension }

    public init(
        vectors: [Float], dimension: Int, learner: String, seed: UInt64, losses: [Double], sampling: SamplingPlan? = nil
    ) {
        precondition(dimension > 0 && vectors.count % dimension == 0, "one vector a node")
        self.vectors = vectors
        self.dimension = dimension
        self.learner = learner
        self.seed = seed
        self.losses = losses
        self.sampling = sampling
    }

    /// The components that are not 0 of every node. A graph may have fewer to give than were asked for.
    ///
    /// - Complexity: linear in the numbers.
    public var usedComponents: Int {
        var isUsed = [Bool](repeating: false, count: dimension)
        for node in 0..<nodeCount {
            for component in 0..<dimension where vectors[node * dimension + component] != 0 { isUsed[component] = true }
        }
        return isUsed.count { $0 }
    }

    /// The vector of one node. O(1), no copy.
    public subscript(node: Int) -> ArraySlice<Float> {
        vectors[node * dimension..<(node + 1) * dimension]
    }
}
