import Testing
import TransferGraphCore

/// How an evaluation samples its history, repeats itself, and chooses its edges.
struct ProtocolTests {
    /// The paper's sampling: of models ordered by their mean normalised result, every tenth part keeps its share.
    @Test(arguments: 0..<10, [0.2, 0.5])
    func aShareOfTheModelsIsDrawnFromEveryTenthOfTheirOrder(seed: UInt64, ratio: Double) throws {
        let directory = try TemporaryZoo(MadeZoo.files(models: 100, datasets: 5, seed: seed))
        let heldOut = try Zoo.load(path: directory.path).holdingOut(1)
        var results = [[Double]](repeating: [], count: 100)
        for dataset in [0, 2, 3, 4] {
            let entries = heldOut.known.results.entries.filter { $0.dataset == dataset }
            let values = entries.map(\.value)
            let (least, most) = (try #require(values.min()), try #require(values.max()))
            for entry in entries { results[entry.model].append((entry.value - least) / (most - least)) }
        }
        let order = results.indices.sorted { results[$0].reduce(0, +) < results[$1].reduce(0, +) }
        let kept = Set(heldOut.keepingModels(ratio: ratio, seed: seed).known.results.models.map { Int($0) })
        for tenth in 0..<10 {
            let members = order[tenth * 10..<(tenth + 1) * 10]
            #expect(members.filter(kept.contains).count == Int(10 * ratio), "tenth \(tenth)")
        }
        #expect(kept != Set(heldOut.keepingModels(ratio: ratio, seed: seed + 100).known.results.models.map { Int($0) }))
    }

    @Test func severalSeedsAreTheMeanOfEachAlone() throws {
        let directory = try TemporaryZoo(MadeZoo.files())
        let zoo = try Zoo.load(path: directory.path)
        func evaluate(_ seeds: [UInt64]) throws -> Evaluation {
            var evaluator = Evaluator(methods: ["random", "tg:rf:n2v"])
            evaluator.seeds = seeds
            evaluator.historyRatio = 0.5
            evaluator.settings.dimension = 8
            return try evaluator.evaluate(zoo)
        }
        let seeds: [UInt64] = [1, 2, 3]
        let together = try evaluate(seeds)
        let summary = try EvaluationSummary(together)
        let alone = try seeds.map { try evaluate([$0]) }
        for method in together.methods {
            let means = try alone.map { try #require($0.mean(.pearson, method: method)) }
            let figure = try #require(summary[method]?[.pearson])
            #expect(figure.seedMeans.map { $0 ?? .nan } == means)
            #expect(Set(means).count == 3)
            let mean = try #require(together.mean(.pearson, method: method))
            #expect(abs(mean - means.reduce(0, +) / 3) < 1e-12)
            #expect(figure.mean == mean)
        }
    }

    /// Edges that are not asked for are as if the zoo held nothing that makes them, for every learner.
    @Test(arguments: GraphLearner.allCases)
    func edgesLeftOutReachNoLearner(learner: GraphLearner) throws {
        let files = MadeZoo.files()
        let whole = try TemporaryZoo(files)
        let poor = try TemporaryZoo(files.filter { ["records.csv", "datasets.csv"].contains($0.key) })
        var options = ZooGraph.Options()
        options.kinds = [.results]
        let graph = ZooGraph(try Zoo.load(path: whole.path), options: options)
        let expected = ZooGraph(try Zoo.load(path: poor.path))
        #expect(graph.structure == expected.structure && graph.nodeCount == expected.nodeCount)
        let vectors = try learner.embed(graph, dimension: 8, seed: 1, work: .unwatched).vectors
        #expect(vectors == (try learner.embed(expected, dimension: 8, seed: 1, work: .unwatched).vectors))
        for kind in ZooGraph.EdgeKind.allCases {
            options.kinds = [.results, kind]
            let wider = ZooGraph(try Zoo.load(path: whole.path), options: options)
            let others = wider.edges.filter { $0.kind == kind }
            #expect(!others.isEmpty && wider.edges.allSatisfy { $0.kind == kind || $0.kind == .results })
            // Graph networks look at who is joined and not at weights, which parallel edges add to.
            if kind != .results && (learner.isWalking || wider.structure.targets != graph.structure.targets) {
                #expect(try learner.embed(wider, dimension: 8, seed: 1, work: .unwatched).vectors != vectors, "\(kind)")
            }
        }
    }

    @Test(arguments: [0.2, 0.5, 0.9])
    func thresholdsSplitResultsScoresAndSimilarities(threshold: Double) throws {
        let directory = try TemporaryZoo(MadeZoo.files())
        let zoo = try Zoo.load(path: directory.path)
        var options = ZooGraph.Options()
        options.kinds = Set(ZooGraph.EdgeKind.allCases)
        options.resultThreshold = threshold
        options.scoreThreshold = threshold
        options.similarityThreshold = threshold
        let graph = ZooGraph(zoo, options: options)
        func scaled(_ values: [Double]) -> [Double] {
            let (least, most) = (values.min() ?? 0, values.max() ?? 1)
            return values.map { ($0 - least) / (most - least) }
        }
        var above = 0
        for dataset in zoo.datasets.indices {
            above +=
                scaled(zoo.results.entries.filter { $0.dataset == dataset }.map(\.value))
                .filter { $0 > threshold }.count
        }
        #expect(graph.edges.filter { $0.kind == .results }.count == above)
        #expect(graph.unjoined.negative.count == zoo.results.count - above)
        for edge in graph.edges where [.results, .scores, .similarity].contains(edge.kind) {
            #expect(Double(edge.weight) > threshold - 1e-6)
        }
    }
}
