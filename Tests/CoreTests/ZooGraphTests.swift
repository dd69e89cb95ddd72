import Support
import Testing
import TransferGraphCore

struct ZooGraphTests {
    private func zoo() throws -> Zoo {
        let directory = try TemporaryZoo([
            "records.csv": "model,dataset,score\na,x,10\nb,x,20\nc,x,30\na,y,3\nb,y,1\nc,y,2\na,z,5\nb,z,7\n",
            "models.csv": "model,dataset\na,x\nb,w\n",
            "scores.csv": "model,dataset,method,value\na,z,LogME,1\nb,z,LogME,4\nc,z,LogME,2\n",
            "similarity.csv": "dataset_a,dataset_b,distance\nx,y,1\nx,z,3\ny,z,5\n",
            "lineage.csv": "model,parent\nb,a\n",
        ])
        return try Zoo.load(path: directory.path)
    }

    /// By hand: x is normalised to 0, ½, 1 for a, b, c; y to 1, 0, ½; the target z has no result at all.
    @Test func edgesAreThoseOfTheDefinition() throws {
        let zoo = try zoo()
        var options = ZooGraph.Options()
        options.kinds = Set(ZooGraph.EdgeKind.allCases)
        let graph = ZooGraph(zoo.holdingOut(try zoo.dataset(named: "z")), options: options)
        func edge(_ from: String, _ to: String, _ kind: ZooGraph.EdgeKind, _ weight: Float) throws -> ZooGraph.Edge {
            .init(
                from: Int32(try graph.node(named: from)), to: Int32(try graph.node(named: to)), kind: kind,
                weight: weight)
        }
        let expected = [
            try edge("c", "x", .results, 1), try edge("a", "y", .results, 1), try edge("b", "z", .scores, 1),
            try edge("a", "x", .pretraining, 1), try edge("b", "w", .pretraining, 1),
            try edge("x", "y", .similarity, 1), try edge("x", "z", .similarity, 0.5), try edge("b", "a", .lineage, 1),
        ]
        #expect(graph.edges.count == expected.count)
        for edge in expected {
            #expect(
                graph.edges.contains(edge)
                    || graph.edges.contains(.init(from: edge.to, to: edge.from, kind: edge.kind, weight: edge.weight)))
        }
        #expect(graph.unjoined.negative.count == 4)
        #expect(graph.structure.entryCount == 2 * expected.count)
    }

    /// Sixteen models on eight datasets, one of them much better on each than the rest, which differ a little: that one is
    /// joined; of the others those above what is expected are faint pairs, those below negative ones.
    @Test(arguments: [1, 2, 3] as [UInt64]) func theOwnRecipeJoinsWhatStandsOut(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed, purpose: .madeZoo)
        var records = "model,dataset,score\n"
        for dataset in 0..<8 {
            for model in 0..<16 {
                let value = (model == 2 * dataset ? 0.9 : 0.4) + 0.05 * generator.uniform()
                records += "m\(model),d\(dataset),\(value)\n"
            }
        }
        let directory = try TemporaryZoo(["records.csv": records])
        var options = ZooGraph.Options.own
        options.kinds = [.results]
        let graph = ZooGraph(try Zoo.load(path: directory.path), options: options)
        let joined = try (0..<8).map { dataset in
            [try graph.node(named: "m\(2 * dataset)"), try graph.node(named: "d\(dataset)")]
        }
        #expect(Set(graph.edges.map { [Int($0.from), Int($0.to)] }) == Set(joined))
        #expect(graph.edges.allSatisfy { $0.weight >= 0.075 })
        #expect(!graph.unjoined.faint.isEmpty && graph.unjoined.faint.allSatisfy { $0.weight < 0.075 })
        #expect(graph.unjoined.negative.count > graph.unjoined.faint.count)
    }

    /// Where every result is what its model and its dataset give, none stands out; nor does a single one.
    @Test func whatIsExpectedIsNoEdge() throws {
        var records = "model,dataset,score\n"
        for dataset in 0..<10 {
            for model in 0..<12 { records += "m\(model),d\(dataset),\(0.3 + 0.02 * Double(model + dataset))\n" }
        }
        for results in [records, "model,dataset,score\na,x,0.5\na,y,0.6\na,z,0.7\n"] {
            let directory = try TemporaryZoo(["records.csv": results])
            var options = ZooGraph.Options.own
            options.kinds = [.results]
            #expect(ZooGraph(try Zoo.load(path: directory.path), options: options).edges.isEmpty)
        }
    }

    /// A pair is joined for what speaks most for it.
    @Test func anEdgeIsOfTheKindThatWeighsMost() throws {
        let zoo = try #require(try BuiltInZoo.load("words"))
        let all = ZooGraph(zoo, options: .own)
        var options = ZooGraph.Options.own
        options.kinds = [.results]
        let byResult = ZooGraph(zoo, options: options)
        let counts = all.edgeCounts
        #expect((counts[.results] ?? 0) > 50 && (counts[.scores] ?? 0) > 50)
        // One of results has a result that is better than expected.
        let better = Set(
            (byResult.edges.map { [$0.from, $0.to] }) + byResult.unjoined.faint.map { [$0.from, $0.to] })
        #expect(all.edges.filter { $0.kind == .results }.allSatisfy { better.contains([$0.from, $0.to]) })
    }

    @Test func aModelIsNotItsOwnAncestor() throws {
        let directory = try TemporaryZoo([
            "records.csv": "model,dataset,score\na,x,1\nb,x,2\nc,x,3\n",
            "lineage.csv": "model,parent\na,b\nb,a\nc,c\nc,a\n",
        ])
        let zoo = try Zoo.load(path: directory.path)
        // What either was trained on the other may have seen; as an edge they are one.
        #expect(zoo.lineage.count == 3)
        for recipe in ZooGraph.Recipe.allCases {
            var options = recipe == .own ? ZooGraph.Options.own : ZooGraph.Options()
            options.kinds = [.lineage]
            let graph = ZooGraph(zoo, options: options)
            let joined = graph.edges.map { [graph.name(Int($0.from)), graph.name(Int($0.to))] }
            #expect(joined == [["a", "b"], ["c", "a"]])
        }
        let told = zoo.report.items
        #expect(told.contains { $0.action == .leftOut && $0.count == 1 && $0.examples == ["c"] })
        #expect(told.contains { $0.action == .noted && $0.count == 1 && $0.examples == ["b, a"] })
    }

    /// Three models whose results say little: each dataset keeps the one that did best for itself.
    @Test func noDatasetIsWithoutAnEdge() throws {
        let directory = try TemporaryZoo([
            "records.csv": """
            model,dataset,score
            a,x,0.5
            b,x,0.6
            c,x,0.8
            a,y,0.7
            b,y,0.5
            c,y,0.6
            a,z,0.2
            b,z,0.5
            c,z,0.4

            """
        ])
        var options = ZooGraph.Options.own
        options.kinds = [.results]
        let graph = ZooGraph(try Zoo.load(path: directory.path), options: options)
        for name in ["x", "y", "z"] { #expect(!graph.structure.row(try graph.node(named: name)).isEmpty) }
    }

    @Test func aDatasetOnWhichEveryRunEndedAlikeStaysOutUnlessAskedFor() throws {
        var records = "model,dataset,score\n"
        for model in 0..<12 {
            records += "m\(model),flat,0.01\nm\(model),steep,0.\(model)\nm\(model),target,0.\(model)\n"
        }
        let directory = try TemporaryZoo(["records.csv": records])
        let zoo = try Zoo.load(path: directory.path)
        let flat = try zoo.dataset(named: "flat")
        let target = try zoo.dataset(named: "target")
        #expect(!zoo.datasets[flat].carriesSignal)
        #expect(zoo.holdingOut(target).known.results.column(flat).isEmpty)
        #expect(zoo.holdingOut(target, includingWithoutSignal: true).known.results.column(flat).count == 12)
    }

    /// Results at the ends of what a number can hold are scaled like others, and what is too near 0 to be a weight is no
    /// edge.
    @Test func resultsOfAnySizeMakeAGraph() throws {
        let directory = try TemporaryZoo([
            "records.csv": """
            model,dataset,score
            a,x,-1e308
            b,x,0
            c,x,1e308
            d,x,1.7e308
            d,x,1.7e308
            a,y,0
            b,y,1e-60
            c,y,1

            """
        ])
        let zoo = try Zoo.load(path: directory.path)
        let x = try zoo.dataset(named: "x")
        #expect(zoo.results[model: try zoo.model(named: "d"), dataset: x] == 1.7e308)
        let scaled = zoo.results.minMaxNormalised()
        for (model, expected) in [("a", 0.0), ("b", 1 / 2.7), ("c", 2 / 2.7), ("d", 1)] {
            let value = try #require(scaled[model: try zoo.model(named: model), dataset: x])
            #expect(abs(value - expected) < 1e-12)
        }
        var options = ZooGraph.Options()
        options.resultThreshold = 0
        let graph = ZooGraph(zoo, options: options)
        #expect(graph.edges.count == 4)
        #expect(graph.edges.allSatisfy { $0.weight > 0 })
        options.resultThreshold = -1
        #expect(ZooGraph(zoo, options: options).edges.count == 4)
    }
}
