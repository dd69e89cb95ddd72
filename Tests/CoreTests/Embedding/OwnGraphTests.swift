import Foundation
import Support
import Testing
import TransferGraphCore

/// The own recipe's parts on structure that was planted.
struct OwnGraphTests {
    /// Two communities of nodes, joined within and speaking against each other between.
    private static func communities(_ size: Int, seed: UInt64) -> (graph: CSRGraph, apart: [CSRGraph.Edge]) {
        var generator = SeededGenerator(seed: seed, purpose: .madeZoo)
        var edges: [CSRGraph.Edge] = []
        var apart: [CSRGraph.Edge] = []
        for a in 0..<2 * size {
            for b in 0..<a where generator.uniform() < 0.3 {
                let edge = CSRGraph.Edge(from: Int32(b), to: Int32(a), weight: 1)
                if (a < size) == (b < size) { edges.append(edge) } else { apart.append(edge) }
            }
        }
        return (CSRGraph(nodeCount: 2 * size, edges: edges), apart)
    }

    @Test(arguments: [1, 2, 3] as [UInt64]) func spectralVectorsHaveTheSignsOfPlantedCommunities(seed: UInt64) throws {
        let (graph, apart) = Self.communities(15, seed: seed)
        let embedding = try Spectral(dimension: 1, seed: seed).embed(graph, negativePairs: apart, work: .unwatched)
        let signs = (0..<30).map { embedding.dotProduct(0, $0) > 0 }
        #expect(signs == (0..<30).map { $0 < 15 })
    }

    /// A cycle's adjacency, normalised and half a mean sum of weights added to each, has the eigenvalues ⅔ cos 2πk/n, so that
    /// spectral vectors' inner products are circulant, and those of all eigenvectors with positive eigenvalues have the
    /// trace Σ λ³.
    @Test func spectralVectorsOfACycleAreThoseOfItsEigenvalues() throws {
        let count = 12
        let cycle = CSRGraph(
            nodeCount: count,
            edges: (0..<count).map { .init(from: Int32($0), to: Int32(($0 + 1) % count), weight: 2) })
        let embedding = try Spectral(dimension: count, steps: 3).embed(cycle, work: .unwatched)
        var expected = 0.0
        for step in 0..<count {
            let value: Double = 2 / 3 * cos(2 * Double.pi * Double(step) / Double(count))
            if value > 1e-9 { expected += value * value * value }
        }
        var trace = 0.0
        for node in 0..<count { trace += embedding.dotProduct(node, node) }
        #expect(abs(trace - expected) < 1e-5)
        for node in 1..<count {
            #expect(abs(embedding.dotProduct(node, node) - embedding.dotProduct(0, 0)) < 1e-5)
        }
    }

    @Test func largeGraphsHaveTheEigenvectorsOfSmallOnes() throws {
        // Above the limit of the dense way: forty rings of communities, whose leading vectors a Krylov space must find.
        var generator = SeededGenerator(seed: 5, purpose: .madeZoo)
        let edges = (0..<6000).map { _ -> CSRGraph.Edge in
            let group = generator.index(below: 6)
            let (a, b) = (generator.index(below: 150), generator.index(below: 150))
            return .init(from: Int32(group * 150 + a), to: Int32(group * 150 + b), weight: 1)
        }
        let graph = CSRGraph(nodeCount: 900, edges: edges)
        let embedding = try Spectral(dimension: 6, seed: 1).embed(graph, work: .unwatched)
        // Six parts that nothing joins: six eigenvalues of 1, and vectors at right angles between parts.
        var (within, between) = (0.0, 0.0)
        for node in stride(from: 0, to: 900, by: 7) {
            for other in stride(from: 3, to: 900, by: 11) {
                let cosine = abs(embedding.cosine(node, other))
                if node / 150 == other / 150 {
                    within = max(within, 1 - cosine)
                } else {
                    between = max(between, cosine)
                }
            }
        }
        #expect(within < 0.01 && between < 0.01, "\(within) \(between)")
    }

