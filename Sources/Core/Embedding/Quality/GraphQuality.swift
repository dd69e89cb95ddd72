import Support

/// What an embedding of a zoo's graph has kept of it, beside what is known without one.
public struct GraphQuality: Sendable {
    /// How well held-out edges of one kind are told from pairs of the same kinds of nodes that are not joined.
    public struct Links: Sendable {
        public enum Kind: String, Sendable, CaseIterable {
            case modelAndModel = "model – model"
            /// Results and scores: the model does better than expected there.
            case modelAndDataset = "model – dataset"
            case pretraining = "model – dataset of its pre-training"
            case datasetAndDataset = "dataset – dataset"
        }
        public let kind: Kind
        public let heldOut: Int
        /// The area under the curve by the dot product of the two vectors.
        public let byDotProduct: Double
        /// By the product of the numbers of the two ends' edges.
        public let byDegree: Double
        /// By the zoo's own distances, between datasets that have one; `nil` elsewhere.
        public let byDistance: Double?
    }

    /// The share of a dataset's nearest datasets by the zoo's distances that are among its nearest by the embedding.
    public struct Overlap: Sendable {
        public let nearest: Int
        /// The datasets that it is the mean over.
        public let datasets: Int
        public let share: Double
        /// What nearest datasets by the number of edges reach, and chance.
        public let byDegree: Double
        public let byChance: Double
    }

    /// Where the model of a held-out edge of results or scores stands among the models that are not joined with its dataset.
    public struct Rank: Sendable {
        /// The mean over edges of the share of models that stand before it: 0 is best, ½ chance.
        public let byDotProduct: Double
        public let byDegree: Double
    }

    public let overlap: Overlap?
    /// By kinds; empty where the graph has too few edges to hold some out.
    public let links: [Links]
    public let modelRank: Rank?

    /// The share of the edges that is held out.
    public static let share = 0.1

    /// - Parameters:
    ///   - graph: the graph whose edges are held out.
    ///   - embedding: of the whole graph; the overlap is its.
    ///   - datasets: those whose neighbours are looked at.
    ///   - nearest: how many neighbours of each are looked for.
    ///   - seed: what the choice of edges follows from.
    ///   - work: tells how far it is and learns that it is no longer wanted.
    ///   - learn: learns from a graph with fewer edges and from what is known of other pairs.
    /// - Throws: what `learn` throws; `Cancelled`.
    public init(
        of graph: ZooGraph, embedding: Embedding, datasets: [Int], nearest: Int = 3, seed: UInt64, work: Work,
        learn: (CSRGraph, UnjoinedPairs, Work) throws -> Embedding
    ) throws {
        overlap = Self.overlap(graph, embedding, datasets, nearest: nearest)
        // A pair that is joined for more than one reason is one of results.
        func pairs(_ kinds: Set<ZooGraph.EdgeKind>) -> Set<Int> {
            Set(graph.edges.lazy.filter { kinds.contains($0.kind) }.map { UnjoinedPairs.key($0.from, $0.to) })
        }
        let pretraining = pairs([.pretraining]).subtracting(pairs([.results, .scores]))
        let split = KindLinkSplit(
            of: graph.structure, kinds: graph.nodeKinds,
            edgeKind: { pretraining.contains(UnjoinedPairs.key($0.from, $0.to)) ? 1 : 0 }, share: Self.share, seed: seed
        )
        guard !split.parts.isEmpty else {
            links = []
            modelRank = nil
            return
        }
        let asked = split.parts.flatMap { $0.positives + $0.negatives }
        let part = try learn(split.training, graph.unjoined.without(asked), work)
        let degrees = (0..<graph.nodeCount).map { Double(split.training.row($0).count) }
        func byDegree(_ pair: CSRGraph.Edge) -> Double { degrees[Int(pair.from)] * degrees[Int(pair.to)] }
        func byDistance(_ pair: CSRGraph.Edge) -> Double? {
            let models = graph.zoo.models.count
            return graph.zoo.distances?[Int(pair.from) - models, Int(pair.to) - models].map { -$0 }
        }
        links = split.parts.map { item in
            let kind: Links.Kind =
                switch (item.kinds, item.edgeKind) {
                case ((0, 0), _): .modelAndModel
                case ((1, 1), _): .datasetAndDataset
                case (_, 1): .pretraining
                default: .modelAndDataset
                }
            var distance: Double?
            if kind == .datasetAndDataset {
                let (joined, apart) = (
                    item.positives.compactMap(byDistance), item.negatives.compactMap(byDistance)
                )
                if !joined.isEmpty && !apart.isEmpty {
                    distance = LinkPrediction(positives: joined, negatives: apart).areaUnderCurve
                }
            }
            return Links(
                kind: kind, heldOut: item.positives.count,
                byDotProduct: LinkPrediction(of: part, positives: item.positives, negatives: item.negatives)
                    .areaUnderCurve,
                byDegree: LinkPrediction(
                    positives: item.positives.map(byDegree), negatives: item.negatives.map(byDegree)
                ).areaUnderCurve, byDistance: distance)
        }
        modelRank = split.parts.first { $0.kinds == (0, 1) && $0.edgeKind == 0 }.map { item in
            func place(_ score: (Int, Int) -> Double) -> Double {
                let places = item.positives.map { edge -> Double in
                    let own = score(Int(edge.from), Int(edge.to))
                    var (before, others) = (0.0, 0.0)
                    for model in graph.zoo.models.indices where model != Int(edge.from) {
                        if graph.structure.weight(between: model, and: Int(edge.to)) > 0 { continue }
                        let other = score(model, Int(edge.to))
                        others += 1
                        before += other > own ? 1 : other == own ? 0.5 : 0
                    }
                    return others > 0 ? before / others : 0.5
                }
                return places.reduce(0, +) / Double(places.count)
            }
            return Rank(
                byDotProduct: place { part.dotProduct($0, $1) }, byDegree: place { model, _ in degrees[model] })
        }
    }

    private static func overlap(
        _ graph: ZooGraph, _ embedding: Embedding, _ datasets: [Int], nearest: Int
    ) -> Overlap? {
        guard let distances = graph.zoo.distances else { return nil }
        let all = graph.zoo.datasets.indices
        var (found, byDegree, chance, count) = (0.0, 0.0, 0.0, 0)
        for dataset in datasets {
            let known = all.filter { $0 != dataset && distances[dataset, $0] != nil }
            guard known.count > nearest else { continue }
            func first(_ score: (Int) -> Double) -> Set<Int> {
                Set(known.map { ($0, score($0)) }.sorted { ($1.1, $0.0) < ($0.1, $1.0) }.prefix(nearest).map(\.0))
            }
            let right = first { -(distances[dataset, $0] ?? 0) }
            let node = graph.node(dataset: dataset)
            let own = first { embedding.cosine(node, graph.node(dataset: $0)) }
            let degree = first { Double(graph.structure.row(graph.node(dataset: $0)).count) }
            found += Double(own.intersection(right).count) / Double(nearest)
            byDegree += Double(degree.intersection(right).count) / Double(nearest)
            chance += Double(nearest) / Double(known.count)
            count += 1
        }
        guard count > 0 else { return nil }
        let scale = 1 / Double(count)
        return Overlap(
            nearest: nearest, datasets: count, share: found * scale, byDegree: byDegree * scale,
            byChance: chance * scale)
    }
}
