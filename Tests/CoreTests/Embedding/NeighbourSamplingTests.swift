import Testing
import TransferGraphCore

struct NeighbourSamplingTests {
    /// With every neighbour drawn, a batch's loss and gradients are those of the whole graph on the same pairs.
    @Test(arguments: 0..<8)
    func gradientsOfABatchAreThoseOfTheWholeGraphWhereEveryNeighbourIsDrawn(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        func random(_ rows: Int, _ columns: Int) -> DenseMatrix<Double> {
            DenseMatrix(rows: rows, columns: columns, values: (0..<rows * columns).map { _ in generator.normal() })
        }
        func sage(_ inputs: Int, _ outputs: Int) -> RelationalLayer<Double> {
            RelationalLayer(
                neighbourWeight: random(outputs, inputs), rootWeight: random(outputs, inputs),
                bias: random(1, outputs).values)
        }
        func attention(_ inputs: Int, _ outputs: Int, heads: Int) -> AttentionLayer<Double> {
            AttentionLayer(
                heads: heads, weight: random(outputs, inputs),
                sourceAttention: random(heads, outputs / heads).values,
                targetAttention: random(heads, outputs / heads).values, bias: random(1, outputs).values)
        }
        let graph = MadeGraph.random(nodeCount: 80, edgeCount: 160, isWeighted: true, seed: seed)
        let input = random(80, 5)
        let (joined, apart) = pairs(of: graph, count: 6, using: &generator)
        try compare(
            LinkNetwork(first: sage(5, 6), second: sage(6, 4)), addsSelfLoops: false, graph, input, joined, apart)
        try compare(
            LinkNetwork(first: attention(5, 6, heads: 3), second: attention(6, 4, heads: 1)), addsSelfLoops: true,
            graph, input, joined, apart)
    }

