import Presentation
import TransferGraphCore

/// A picture of a zoo's graph: datasets are large, models small, edges coloured by what they stand for.
struct GraphDrawing {
    let graph: ZooGraph
    /// The node in the middle; `nil` for the whole graph.
    let centre: Int?
    /// How many nodes are drawn at most; of more, those with the most edges.
    let limit: Int

    private static let width = 840.0
    private static let height = 620.0
    static let kindColours: [(kind: ZooGraph.EdgeKind, name: String, colour: String)] = [
        (.results, "fine-tuning result", "#4269d0"), (.scores, "transferability score", "#efb118"),
        (.similarity, "similar datasets", "#3ca951"), (.pretraining, "pre-trained on", "#ff725c"),
        (.lineage, "trained on from", "#a463f2"),
    ]
    private static let datasetColour = "#1f2933"
    private static let sourceColour = "#6b7686"
    private static let modelColour = "#8fb0e0"
    private static let centreColour = "#d4340c"

    /// - Throws: `Cancelled`.
    func drawing(work: Work) throws(Cancelled) -> Drawing {
        let (nodes, hidden) = chosenNodes
        let position = Dictionary(uniqueKeysWithValues: nodes.enumerated().map { ($1, $0) })
        let edges = graph.edges.compactMap { edge -> (Int, Int, ZooGraph.Edge)? in
            guard let a = position[Int(edge.from)], let b = position[Int(edge.to)] else { return nil }
            return (a, b, edge)
        }
        var degrees = [Int](repeating: 0, count: nodes.count)
        for (a, b, _) in edges {
            degrees[a] += 1
            degrees[b] += 1
        }
        let pulls = edges.map { a, b, edge in
            // A node of many edges is pulled by each of them less, or all would lie in one ball; and of the datasets,
            // each of which has a distance to every other, only the close ones should pull.
            let share = 3 / Double(degrees[a] * degrees[b]).squareRoot()
            return (a, b, share * (edge.kind == .similarity ? pow4(Double(edge.weight)) : Double(edge.weight)))
        }
        let sizes = nodes.map { graph.isModel($0) ? 1.0 : rank($0) == 3 ? 12 : isTarget($0) ? 30 : 2 }
        let layout = try ForceLayout(nodeCount: nodes.count, edges: pulls, sizes: sizes, work: work)
        return render(nodes, edges, layout, degrees: degrees, hidden: hidden)
    }

    /// Whether models were or will be fine-tuned on the node.
    private func isTarget(_ node: Int) -> Bool {
        guard !graph.isModel(node) else { return false }
        let dataset = node - graph.zoo.models.count
        return dataset == graph.target || !graph.zoo.results.column(dataset).isEmpty
    }

    /// How much a node's name matters: 3 the middle and the held-out target, 2 targets, 1 other datasets, 0 models.
    private func rank(_ node: Int) -> Int {
        if node == centre || (!graph.isModel(node) && node - graph.zoo.models.count == graph.target) { return 3 }
        return isTarget(node) ? 2 : graph.isModel(node) ? 0 : 1
    }

    private func colour(_ node: Int) -> String {
        if rank(node) == 3 { return Self.centreColour }
        return graph.isModel(node) ? Self.modelColour : isTarget(node) ? Self.datasetColour : Self.sourceColour
    }

    private func pow4(_ value: Double) -> Double { value * value * value * value }

    /// The nodes to draw in ascending order, and how many are left out.
    private var chosenNodes: (nodes: [Int], hidden: Int) {
        var candidates: Set<Int>
        if let centre {
            candidates = [centre]
            for edge in graph.edges where Int(edge.from) == centre || Int(edge.to) == centre {
                candidates.insert(Int(edge.from))
                candidates.insert(Int(edge.to))
            }
        } else {
            candidates = Set(graph.edges.flatMap { [Int($0.from), Int($0.to)] })
        }
        guard candidates.count > limit else { return (candidates.sorted(), 0) }
        var strength: [Int: Double] = [:]
        for edge in graph.edges {
            let touches = centre == nil || Int(edge.from) == centre || Int(edge.to) == centre
            guard touches else { continue }
            strength[Int(edge.from), default: 0] += Double(edge.weight)
            strength[Int(edge.to), default: 0] += Double(edge.weight)
        }
        if let centre { strength[centre] = .infinity }
        let strongest = candidates.sorted { (strength[$0] ?? 0, $1) > (strength[$1] ?? 0, $0) }.prefix(limit)
        return (strongest.sorted(), candidates.count - limit)
    }

