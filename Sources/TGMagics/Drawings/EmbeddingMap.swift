import Presentation
import TransferGraphCore

/// Node embeddings in two dimensions: each node lies near those whose vectors are nearest to its own.
///
/// The first two principal components, the usual choice, hold only a tenth of such vectors' variance.
struct EmbeddingMap {
    private let graph: ZooGraph
    private let nodes: [Int]
    /// How many nodes have an edge.
    private let total: Int
    private let layout: ForceLayout
    private let groups: NodeGroups?

    private static let width = 840.0
    private static let height = 600.0
    /// The most nodes that a page shows.
    private static let limit = 400
    /// Up to this many nodes, models have their names too.
    private static let fewNodes = 25
    /// How many nearest nodes attract a node.
    private static let nearest = 5

    /// - Throws: `Cancelled`.
    /// - Complexity: O(n² · dimension) for the n nodes drawn.
    init(_ learned: LearnedEmbedding, work: Work = .unwatched) throws(Cancelled) {
        graph = learned.graph
        let graph = learned.graph
        let target = graph.target.map(graph.node(dataset:))
        let joined = (0..<graph.nodeCount).filter { !graph.structure.row($0).isEmpty || $0 == target }
        total = joined.count
        var nodes = joined
        if joined.count > Self.limit {
            let strength = graph.structure.weightSums()
            nodes = joined.sorted { a, b in
                if (a == target) != (b == target) { return a == target }
                return (strength[b], a) < (strength[a], b)
            }.prefix(Self.limit).sorted()
        }
        self.nodes = nodes
        let count = nodes.count
        var cosines = [Double](repeating: 0, count: count * count)
        for a in 0..<count {
            for b in 0..<a {
                let cosine = learned.embedding.cosine(nodes[a], nodes[b])
                cosines[a * count + b] = cosine
                cosines[b * count + a] = cosine
            }
        }
        try work.check()
        var held: Set<[Int]> = []
        for a in 0..<count {
            let others = (0..<count).filter { $0 != a }.sorted {
                (cosines[a * count + $1], $0) < (cosines[a * count + $0], $1)
            }
            for b in others.prefix(Self.nearest) { held.insert([min(a, b), max(a, b)]) }
        }
        var degrees = [Double](repeating: 0, count: count)
        for pair in held { for node in pair { degrees[node] += 1 } }
        let pulls = held.sorted { ($0[0], $0[1]) < ($1[0], $1[1]) }.map { pair in
            (
                pair[0], pair[1],
                3 * max(0, cosines[pair[0] * count + pair[1]]) / (degrees[pair[0]] * degrees[pair[1]]).squareRoot()
            )
        }
        layout = try ForceLayout(
            nodeCount: count, edges: pulls, sizes: [Double](repeating: 1, count: count), work: work)
        groups = NodeGroups(of: nodes, in: graph) { cosines[$0 * count + $1] }
    }

    var drawing: Drawing {
        var svg = SVG(width: Self.width, height: Self.height)
        let count = { (number: Int) in NumberFormat.count.text(Double(number)) }
        var subtitle = "Each node lies near those whose vectors are nearest by cosine"
        if total > nodes.count {
            subtitle += "; the \(count(nodes.count)) of \(count(total)) nodes with the strongest edges"
        }
        svg.heading("The embedding", subtitle)
        var legend: [(name: String, colour: String, mark: SVG.Mark)] = [
            ("dataset with results", SVG.ink, .square), ("other dataset", SVG.muted, .diamond),
            ("model", groups == nil ? GraphDrawing.modelColour : SVG.muted, .circle),
        ]
        legend = legend.filter { kind in nodes.contains { rank($0) < 3 && mark($0) == kind.mark } }
        if let target = graph.target {
            legend.insert(("target \(graph.zoo.datasets[target].name)", SVG.accent, .square), at: 0)
        }
        if let groups {
            legend += groups.names.enumerated().map { number, name in
                (
                    "\(groups.column.singleLine(limit: 20)) \(name.singleLine(limit: 24))", SVG.colour(number),
                    groups.areModels ? .circle : .square
                )
            }
        }
        let rows = LegendLayout(names: legend.map(\.name), width: Self.width - 36)
        rows.draw(in: &svg, x: 18, y: 56, colours: legend.map(\.colour), marks: legend.map(\.mark))
        let top = 72 + rows.height
        let places = layout.places.map {
            (x: 60 + $0.x * (Self.width - 120), y: top + $0.y * (Self.height - top - 24))
        }
        if let groups {
            for number in groups.names.indices {
                let own = nodes.indices.filter { groups.members[nodes[$0]] == number }.map { places[$0] }
                svg.area(NodeGroups.hull(own, margin: 9), colour: SVG.colour(number))
            }
        }
        for place in nodes.indices.sorted(by: { (rank(nodes[$0]), $0) < (rank(nodes[$1]), $1) }) {
            let node = nodes[place]
            svg.circle(
                x: places[place].x, y: places[place].y, radius: [3, 3.6, 5, 6.5][rank(node)], fill: colour(node),
                title: graph.name(node), mark: mark(node))
        }
        var labels = LabelPlacer(within: 6...(Self.width - 6))
        let named = nodes.indices.filter { rank(nodes[$0]) > 1 || nodes.count <= Self.fewNodes }.sorted {
            (rank(nodes[$1]), $0) < (rank(nodes[$0]), $1)
        }
        for place in named { labels.reserve(places[place], radius: 5) }
        for place in named {
            let text = graph.name(nodes[place]).singleLine(limit: 30)
            if let spot = labels.place(
                text, size: 10, x: places[place].x, y: places[place].y, isRequired: nodes.count <= Self.fewNodes)
            {
                svg.text(text, x: spot.x, y: spot.y, size: 10, anchor: spot.anchor, bold: rank(nodes[place]) == 3)
            }
        }
        let grouped = groups.map { ", \($0.areModels ? "models" : "datasets") coloured by \($0.column)" } ?? ""
        return svg.drawing(
            label: "The embedding: \(nodes.count) nodes near those nearest by cosine\(grouped)",
            text: "[map: the embedding, \(nodes.count) nodes\(grouped)]")
    }

    private func mark(_ node: Int) -> SVG.Mark {
        graph.isModel(node) ? .circle : rank(node) > 1 ? .square : .diamond
    }

    /// 3 the held-out target, 2 datasets with results, 1 other datasets, 0 models.
    private func rank(_ node: Int) -> Int {
        if graph.isModel(node) { return 0 }
        let dataset = node - graph.zoo.models.count
        if dataset == graph.target { return 3 }
        return graph.zoo.results.column(dataset).isEmpty ? 1 : 2
    }

    private func colour(_ node: Int) -> String {
        if rank(node) == 3 { return SVG.accent }
        if let groups, groups.areModels == graph.isModel(node) {
            return groups.members[node].map(SVG.colour) ?? SVG.muted
        }
        if graph.isModel(node) { return groups == nil ? GraphDrawing.modelColour : SVG.muted }
        return rank(node) == 2 ? SVG.ink : SVG.muted
    }
}
