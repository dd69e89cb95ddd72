import Support

/// Node embeddings from biased random walks: node2vec, and node2vec+ with ``extended``.
///
/// Walks under ``TransitionRule`` start at every node in turn, and skip-gram with negative sampling learns from their
/// windows. Every pass over the nodes draws new walks. Walks are made a few hundred at a time and forgotten, so that
/// memory is the graph, and two tables of `nodeCount × dimension` floats.
///
/// The same seed gives the same bytes on any number of threads, unless ``lockFree`` asks for the faster updates
/// without order. A node without edges keeps the small random vector it began with.
///
///     let embedding = try Node2Vec(q: 0.5, seed: 7).embed(graph, work: .unwatched)
///
/// Sources: Grover and Leskovec, KDD 2016; Liu, Hirn and Krishnan, Bioinformatics 2023 (node2vec+).
public struct Node2Vec: Sendable {
    /// The number of components of a vector.
    public var dimension: Int
    /// The walks that start at each node in each epoch.
    public var walksPerNode: Int
    /// The nodes of a walk.
    public var walkLength: Int
    /// The farthest that a context may be from its centre, in steps of the walk; the reach of each window is uniform in
    /// 1…window.
    public var window: Int
    /// The negative samples of each window.
    public var negatives: Int
    /// How often ``walksPerNode`` walks from each node are drawn anew and learned from.
    public var epochs: Int
    /// The return parameter p.
    public var p: Double
    /// The in–out parameter q.
    public var q: Double
    /// Whether edge weights enter the second-order rule (node2vec+).
    public var extended: Bool
    /// The learning rate at the start; it falls linearly to a hundredth.
    public var learningRate: Double
    /// The most threads to use. Without ``lockFree``, more than two make walks faster but not the learning.
    public var threads: Int
    /// Whether threads update vectors without order (Hogwild): faster on many threads, and not repeatable.
    public var lockFree: Bool
    /// What every random choice follows from.
    public var seed: UInt64

    public init(
        dimension: Int = 128, walksPerNode: Int = 10, walkLength: Int = 40, window: Int = 5, negatives: Int = 5,
        epochs: Int = 1, p: Double = 1, q: Double = 1, extended: Bool = false, learningRate: Double = 0.025,
        threads: Int = 1, lockFree: Bool = false, seed: UInt64 = 0
    ) {
        self.dimension = dimension
        self.walksPerNode = walksPerNode
        self.walkLength = walkLength
        self.window = window
        self.negatives = negatives
        self.epochs = epochs
        self.p = p
        self.q = q
        self.extended = extended
        self.learningRate = learningRate
        self.threads = threads
        self.lockFree = lockFree
        self.seed = seed
    }

    /// The walks that one step of the training is made of.
    private static let batchSize = 256

    /// Learns a vector for each node.
    ///
    /// - Parameters:
    ///   - graph: n nodes, with positive edge weights.
    ///   - negativePairs: pairs known not to be neighbours; each counts as ``negatives`` further negative samples, both
    ///     ways, in each pass over the nodes. Weights are not looked at.
    ///   - kinds: the kind of each node: negative samples are then of the kind of the node they stand in for.
    ///   - work: tells how far it is and learns that it is no longer wanted.
    /// - Returns: n × ``dimension`` floats, with the mean loss of a window after each pass over the nodes.
    /// - Throws: ``EmbeddingError`` if an option makes no sense or the vectors grew beyond bounds; `Cancelled`.
    /// - Complexity: O(n · epochs · walksPerNode · walkLength · window · (negatives + 1) · dimension) time.
    public func embed(
        _ graph: CSRGraph, negativePairs: [CSRGraph.Edge] = [], kinds: [UInt8] = [], work: Work
    ) throws -> Embedding {
        try validate()
        let rule = TransitionRule(p: Float(p), q: Float(q), extended: extended)
        let walker = try RandomWalker(graph: graph, rule: rule, work: work)
        let skipGram = try SkipGram(
            dimension: dimension, window: window, negatives: negatives, popularity: graph.weightSums(),
            kinds: kinds, apart: negativePairs, threads: threads, lockFree: lockFree, seed: seed, work: work)
        // Where no node has an edge there is nothing to learn.
        var starts = (0..<Int32(graph.nodeCount)).filter { !graph.row(Int($0)).isEmpty }
        let passes = starts.isEmpty ? 0 : epochs * walksPerNode
        var order = SeededGenerator(seed: seed, purpose: .walkOrder)
        var losses: [Double] = []
        for pass in 0..<passes {
            starts.shuffle(using: &order)
            var loss = SkipGram.Loss()
            for first in stride(from: 0, to: starts.count, by: Self.batchSize) {
                let progress = (Double(pass) + Double(first) / Double(starts.count)) / Double(passes)
                work.report("Learning the embedding", progress)
                let rate = Float(learningRate * max(0.01, 1 - progress))
                if first == 0 && !negativePairs.isEmpty { try skipGram.trainApart(rate: rate, work: work) }
                let batch = try walks(
                    from: starts[first..<min(starts.count, first + Self.batchSize)], by: walker,
                    number: pass * starts.count + first, work: work, code: skipGram.code)
                loss += try skipGram.train(on: batch, rate: rate, work: work)
            }
            losses.append(loss.sum / Double(max(1, loss.windows)))
        }
        let vectors = skipGram.vectors()
        guard vectors.allSatisfy(\.isFinite) else {
            throw EmbeddingError.diverged(learningRate: learningRate)
        }
        return Embedding(
            vectors: vectors, dimension: dimension, learner: extended ? "node2vec+" : "node2vec", seed: seed,
            losses: losses)
    }

    private func walks(
        from starts: ArraySlice<Int32>, by walker: RandomWalker, number: Int, work: Work,
        code: @Sendable (Int32) -> Int32
    ) throws(Cancelled) -> WalkBatch {
        var batch = WalkBatch(count: starts.count, room: walkLength)
        batch.first = number
        try batch.fill(threads: threads, work: work) { walk, nodes in
            var generator = SeededGenerator(seed: seed, purpose: .walk, item: number + walk)
            let length = walker.walk(from: starts[starts.startIndex + walk], using: &generator, into: nodes)
            for place in 0..<length { nodes[place] = code(nodes[place]) }
            return length
        }
        return batch
    }

    private func validate() throws(EmbeddingError) {
        try EmbeddingError.check([
            (.dimension, dimension, 1...4096), (.walksPerNode, walksPerNode, 1...10_000),
            (.walkLength, walkLength, 2...10_000), (.window, window, 1...1000), (.negatives, negatives, 0...1000),
            (.epochs, epochs, 1...10_000), (.threads, threads, 1...1024),
        ])
        let allowed = 1e-6...1e6
        for (bias, value) in [(EmbeddingError.WalkBias.p, p), (.q, q)] where !allowed.contains(value) {
            throw .walkBias(bias, value, allowed: allowed)
        }
        try EmbeddingError.check(learningRate: learningRate)
    }
}