    private func render(
        _ nodes: [Int], _ edges: [(Int, Int, ZooGraph.Edge)], _ layout: ForceLayout, degrees: [Int], hidden: Int
    ) -> Drawing {
        let present = Self.kindColours.filter { entry in edges.contains { $0.2.kind == entry.kind } }
        let models = nodes.count(where: graph.isModel)
        var svg = SVG(width: Self.width, height: Self.height)
        let heading =
            centre.map { "Around \(graph.name($0).singleLine(limit: 60))" }
            ?? "The graph of \(graph.zoo.name.singleLine(limit: 60))"
        var subtitle =
            "\(models) models, \(nodes.count - models) datasets, \(NumberFormat.count.text(Double(edges.count))) edges"
        if hidden > 0 {
            subtitle += "; \(NumberFormat.count.text(Double(hidden))) nodes with weaker edges are not drawn"
        }
        svg.text(heading, x: 18, y: 28, size: 15, bold: true)
        svg.text(subtitle, x: 18, y: 46, size: 11.5, colour: SVG.muted)
        var kinds = [
            ("fine-tuned on", Self.datasetColour), ("other dataset", Self.sourceColour), ("model", Self.modelColour),
        ]
        if let target = graph.target {
            kinds.insert(("target \(graph.zoo.datasets[target].name)", Self.centreColour), at: 0)
        }
        LegendLayout(names: present.map(\.name) + kinds.map(\.0), width: Self.width - 36)
            .draw(in: &svg, x: 18, y: 56, colours: present.map(\.colour) + kinds.map(\.1))
        func place(_ index: Int) -> (x: Double, y: Double) {
            (x: 70 + layout.places[index].x * (Self.width - 140), y: 112 + layout.places[index].y * (Self.height - 146))
        }
        for entry in present {
            let own = edges.filter { $0.2.kind == entry.kind }
            let isDense = own.count > 300
            for (range, opacity) in [(0.0..<0.6, 0.35), (0.6..<0.85, 0.65), (0.85..<1.0001, 1.0)] {
                svg.lines(
                    own.filter { range.contains(Double($0.2.weight)) }.map { a, b, _ in
                        let (from, to) = (place(a), place(b))
                        return (from.x, from.y, to.x, to.y)
                    }, colour: entry.colour, width: isDense ? 0.6 : 1.1, opacity: opacity * (isDense ? 0.22 : 0.6))
            }
        }
        for (index, node) in nodes.enumerated() where graph.isModel(node) && node != centre {
            svg.circle(
                x: place(index).x, y: place(index).y, radius: 3.4, fill: Self.modelColour, stroke: "#ffffff",
                title: graph.name(node))
        }
        let ordered = nodes.indices.sorted { (rank(nodes[$0]), degrees[$0], $1) > (rank(nodes[$1]), degrees[$1], $0) }
        for index in ordered.reversed() where !graph.isModel(nodes[index]) || nodes[index] == centre {
            let node = nodes[index]
            let radius = node == centre ? 9.0 : isTarget(node) ? 7 : 4
            svg.circle(
                x: place(index).x, y: place(index).y, radius: radius, fill: colour(node), stroke: "#ffffff",
                title: graph.name(node))
        }
        var labels = LabelPlacer()
        for index in ordered {
            let node = nodes[index]
            if graph.isModel(node), centre == nil { continue }
            let isMajor = rank(node) > 1
            let text = graph.name(node).singleLine(limit: isMajor ? 34 : 24)
            let size = node == centre ? 13.0 : isMajor ? 11.5 : 9
            let (x, y) = place(index)
            guard let spot = labels.place(text, size: size, x: x, y: y, in: Self.width, isRequired: isMajor) else {
                continue
            }
            svg.text(
                text, x: spot.x, y: spot.y, size: size, anchor: spot.anchor, bold: isMajor,
                colour: isMajor ? SVG.ink : SVG.muted, halo: true)
        }
        return Drawing(svg: svg.document(label: "\(heading): \(subtitle)"), text: "[graph: \(heading): \(subtitle)]")
    }
}
