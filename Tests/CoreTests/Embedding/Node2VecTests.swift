import Testing
import TransferGraphCore

struct Node2VecTests {
    private let graph = MadeGraph.communities(4, size: 30, within: 0.3, between: 0.005, seed: 11)

    @Test(arguments: [false, true])
    func theSameSeedGivesTheSameBytesOnAnyNumberOfThreads(extended: Bool) throws {
        var learner = Node2Vec(dimension: 30, walksPerNode: 3, p: 0.5, q: 2, extended: extended, seed: 9)
        let pairs = [CSRGraph.Edge(from: 0, to: 1, weight: 0.2), CSRGraph.Edge(from: 2, to: 5, weight: 0.1)]
        let one = try learner.embed(graph, negativePairs: pairs, work: .unwatched)
        for threads in [2, 3, 8] {
            learner.threads = threads
            let several = try learner.embed(graph, negativePairs: pairs, work: .unwatched)
            #expect(several.vectors == one.vectors)
            #expect(several.losses == one.losses)
        }
        learner.seed = 10
        #expect(try learner.embed(graph, negativePairs: pairs, work: .unwatched).vectors != one.vectors)
    }

    @Test(arguments: [(false, false), (true, false), (false, true)])
    func heldOutEdgesOfCommunitiesAreFound(extended: Bool, lockFree: Bool) throws {
        let split = LinkSplit(of: graph, share: 0.1, seed: 2)
        let learner = Node2Vec(dimension: 32, extended: extended, threads: 2, lockFree: lockFree, seed: 1)
        let embedding = try learner.embed(split.training, work: .unwatched)
        let quality = LinkPrediction(of: embedding, positives: split.positives, negatives: split.negatives)
        #expect(quality.areaUnderCurve > 0.8)
        #expect(embedding.losses.count == 10)
        #expect(embedding.losses[9] < embedding.losses[0])
    }

    @Test func nearestNeighboursShareTheCommunity() throws {
        let embedding = try Node2Vec(dimension: 32, seed: 1).embed(graph, work: .unwatched)
        var shared = 0
        for node in 0..<graph.nodeCount {
            for neighbour in embedding.nearestNeighbours(of: node, count: 5) where neighbour.node % 4 == node % 4 {
                shared += 1
            }
        }
        #expect(Double(shared) / Double(5 * graph.nodeCount) > 0.9)
    }

    @Test func negativePairsAreHeldApart() throws {
        // Nodes of one community that are not joined: alike, but for what the pairs say.
        var pairs: [CSRGraph.Edge] = []
        for node in stride(from: 4, to: graph.nodeCount, by: 4) {
            for far in [0, 60] where node != far && graph.weight(between: far, and: node) == 0 {
                pairs.append(CSRGraph.Edge(from: Int32(far), to: Int32(node), weight: 1))
            }
        }
        let learner = Node2Vec(dimension: 32, learningRate: 0.025, seed: 4)
        let free = try learner.embed(graph, work: .unwatched)
        let apart = try learner.embed(graph, negativePairs: pairs, work: .unwatched)
        func mean(_ embedding: Embedding) -> Double {
            pairs.map { embedding.cosine(Int($0.from), Int($0.to)) }.reduce(0, +) / Double(pairs.count)
        }
        #expect(mean(apart) < mean(free) - 0.05)
    }

    @Test func nodesWithoutEdgesGetASmallVectorOfTheirOwn() throws {
        let lonely = CSRGraph(nodeCount: 6, edges: [CSRGraph.Edge(from: 0, to: 1, weight: 1)])
        let embedding = try Node2Vec(dimension: 16, seed: 3).embed(lonely, work: .unwatched)
        for node in 2..<6 {
            #expect(embedding[node].allSatisfy { abs($0) <= 0.5 / 16 })
            #expect(embedding[node].contains { $0 != 0 })
        }
        #expect(Array(embedding[2]) != Array(embedding[3]))
        let empty = try Node2Vec(dimension: 16).embed(CSRGraph(nodeCount: 3, edges: []), work: .unwatched)
        #expect(empty.vectors.count == 48)
        #expect(try Node2Vec().embed(CSRGraph(nodeCount: 0, edges: []), work: .unwatched).vectors.isEmpty)
    }

    @Test func optionsWithoutSenseAreNamed() {
        let senseless: [(Node2Vec, EmbeddingError)] = [
            (Node2Vec(dimension: 0), .count(.dimension, 0, allowed: 1...4096)),
            (Node2Vec(walkLength: 1), .count(.walkLength, 1, allowed: 2...10_000)),
            (Node2Vec(window: 0), .count(.window, 0, allowed: 1...1000)),
            (Node2Vec(p: 0), .walkBias(.p, 0, allowed: 1e-6...1e6)),
            (Node2Vec(q: .infinity), .walkBias(.q, .infinity, allowed: 1e-6...1e6)),
            (Node2Vec(learningRate: -1), .learningRate(-1, most: 10)),
            (Node2Vec(threads: 0), .count(.threads, 0, allowed: 1...1024)),
        ]
        for (learner, error) in senseless {
            #expect(throws: error) { try learner.embed(graph, work: .unwatched) }
        }
        #expect(throws: EmbeddingError.self) { try Node2Vec(q: .nan).embed(graph, work: .unwatched) }
    }

    /// The best of some tries counts, since other programs may hold the machine's cores for longer than that.
    @Test(arguments: [1, 2])
    func cancellationStopsWithinFiftyMilliseconds(threads: Int) throws {
        let large = MadeGraph.random(nodeCount: 20_000, edgeCount: 200_000, isWeighted: true, seed: 1)
        let delays = try (0..<4).map { attempt in
            try CancellationClock.delay(after: .milliseconds(10 + 90 * attempt)) { work in
                _ = try Node2Vec(walkLength: 80, window: 10, threads: threads).embed(large, work: work)
            }
        }
        let best = try #require(delays.min())
        #expect(best < .milliseconds(50))
    }
}
