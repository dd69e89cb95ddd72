import Foundation
import Testing
import TransferGraphCore

struct GraphNetworkTests {
    private let graph = MadeGraph.communities(4, size: 30, within: 0.4, between: 0.005, seed: 11)

    private typealias Learner =
        @Sendable (CSRGraph, [Float]?, [CSRGraph.Edge], GraphNetworkSettings) throws -> Embedding

    private static let learners: [(String, Learner)] = [
        ("graphsage", { try GraphSAGE($3).embed($0, features: $1, negativePairs: $2, work: .unwatched) }),
        ("gat", { try GAT($3).embed($0, features: $1, negativePairs: $2, work: .unwatched) }),
    ]

    /// At once, and by batches with drawn neighbours.
    @Test(arguments: 0..<2, [2000, 10])
    func heldOutEdgesOfCommunitiesAreFound(learner: Int, fullBatchLimit: Int) throws {
        let split = LinkSplit(of: graph, share: 0.1, seed: 2)
        let (name, embed) = Self.learners[learner]
        var settings = GraphNetworkSettings(dimension: 32, fullBatchLimit: fullBatchLimit, batchSize: 32, seed: 1)
        settings.epochs = fullBatchLimit == 10 ? 10 : 40
        let embedding = try embed(split.training, nil, [], settings)
        let quality = LinkPrediction(of: embedding, positives: split.positives, negatives: split.negatives)
        #expect(quality.areaUnderCurve > 0.8, "\(name)")
        #expect(embedding.learner == name)
        #expect(embedding.losses.count == settings.epochs)
        let last = try #require(embedding.losses.last)
        #expect(last < 0.95 * embedding.losses[0])
    }

    @Test(arguments: 0..<2, [2000, 10])
    func theSameSeedGivesTheSameBytes(learner: Int, fullBatchLimit: Int) throws {
        let embed = Self.learners[learner].1
        let pairs = [CSRGraph.Edge(from: 0, to: 1, weight: 1), CSRGraph.Edge(from: 4, to: 2, weight: 1)]
        var settings = GraphNetworkSettings(dimension: 16, epochs: 3, fullBatchLimit: fullBatchLimit, seed: 5)
        let one = try embed(graph, nil, pairs, settings)
        #expect(try embed(graph, nil, pairs, settings).vectors == one.vectors)
        settings.seed = 6
        #expect(try embed(graph, nil, pairs, settings).vectors != one.vectors)
    }

    /// Rows enough for several turns of every loop, at once and by batches.
    @Test(arguments: 0..<2, [6000, 10])
    func theNumberOfThreadsChangesNothing(learner: Int, fullBatchLimit: Int) throws {
        let large = MadeGraph.random(nodeCount: 6000, edgeCount: 18_000, isWeighted: false, seed: 7)
        let embed = Self.learners[learner].1
        var settings = GraphNetworkSettings(
            dimension: 64, epochs: 1, fullBatchLimit: fullBatchLimit, batchSize: 4096, threads: 1, seed: 5)
        let one = try embed(large, nil, [], settings)
        for threads in [2, 5] {
            settings.threads = threads
            let several = try embed(large, nil, [], settings)
            #expect(several.vectors == one.vectors)
            #expect(several.losses == one.losses)
        }
    }

    @Test(arguments: 0..<2)
    func negativePairsAreHeldApart(learner: Int) throws {
        let embed = Self.learners[learner].1
        var pairs: [CSRGraph.Edge] = []
        for node in stride(from: 4, to: graph.nodeCount, by: 4) where graph.weight(between: 0, and: node) == 0 {
            pairs.append(CSRGraph.Edge(from: 0, to: Int32(node), weight: 1))
        }
        let settings = GraphNetworkSettings(dimension: 32, seed: 4)
        func mean(_ embedding: Embedding) -> Double {
            pairs.map { embedding.dotProduct(Int($0.from), Int($0.to)) }.reduce(0, +) / Double(pairs.count)
        }
        #expect(mean(try embed(graph, nil, pairs, settings)) < mean(try embed(graph, nil, [], settings)))
    }

    /// Features tell the communities apart where hardly any edge does.
    @Test(arguments: 0..<2)
    func givenFeaturesAreUsedAndMissingOnesLearned(learner: Int) throws {
        let embed = Self.learners[learner].1
        let sparse = MadeGraph.communities(2, size: 60, within: 0.04, between: 0.004, seed: 3)
        var generator = SeededGenerator(seed: 8)
        var features: [Float] = []
        for node in 0..<sparse.nodeCount {
            let isUnknown = node % 10 == 9
            for column in 0..<6 {
                let value = Float(generator.normal()) * 0.3 + (column == node % 2 ? 1 : 0)
                features.append(isUnknown ? .nan : value)
            }
        }
        let settings = GraphNetworkSettings(dimension: 16, epochs: 30, seed: 1)
        func quality(_ features: [Float]?) throws -> Double {
            let embedding = try embed(sparse, features, [], settings)
            let same = (0..<118).map { embedding.cosine($0, $0 + 2) }
            let other = (0..<118).map { embedding.cosine($0, $0 + 1) }
            return LinkPrediction(positives: same, negatives: other).areaUnderCurve
        }
        let (with, without) = (try quality(features), try quality(nil))
        #expect(with > without + 0.05, "\(with) with features, \(without) without")
    }

    @Test func graphsWithLittleInThemAreNoTrouble() throws {
        for (_, embed) in Self.learners {
            for edges in [[], [CSRGraph.Edge(from: 0, to: 1, weight: 1)]] {
                let embedding = try embed(
                    CSRGraph(nodeCount: 4, edges: edges), nil, [], GraphNetworkSettings(dimension: 8))
                #expect(embedding.vectors.count == 32)
                #expect(!embedding.vectors.contains { !$0.isFinite })
            }
            #expect(
                try embed(CSRGraph(nodeCount: 0, edges: []), nil, [], GraphNetworkSettings(dimension: 8)).vectors
                    .isEmpty)
        }
    }

    /// At once on a dense graph of the largest size for that, and by batches. The best of some tries counts, since other
    /// programs may hold the machine's cores for longer than that.
    @Test(arguments: 0..<2, [(1900, 45_000), (50_000, 500_000)])
    func cancellationStopsWithinFiftyMilliseconds(learner: Int, size: (nodes: Int, edges: Int)) throws {
        let large = MadeGraph.random(nodeCount: size.nodes, edgeCount: size.edges, isWeighted: false, seed: 1)
        let embed = Self.cancellable[learner]
        let delays = try (0..<6).map { attempt in
            try CancellationClock.delay(after: .milliseconds(10 + 60 * attempt)) { try embed(large, $0) }
        }
        let best = try #require(delays.min())
        #expect(best < .milliseconds(50))
    }

    private static let cancellable: [@Sendable (CSRGraph, Work) throws -> Embedding] = [
        { try GraphSAGE().embed($0, work: $1) }, { try GAT().embed($0, work: $1) },
    ]

    @Test func optionsWithoutSenseAreNamed() {
        #expect(throws: EmbeddingError.unevenHeads(dimension: 128, heads: 3)) {
            try GAT(heads: 3).embed(graph, work: .unwatched)
        }
        #expect(throws: EmbeddingError.learningRate(0, most: 10)) {
            try GraphSAGE(GraphNetworkSettings(learningRate: 0)).embed(graph, work: .unwatched)
        }
        #expect(throws: EmbeddingError.incompleteRows(numbers: 3, nodes: graph.nodeCount)) {
            try GraphSAGE().embed(graph, features: [1, 2, 3], work: .unwatched)
        }
    }
}
