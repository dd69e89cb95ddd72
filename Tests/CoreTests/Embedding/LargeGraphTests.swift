import Testing
import TransferGraphCore

/// Graph networks on graphs of which an epoch goes over a part.
struct LargeGraphTests {
    /// 10,000 nodes in communities of 100, into which four of five of some 130,000 edges go.
    private static let graph: CSRGraph = {
        var generator = SeededGenerator(seed: 5)
        let (nodes, communities) = (10_000, 100)
        let edges = (0..<14 * nodes).compactMap { number -> CSRGraph.Edge? in
            let node = number % nodes
            let other =
                generator.index(below: 5) < 4
                ? node % communities + communities * generator.index(below: nodes / communities)
                : generator.index(below: nodes)
            return other == node ? nil : CSRGraph.Edge(from: Int32(node), to: Int32(other), weight: 1)
        }
        return CSRGraph(nodeCount: nodes, edges: edges)
    }()

    /// Features that begin at random have not found each other after so few steps.
    @Test func oneEpochOverAPartOfTheEdgesFindsHeldOutOnes() throws {
        let split = LinkSplit(of: Self.graph, share: 0.05, seed: 2)
        var settings = GraphNetworkSettings(dimension: 32, epochs: 1, batchSize: 16_384, threads: 1, seed: 1)
        let embedding = try GraphSAGE(settings).embed(split.training, work: .unwatched)
        let plan = try #require(embedding.sampling)
        #expect(plan.isPartial && plan.edgesAnEpoch == SamplingPlan.wholeEpochLimit)
        #expect(plan.edges == split.training.edges().count { $0.from != $0.to })
        let quality = LinkPrediction(of: embedding, positives: split.positives, negatives: split.negatives)
        #expect(quality.areaUnderCurve > 0.8, "\(quality.areaUnderCurve)")
        settings.threads = 3
        #expect(try GraphSAGE(settings).embed(split.training, work: .unwatched).vectors == embedding.vectors)
    }

    @Test func graphsUpToTheLimitAreGoneThroughWhole() {
        for edges in [0, 1, 3000, 46_664, 100_000] {
            let plan = SamplingPlan(nodes: 2500, edges: edges)
            #expect(!plan.isPartial && plan.edgesAnEpoch == edges && plan.rounds == 0 && plan.neighbours == 8)
            #expect(plan.batchSize == min(8192, max(128, edges / 32)))
        }
        let large = SamplingPlan(nodes: 1_000_000, edges: 10_000_000)
        #expect(large.edgesAnEpoch == 1_000_000 && large.isPartial)
        let chosen = SamplingPlan(nodes: 1_000_000, edges: 10_000_000, batchSize: 7, neighbours: 9)
        #expect(chosen.batchSize == 7 && chosen.neighbours == 9)
    }

    /// A round is over when each edge has come once, wherever in an epoch that is.
    @Test(arguments: [(10, 3), (10, 10), (7, 5), (9, 3), (1, 1)])
    func eachEdgeComesOnceARound(edges: Int, count: Int) {
        var generator = SeededGenerator(seed: 4)
        let all = (0..<Int32(edges)).map { NodePair(from: $0, to: $0 + 1) }
        var epochs = EpochEdges(all, count: count)
        var drawn: [Int32] = []
        for _ in 0..<4 * edges {
            let epoch = epochs.next(using: &generator)
            #expect(epoch.count == count)
            drawn += epoch.map(\.from)
        }
        for start in stride(from: 0, to: drawn.count - edges + 1, by: edges) {
            #expect(drawn[start..<start + edges].sorted() == Array(0..<Int32(edges)))
        }
    }

    /// However the sizes of a step's matrices change, no more are kept than one step has at a time.
    @Test(arguments: 0..<8) func roomForMatricesDoesNotGrow(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let room = MatrixRoom()
        for _ in 0..<300 {
            var matrices: [DenseMatrix<Float>] = []
            for rows in [1000, 1000, 4000, 16_000, 16_000] {
                let rows = rows + generator.index(below: rows / 10)
                let matrix: DenseMatrix<Float> = room.matrix(rows: rows, columns: 64)
                #expect(matrix.rows == rows && matrix.values.count == rows * 64)
                matrices.append(matrix)
            }
            for matrix in matrices { room.keep(matrix) }
            #expect(room.spare <= 5)
        }
        room.clear()
        #expect(room.spare == 0)
    }
}