    /// Models and datasets of two camps: three pairs in twenty are known, one in ten of them wrongly.
    @Test(arguments: [1, 2, 3, 4, 5] as [UInt64]) func nodesThatAreJoinedAlikeHelpToFindPairs(seed: UInt64) throws {
        let (models, datasets) = (40, 20)
        var generator = SeededGenerator(seed: seed, purpose: .madeZoo)
        let camps = (0..<models + datasets).map { _ in generator.uniform() < 0.5 }
        var edges: [CSRGraph.Edge] = []
        var apart: [CSRGraph.Edge] = []
        var unknown: [(model: Int, dataset: Int, fits: Bool)] = []
        for model in 0..<models {
            for dataset in models..<models + datasets {
                let fits = camps[model] == camps[dataset]
                let edge = CSRGraph.Edge(from: Int32(model), to: Int32(dataset), weight: 1)
                if generator.uniform() >= 0.15 {
                    unknown.append((model, dataset, fits))
                } else if (generator.uniform() < 0.1) != fits {
                    edges.append(edge)
                } else {
                    apart.append(edge)
                }
            }
        }
        let graph = CSRGraph(nodeCount: models + datasets, edges: edges)
        let kinds = (0..<models + datasets).map { UInt8($0 < models ? 0 : 1) }
        func found(_ kinds: [UInt8]) throws -> Double {
            let embedding = try Spectral(dimension: 16).embed(
                graph, negativePairs: apart, kinds: kinds, work: .unwatched)
            func scores(_ fits: Bool) -> [Double] {
                unknown.filter { $0.fits == fits }.map { embedding.dotProduct($0.model, $0.dataset) }
            }
            return LinkPrediction(positives: scores(true), negatives: scores(false)).areaUnderCurve
        }
        let (without, with) = (try found([]), try found(kinds))
        #expect(with > without && with > 0.6, "\(without) \(with)")
    }

    @Test(arguments: [1, 2, 3] as [UInt64]) func aRelationalNetworkTellsCommunitiesApart(seed: UInt64) throws {
        let (graph, apart) = Self.communities(15, seed: seed)
        let embedding = try RGCN(GraphNetworkSettings(dimension: 8, seed: seed)).embed(
            graph, negativePairs: apart, work: .unwatched)
        var (within, between) = (0.0, 0.0)
        for a in 0..<30 {
            for b in 0..<a {
                if (a < 15) == (b < 15) { within += embedding.cosine(a, b) } else { between += embedding.cosine(a, b) }
            }
        }
        #expect(within / 210 > between / 225 + 0.5)
        let again = try RGCN(GraphNetworkSettings(dimension: 8, threads: 1, seed: seed)).embed(
            graph, negativePairs: apart, work: .unwatched)
        #expect(again.vectors == embedding.vectors)
    }

    /// On a complete graph every node attends to the same ones alike; what is kept of its own tells nodes apart.
    @Test func attentionForgetsNodesOfADenseGraphUnlessTheyKeepTheirOwn() throws {
        let count = 40
        let edges = (0..<count).flatMap { a in
            (0..<a).map { CSRGraph.Edge(from: Int32($0), to: Int32(a), weight: 1) }
        }
        let graph = CSRGraph(nodeCount: count, edges: edges)
        func spread(_ keepsOwn: Bool) throws -> Double {
            let settings = GraphNetworkSettings(dimension: 8, epochs: 1, learningRate: 1e-6, seed: 3)
            let embedding = try GAT(settings, keepsOwn: keepsOwn).embed(graph, work: .unwatched)
            var sum = 0.0
            for node in 1..<count { sum += 1 - embedding.cosine(0, node) }
            return sum / Double(count - 1)
        }
        #expect(try spread(false) < 0.01)
        #expect(try spread(true) > 0.1)
    }

    @Test func heldOutEdgesAreOfTheirKinds() {
        let (graph, _) = Self.communities(20, seed: 4)
        let kinds = (0..<40).map { UInt8($0 % 2) }
        func edgeKind(_ edge: CSRGraph.Edge) -> UInt8 { UInt8((edge.from + edge.to) / 2 % 2) }
        let split = KindLinkSplit(of: graph, kinds: kinds, edgeKind: edgeKind, share: 0.2, seed: 1)
        #expect(split.parts.count == 6)
        for part in split.parts {
            for pair in part.positives + part.negatives {
                #expect((kinds[Int(pair.from)], kinds[Int(pair.to)]) == part.kinds)
            }
            for pair in part.positives {
                #expect(edgeKind(pair) == part.edgeKind)
                #expect(split.training.weight(between: Int(pair.from), and: Int(pair.to)) == 0)
                #expect(graph.weight(between: Int(pair.from), and: Int(pair.to)) > 0)
            }
            for pair in part.negatives { #expect(graph.weight(between: Int(pair.from), and: Int(pair.to)) == 0) }
        }
    }
}