    private func compare<Layer: MessagePassingLayer<Double>>(
        _ network: LinkNetwork<Layer>, addsSelfLoops: Bool, _ graph: CSRGraph, _ input: DenseMatrix<Double>,
        _ joined: [NodePair], _ apart: [NodePair]
    ) throws {
        let whole = MessageBlock(graph, addsSelfLoops: addsSelfLoops)
        let expected = try network.gradients(
            input, first: whole, second: whole, joined: joined, apart: apart, loop: .unwatched)

        var generator = SeededGenerator(seed: 1)
        var sampler = NeighbourSampler(graph: graph, addsSelfLoops: addsSelfLoops)
        let (targets, placed) = sampler.nodes(of: joined + apart)
        #expect(targets.count < graph.nodeCount)
        let most = try #require((0..<graph.nodeCount).map { graph.row($0).count }.max())
        let upper = sampler.block(to: targets, limit: most, using: &generator)
        let lower = sampler.block(to: upper.nodes, limit: most, using: &generator)
        let width = input.columns
        let rows = lower.nodes.flatMap { input.values[Int($0) * width..<(Int($0) + 1) * width] }
        let sampled = try network.gradients(
            DenseMatrix(rows: lower.nodes.count, columns: width, values: rows), first: lower.block, second: upper.block,
            joined: Array(placed[..<joined.count]), apart: Array(placed[joined.count...]), loop: .unwatched)

        #expect(abs(sampled.loss - expected.loss) < 1e-12 * max(1, abs(expected.loss)))
        for (ours, theirs) in zip(sampled.first + sampled.second, expected.first + expected.second) {
            #expect(ours.count == theirs.count)
            for (a, b) in zip(ours, theirs) { #expect(abs(a - b) < 1e-11 * max(1, abs(b))) }
        }
        // Nodes that the batch does not reach have no gradient in the whole graph either.
        var gathered = [Double](repeating: 0, count: input.values.count)
        for (row, node) in lower.nodes.enumerated() {
            for column in 0..<width {
                gathered[Int(node) * width + column] = sampled.input.values[row * width + column]
            }
        }
        for (a, b) in zip(gathered, expected.input.values) { #expect(abs(a - b) < 1e-11 * max(1, abs(b))) }
    }

    /// What a batch can hold does not grow with the graph: the memory of a step is bounded by the batch and the limit.
    @Test(arguments: [(500, 3), (5000, 3), (50_000, 3), (50_000, 8)])
    func blocksHoldAtMostTheLimitOfNeighboursOfEachTarget(nodeCount: Int, limit: Int) {
        let graph = MadeGraph.random(nodeCount: nodeCount, edgeCount: 12 * nodeCount, isWeighted: false, seed: 4)
        var generator = SeededGenerator(seed: 2)
        var sampler = NeighbourSampler(graph: graph, addsSelfLoops: false)
        let targets = (0..<50).map { Int32($0 * 7) }
        let (block, nodes) = sampler.block(to: targets, limit: limit, using: &generator)
        #expect(block.sourceCount == nodes.count && nodes.count <= targets.count * (limit + 1))
        #expect(Array(nodes.prefix(50)) == targets)
        #expect(Set(nodes).count == nodes.count)
        for (place, node) in targets.enumerated() {
            let drawn = block.sources[block.offsets[place]..<block.offsets[place + 1]].map { nodes[Int($0)] }
            #expect(drawn.count == min(limit, graph.row(Int(node)).count))
            #expect(Set(drawn).count == drawn.count)
            for neighbour in drawn { #expect(graph.weight(between: Int(node), and: Int(neighbour)) > 0) }
        }
    }

    @Test func everyNeighbourIsDrawnAsOftenAsAnyOther() {
        let graph = CSRGraph(
            nodeCount: 11, edges: (1..<11).map { CSRGraph.Edge(from: 0, to: Int32($0), weight: Float($0)) })
        var generator = SeededGenerator(seed: 3)
        var sampler = NeighbourSampler(graph: graph, addsSelfLoops: true)
        var counts = [Int](repeating: 0, count: 11)
        for _ in 0..<20_000 {
            for node in sampler.block(to: [0], limit: 4, using: &generator).nodes { counts[Int(node)] += 1 }
        }
        #expect(counts[0] == 20_000)
        // 8,000 expected of each, with a deviation of 69.
        for count in counts[1...] { #expect(abs(count - 8000) < 5 * 69) }
    }

    @Test(arguments: [2, nil])
    func edgesThatAreToBePredictedCarryNoMessages(limit: Int?) {
        let graph = MadeGraph.random(nodeCount: 60, edgeCount: 300, isWeighted: false, seed: 5)
        var generator = SeededGenerator(seed: 1)
        let (hidden, _) = pairs(of: graph, count: 40, using: &generator)
        var sampler = NeighbourSampler(graph: graph, addsSelfLoops: false)
        sampler.setHidden(true, hidden)
        let all = Array(0..<Int32(60))
        for _ in 0..<20 {
            let block = sampler.block(to: all, limit: limit, using: &generator).block
            for target in all {
                for source in block.sources[block.offsets[Int(target)]..<block.offsets[Int(target) + 1]] {
                    #expect(!hidden.contains(NodePair(from: source, to: target)))
                    #expect(!hidden.contains(NodePair(from: target, to: source)))
                }
            }
        }
        sampler.setHidden(false, hidden)
        #expect(
            sampler.block(to: all, limit: nil, using: &generator).block == MessageBlock(graph, addsSelfLoops: false))
    }

    /// On a graph of communities, of which nothing more can be learned, batches with drawn neighbours find held-out edges as
    /// well as the whole graph at once does.
    @Test(arguments: [true, false])
    func batchesFindHeldOutEdgesAsWellAsTheWholeGraphDoes(isSAGE: Bool) throws {
        let graph = MadeGraph.communities(12, size: 60, within: 0.25, between: 0.004, seed: 3)
        let split = LinkSplit(of: graph, share: 0.1, seed: 2)
        func quality(fullBatchLimit: Int) throws -> Double {
            let settings = GraphNetworkSettings(dimension: 64, fullBatchLimit: fullBatchLimit, seed: 1)
            let embedding =
                isSAGE
                ? try GraphSAGE(settings).embed(split.training, work: .unwatched)
                : try GAT(settings).embed(split.training, work: .unwatched)
            return LinkPrediction(of: embedding, positives: split.positives, negatives: split.negatives).areaUnderCurve
        }
        let (sampled, whole) = (try quality(fullBatchLimit: 100), try quality(fullBatchLimit: 2000))
        #expect(whole > 0.8)
        #expect(sampled > whole - 0.02, "\(sampled) by batches, \(whole) at once")
    }

    /// Some edges, and some pairs that are not joined.
    private func pairs(
        of graph: CSRGraph, count: Int, using generator: inout SeededGenerator
    ) -> (joined: [NodePair], apart: [NodePair]) {
        let joined = graph.edges().shuffled(using: &generator).prefix(count).map { NodePair(from: $0.from, to: $0.to) }
        var apart: [NodePair] = []
        while apart.count < count {
            let (a, b) = (generator.index(below: graph.nodeCount), generator.index(below: graph.nodeCount))
            if a != b && graph.weight(between: a, and: b) == 0 {
                apart.append(NodePair(from: Int32(a), to: Int32(b)))
            }
        }
        return (joined, apart)
    }
}
