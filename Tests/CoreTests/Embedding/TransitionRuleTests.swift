import Testing
import TransferGraphCore

struct TransitionRuleTests {
    private struct Oracle: Decodable {
        struct Case: Decodable {
            var p: Float
            var q: Float
            var plus: Bool
            var previous: Int
            var current: Int
            var next: [Int]
            var probability: [Double]
        }
        var edges: [[Double]]
        var cases: [Case]

        var graph: CSRGraph {
            let edges = edges.map { CSRGraph.Edge(from: Int32($0[0]), to: Int32($0[1]), weight: Float($0[2])) }
            return CSRGraph(nodeCount: Int(edges.map { max($0.from, $0.to) }.max() ?? -1) + 1, edges: edges)
        }
    }

    @Test(
        .enabled(
            if: SharedOracle.exists("node2vec_transitions.json"),
            "Skipped: ../shared/oracles/node2vec_transitions.json is not there."))
    func transitionProbabilitiesEqualPecanPys() throws {
        let oracle = try SharedOracle.read("node2vec_transitions.json", as: Oracle.self)
        let graph = oracle.graph
        #expect(oracle.cases.count > 400)
        for item in oracle.cases {
            let rule = TransitionRule(p: item.p, q: item.q, extended: item.plus)
            let walker = try RandomWalker(graph: graph, rule: rule, work: .unwatched)
            #expect(graph.targets[graph.row(item.current)].map(Int.init) == item.next)
            let probabilities = walker.transitionProbabilities(previous: item.previous, current: item.current)
            for (ours, theirs) in zip(probabilities, item.probability) {
                #expect(abs(ours - theirs) < 2e-7, "p \(item.p), q \(item.q), plus \(item.plus)")
            }
        }
    }

    /// The sampler proposes and rejects; what comes out must follow the rule whatever p and q.
    @Test(
        arguments: [(1, 1), (4, 0.5), (0.25, 4), (0.01, 1), (0.05, 0.1), (100, 100)] as [(Float, Float)],
        [false, true])
    func walksTakeEachStepAsOftenAsTheRuleSays(parameters: (Float, Float), extended: Bool) throws {
        let graph = MadeGraph.random(nodeCount: 8, edgeCount: 18, isWeighted: true, seed: 3)
        let rule = TransitionRule(p: parameters.0, q: parameters.1, extended: extended)
        let walker = try RandomWalker(graph: graph, rule: rule, work: .unwatched)
        var counts: [[Int]: [Int: Int]] = [:]
        let room = UnsafeMutableBufferPointer<Int32>.allocate(capacity: 101)
        defer { room.deallocate() }
        for walk in 0..<4000 {
            var generator = SeededGenerator(seed: 5, purpose: .walk, item: Int(walk))
            let length = walker.walk(from: Int32(walk % 8), using: &generator, into: room)
            for place in 2..<max(2, length) {
                counts[[Int(room[place - 2]), Int(room[place - 1])], default: [:]][Int(room[place]), default: 0] += 1
            }
        }
        var compared = 0
        for (pair, next) in counts {
            let total = Double(next.values.reduce(0, +))
            guard total > 500 else { continue }
            let expected = walker.transitionProbabilities(previous: pair[0], current: pair[1])
            for (entry, probability) in zip(graph.row(pair[1]), expected) {
                let share = Double(next[Int(graph.targets[entry])] ?? 0) / total
                let deviation = (probability * (1 - probability) / total).squareRoot()
                #expect(abs(share - probability) < 5 * deviation + 1e-4)
                compared += 1
            }
        }
        #expect(compared > 20)
    }

    @Test func firstStepsFollowTheWeights() throws {
        let graph = CSRGraph(
            nodeCount: 4,
            edges: [(1, 0.1), (2, 0.3), (3, 0.6)].map { CSRGraph.Edge(from: 0, to: $0.0, weight: $0.1) })
        let walker = try RandomWalker(graph: graph, rule: TransitionRule(), work: .unwatched)
        let room = UnsafeMutableBufferPointer<Int32>.allocate(capacity: 2)
        defer { room.deallocate() }
        var counts = [0, 0, 0, 0]
        var generator = SeededGenerator(seed: 1)
        for _ in 0..<40_000 {
            _ = walker.walk(from: 0, using: &generator, into: room)
            counts[Int(room[1])] += 1
        }
        for (node, share) in [(1, 0.1), (2, 0.3), (3, 0.6)] {
            #expect(abs(Double(counts[node]) / 40_000 - share) < 0.0125)
        }
    }
}
