import Testing
import TransferGraphCore

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

    /// Σ (Rₙ − Rₙ₋₁) Pₙ over the thresholds, from precision and recall at each, as scikit-learn's documentation defines it.
    @Test(arguments: 0..<20)
    func averagePrecisionIsTheSumOverThresholds(seed: UInt64) {
        var generator = SeededGenerator(seed: seed, purpose: .initialVector)
        let levels = 2 + generator.index(below: 30)
        let positives = (0..<25).map { _ in Double(generator.index(below: levels)) }
        let negatives = (0..<35).map { _ in Double(generator.index(below: levels)) - 1 }
        var (sum, before) = (0.0, 0.0)
        for threshold in Set(positives + negatives).sorted(by: >) {
            let found = Double(positives.filter { $0 >= threshold }.count)
            let precision = found / (found + Double(negatives.filter { $0 >= threshold }.count))
            sum += (found / 25 - before) * precision
            before = found / 25
        }
        let quality = LinkPrediction(positives: positives, negatives: negatives)
        #expect(abs(quality.averagePrecision - sum) < 1e-12)
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
    func pairsToFitOnAreOfTheTrainingGraphAndNotThoseAskedFor(seed: UInt64) {
        let graph = MadeGraph.random(nodeCount: 60, edgeCount: 300, isWeighted: false, seed: seed)
        let split = LinkSplit(of: graph, share: 0.2, seed: seed)
        let (positives, negatives) = split.trainingPairs(limit: 100, seed: seed)
        #expect(positives.count == 100 && negatives.count == 100)
        func key(_ pair: CSRGraph.Edge) -> Set<Int32> { [pair.from, pair.to] }
        let asked = Set((split.positives + split.negatives).map(key))
        for pair in positives + negatives { #expect(!asked.contains(key(pair))) }
        for pair in positives { #expect(split.training.weight(between: Int(pair.from), and: Int(pair.to)) > 0) }
        for pair in negatives { #expect(graph.weight(between: Int(pair.from), and: Int(pair.to)) == 0) }
    }

    /// Edges join nodes that agree in one component and differ in another, larger one: their dot product is small where
    /// that of other pairs is large, and only a regression finds the component that tells.
    @Test(arguments: 0..<5)
    func aRegressionOnProductsFindsWhatADotProductCannot(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let nodeCount = 120
        var vectors: [Float] = []
        for node in 0..<nodeCount {
            vectors += [node % 2 == 0 ? 1 : -1, node % 4 < 2 ? 3 : -3, Float(generator.normal())]
        }
        var edges: [CSRGraph.Edge] = []
        for from in 0..<nodeCount {
            for to in 0..<from where from % 2 == to % 2 && from % 4 != to % 4 && generator.uniform() < 0.3 {
                edges.append(CSRGraph.Edge(from: Int32(from), to: Int32(to), weight: 1))
            }
        }
        let embedding = Embedding(vectors: vectors, dimension: 3, learner: "test", seed: 0, losses: [])
        let graph = CSRGraph(nodeCount: nodeCount, edges: edges)
        let quality = try #require(
            try EmbeddingQuality(of: graph, seed: seed, work: .unwatched) { _, _, _ in embedding })
        #expect(quality.byDotProduct.areaUnderCurve < 0.5)
        #expect(quality.byHadamard.areaUnderCurve > 0.8)
        #expect(quality.heldOutEdges == (edges.count + 5) / 10)
    }

    @Test func theLearnerIsNotShownWhatItIsAskedFor() throws {
        let graph = MadeGraph.communities(3, size: 20, within: 0.5, between: 0.05, seed: 2)
        var pairs: [CSRGraph.Edge] = []
        for from in 0..<60 {
            for to in 0..<from where graph.weight(between: from, and: to) == 0 {
                pairs.append(CSRGraph.Edge(from: Int32(from), to: Int32(to), weight: 1))
            }
        }
        var shown: (edges: Int, pairs: UnjoinedPairs)?
        // Faint pairs may be edges for another reason; held out, they are not shown either.
        let unjoined = UnjoinedPairs(negative: pairs, faint: graph.edges())
        let quality = try EmbeddingQuality(of: graph, unjoined: unjoined, seed: 1, work: .unwatched) {
            structure, unjoined, work in
            shown = (structure.edges().count, unjoined)
            return try Node2Vec(dimension: 8, seed: 1).embed(structure, negativePairs: unjoined.negative, work: work)
        }
        let heldOut = try #require(quality?.heldOutEdges)
        let (edgesShown, pairsShown) = try #require(shown)
        #expect(edgesShown == graph.edges().count - heldOut)
        #expect(pairsShown.negative.count < pairs.count && pairsShown.negative.count >= pairs.count - heldOut)
        #expect(pairsShown.faint.count == graph.edges().count - heldOut)
        let none = try EmbeddingQuality(
            of: CSRGraph(nodeCount: 3, edges: [CSRGraph.Edge(from: 0, to: 1, weight: 1)]), seed: 1, work: .unwatched
        ) { _, _, _ in throw Cancelled() }
        #expect(none == nil)
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

    /// More components than nodes: the same picture as of the vectors in as few components as they need.
    @Test(arguments: 0..<5)
    func aProjectionOfFewNodesIsThatOfTheirPlane(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let narrow = (0..<6 * 4).map { _ in Float(generator.normal()) }
        // The four components again and again, each time with half the signs turned: lengths grow by √10.
        var wide: [Float] = []
        for node in 0..<6 {
            for turn in 0..<10 {
                for component in 0..<4 {
                    let value = narrow[node * 4 + component]
                    wide.append(turn % 2 == 1 && component % 2 == 1 ? -value : value)
                }
            }
        }
        let few = try Projection(of: Embedding(vectors: narrow, dimension: 4, learner: "test", seed: 0, losses: []))
        let many = try Projection(of: Embedding(vectors: wide, dimension: 40, learner: "test", seed: 0, losses: []))
        #expect(abs((few.explainedVariance - many.explainedVariance).x) < 1e-9)
        #expect(abs((few.explainedVariance - many.explainedVariance).y) < 1e-9)
        for (a, b) in [(0, 1), (2, 5), (3, 4)] {
            let one: SIMD2<Double> = few.points[a] - few.points[b]
            let other: SIMD2<Double> = many.points[a] - many.points[b]
            let difference: Double = (one * one).sum() * 10 - (other * other).sum()
            #expect(abs(difference) < 1e-6)
        }
    }
}
