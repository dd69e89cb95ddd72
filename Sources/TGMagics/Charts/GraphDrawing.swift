import Core

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
    private static let modelColour = "#8fa3bf"

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
        let similarityCount = edges.count { $0.2.kind == .similarity }
        let pulls = edges.map { a, b, edge in
            // Every pair of datasets has a distance; pulling by all of them alike would draw a ball.
            (
                a, b,
                edge.kind == .similarity
                    ? pow4(Double(edge.weight)) * 20 / Double(20 + similarityCount) : Double(edge.weight) * 0.5
            )
        }
        let sizes = nodes.map { graph.isModel($0) ? 1.0 : 2.2 }
        let layout = try ForceLayout(nodeCount: nodes.count, edges: pulls, sizes: sizes, work: work)
        return render(nodes, edges, layout, degrees: degrees, hidden: hidden)
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
        LegendLayout(names: present.map(\.name) + ["dataset", "model"], width: Self.width - 36)
            .draw(in: &svg, x: 18, y: 56, colours: present.map(\.colour) + [Self.datasetColour, Self.modelColour])
        func place(_ index: Int) -> (x: Double, y: Double) {
            (x: 70 + layout.places[index].x * (Self.width - 140), y: 96 + layout.places[index].y * (Self.height - 130))
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
        var labels = LabelPlacer()
        let ordered = nodes.indices.sorted { (degrees[$0], $1) > (degrees[$1], $0) }
        for index in ordered where !graph.isModel(nodes[index]) || nodes[index] == centre {
            let node = nodes[index]
            let isCentre = node == centre
            let radius = isCentre ? 9.0 : 4 + min(5, Double(degrees[index]).squareRoot() * 0.35)
            svg.circle(
                x: place(index).x, y: place(index).y, radius: radius, fill: isCentre ? "#ff725c" : Self.datasetColour,
                stroke: "#ffffff", title: graph.name(node))
        }
        for index in ordered {
            let node = nodes[index]
            if graph.isModel(node), centre == nil { continue }
            let isDataset = !graph.isModel(node)
            let text = graph.name(node).singleLine(limit: 30)
            let size = node == centre ? 13.0 : isDataset ? 11 : 9.5
            let (x, y) = place(index)
            guard let spot = labels.place(text, size: size, x: x, y: y, in: Self.width, isRequired: node == centre)
            else { continue }
            svg.text(
                text, x: spot.x, y: spot.y, size: size, anchor: spot.anchor, bold: isDataset,
                colour: isDataset ? SVG.ink : SVG.muted, halo: true)
        }
        return Drawing(svg: svg.document(label: "\(heading): \(subtitle)"), text: "[graph: \(heading): \(subtitle)]")
    }
}

/// Finds places for names where they cover no other name.
private struct LabelPlacer {
    private var taken: [(x: ClosedRange<Double>, y: ClosedRange<Double>)] = []

    mutating func place(
        _ text: String, size: Double, x: Double, y: Double, in width: Double, isRequired: Bool
    ) -> (x: Double, y: Double, anchor: SVG.Anchor)? {
        let length = SVG.width(of: text, size: size)
        let choices: [(x: Double, y: Double, anchor: SVG.Anchor, left: Double)] = [
            (x + 10, y + size * 0.35, .start, x + 10), (x - 10, y + size * 0.35, .end, x - 10 - length),
            (x, y - 11, .middle, x - length / 2), (x, y + 10 + size, .middle, x - length / 2),
        ]
        for (index, choice) in choices.enumerated() {
            let across = choice.left...(choice.left + length)
            let down = (choice.y - size)...(choice.y + 2)
            let fits = across.lowerBound > 6 && across.upperBound < width - 6
            let isFree = !taken.contains { $0.x.overlaps(across) && $0.y.overlaps(down) }
            if (fits && isFree) || (isRequired && index == choices.count - 1) {
                taken.append((across, down))
                return (choice.x, choice.y, choice.anchor)
            }
        }
        return nil
    }
}
