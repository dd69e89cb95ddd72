import Core
import Testing

struct EmbeddingQualityTests {
    @Test(arguments: 0..<20)
    func areaUnderCurveIsTheShareOfPairsInOrder(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        // Few values, so that there are ties.
        let positives = (0..<30).map { _ in Double(generator.index(below: 8)) }
        let negatives = (0..<20).map { _ in Double(generator.index(below: 6)) }
        var inOrder = 0.0
        for positive in positives {
            for negative in negatives {
                inOrder += positive > negative ? 1 : positive == negative ? 0.5 : 0
            }
        }
        let quality = LinkPrediction(positives: positives, negatives: negatives)
        #expect(abs(quality.areaUnderCurve - inOrder / 600) < 1e-12)
    }

    @Test func averagePrecisionIsThatOfTheDefinition() {
        // Ranked: +, −, +, +, −. Precision at each positive: 1, 2/3, 3/4.
        let quality = LinkPrediction(positives: [5, 3, 2], negatives: [4, 1])
        #expect(abs(quality.averagePrecision - (1 + 2.0 / 3 + 0.75) / 3) < 1e-12)
        // All tied: precision 3/5 at the only threshold.
        #expect(abs(LinkPrediction(positives: [1, 1, 1], negatives: [1, 1]).averagePrecision - 0.6) < 1e-12)
        #expect(LinkPrediction(positives: [], negatives: [1]).areaUnderCurve.isNaN)
    }

    @Test(arguments: 0..<10)
    func aSplitKeepsEveryEdgeOnceAndEveryNodeJoined(seed: UInt64) {
        let graph = MadeGraph.random(nodeCount: 60, edgeCount: 150, isWeighted: true, seed: seed)
        let split = LinkSplit(of: graph, share: 0.2, seed: seed)
        let all = split.training.edges() + split.positives
        #expect(Set(all.map { [$0.from, $0.to] }) == Set(graph.edges().map { [$0.from, $0.to] }))
        #expect(all.count == graph.edges().count)
        #expect(!split.positives.isEmpty)
        #expect(split.negatives.count == split.positives.count)
        for pair in split.negatives { #expect(graph.weight(between: Int(pair.from), and: Int(pair.to)) == 0) }
        for node in 0..<60 { #expect(split.training.row(node).isEmpty == graph.row(node).isEmpty) }
    }

    @Test(arguments: 0..<5)
    func theProjectionFindsThePlaneThatPointsLieIn(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        // Points in a plane of a five-dimensional space, spread 3 : 1 along two directions at right angles.
        let first: [Double] = [0.6, 0, 0.8, 0, 0]
        let second: [Double] = [0, 1, 0, 0, 0]
        let places = (0..<200).map { _ in SIMD2(3 * generator.normal(), generator.normal()) }
        var vectors: [Float] = []
        for place in places {
            for component in 0..<5 {
                vectors.append(Float(place.x * first[component] + place.y * second[component] + 7))
            }
        }
        let embedding = Embedding(vectors: vectors, dimension: 5, learner: "test", seed: 0, losses: [])
        let projection = try Projection(of: embedding)
        #expect(projection.explainedVariance.x > 0.8)
        #expect(abs(projection.explainedVariance.sum() - 1) < 1e-6)
        for (a, b) in [(0, 1), (2, 50), (10, 199)] {
            let expected = places[a] - places[b]
            let found = projection.points[a] - projection.points[b]
            let difference: Double = (expected * expected).sum().squareRoot() - (found * found).sum().squareRoot()
            #expect(abs(difference) < 1e-4)
        }
    }
}
