import Presentation
import Support
import TransferGraphCore

/// A drawing of a zoo's graph: datasets are large, models small, edges coloured by kind.
struct GraphDrawing {
    let graph: ZooGraph
    /// The node in the middle; `nil` for the whole graph.
    let centre: Int?
    /// The most nodes to draw; of more, those with the strongest edges.
    let limit: Int
    /// Nodes in the order that a walk visits them; its steps are drawn and numbered.
    let walk: [Int]
    /// The option that draws more nodes, if the command has one.
    let limitOption: String?

    /// - Parameter limit: `nil` for as many as are legible: 60 around a node; all of 400, and 150 of more.
    init(graph: ZooGraph, centre: Int?, limit: Int? = nil, limitOption: String? = nil, walk: [Int] = []) {
        self.limitOption = limitOption
        self.walk = walk
        self.graph = graph
        self.centre = centre
        let connected = (0..<graph.nodeCount).count { !graph.structure.row($0).isEmpty }
        self.limit = limit ?? (centre != nil ? 60 : connected > 400 ? 150 : 400)
    }

    private static let width = 840.0
    private static let height = 620.0
    /// More lines than these cover each other; around a node, those of its neighbours matter less.
    private var edgeLimit: Int { centre == nil ? 500 : 150 }
    /// Up to this many nodes are all drawn, those without an edge too.
    private static let allNodes = 40
    /// Up to this many models are drawn with their names.
    private static let namedModels = 40
    /// With more targets than these, names without a free place are left out.
    private static let requiredNames = 30
    static let kindColours: [(kind: ZooGraph.EdgeKind, name: String, colour: String)] = [
        (.results, "fine-tuning result", SVG.colour(0)), (.scores, "transferability score", SVG.colour(1)),
        (.similarity, "similar datasets", SVG.colour(3)), (.pretraining, "pre-trained on", SVG.colour(2)),
        (.lineage, "trained on from", SVG.colour(4)),
    ]
    static func name(of kind: ZooGraph.EdgeKind) -> String {
        kindColours.first { $0.kind == kind }?.name ?? kind.rawValue
    }
    static let datasetColour = SVG.ink
    static let modelColour = SVG.colour(0)

    /// - Throws: `Cancelled`.
    func drawing(work: Work) throws(Cancelled) -> Drawing {
        let (nodes, weaker, alone) = chosenNodes
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
            // A node's many edges pull it less each, or all nodes would lie in one ball; and of the datasets, each of
            // which has a distance to every other, only the close ones should pull.
            let share = 3 / Double(degrees[a] * degrees[b]).squareRoot()
            return (a, b, share * (edge.kind == .similarity ? pow4(Double(edge.weight)) : Double(edge.weight)))
        }
        let sizes = nodes.map { graph.isModel($0) ? 1.0 : rank($0) == 3 ? 12 : isTarget($0) ? 30 : 2 }
        let layout = try ForceLayout(nodeCount: nodes.count, edges: pulls, sizes: sizes, work: work)
        return render(nodes, edges, layout, degrees: degrees, weaker: weaker, alone: alone)
    }

    /// Whether models were or will be fine-tuned on the node.
    private func isTarget(_ node: Int) -> Bool {
        guard !graph.isModel(node) else { return false }
        let dataset = node - graph.zoo.models.count
        return dataset == graph.target || !graph.zoo.results.column(dataset).isEmpty
    }

    /// A node's priority for a label: 3 the middle and the held-out target, 2 targets, 1 other datasets, 0 models.
    private func rank(_ node: Int) -> Int {
        if node == centre || (!graph.isModel(node) && node - graph.zoo.models.count == graph.target) { return 3 }
        return isTarget(node) ? 2 : graph.isModel(node) ? 0 : 1
    }

    private func colour(_ node: Int) -> String {
        if rank(node) == 3 { return SVG.accent }
        return graph.isModel(node) ? Self.modelColour : isTarget(node) ? Self.datasetColour : SVG.muted
    }

    private func pow4(_ value: Double) -> Double { value * value * value * value }

    /// The nodes to draw in ascending order, and how many are left out: those with weaker edges, and those without one.
    var chosenNodes: (nodes: [Int], weaker: Int, alone: Int) {
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
        // The target is drawn even if nothing gives it an edge.
        if centre == nil, let target = graph.target { candidates.insert(graph.node(dataset: target)) }
        candidates.formUnion(walk)
        if centre == nil, graph.nodeCount <= min(limit, Self.allNodes) { candidates = Set(0..<graph.nodeCount) }
        let alone = centre == nil ? graph.nodeCount - candidates.count : 0
        guard candidates.count > limit else { return (candidates.sorted(), 0, alone) }
        var strength: [Int: Double] = [:]
        for edge in graph.edges {
            let touches = centre == nil || Int(edge.from) == centre || Int(edge.to) == centre
            guard touches else { continue }
            strength[Int(edge.from), default: 0] += Double(edge.weight)
            strength[Int(edge.to), default: 0] += Double(edge.weight)
        }
        if let first = centre ?? graph.target.map(graph.node(dataset:)) { strength[first] = .infinity }
        for node in walk { strength[node] = .infinity }
        let strongest = candidates.sorted { (strength[$0] ?? 0, $1) > (strength[$1] ?? 0, $0) }.prefix(limit)
        return (strongest.sorted(), candidates.count - limit, alone)
    }

    /// The strongest edges of each node, as many for each as stay legible in all, and all those of the node in the
    /// middle; `nil` if all are.
    private func strongest(
        _ edges: [(Int, Int, ZooGraph.Edge)], of nodes: [Int]
    ) -> (edges: [(Int, Int, ZooGraph.Edge)], each: Int)? {
        guard edges.count > edgeLimit else { return nil }
        let ordered = edges.indices.sorted {
            (edges[$0].2.weight, edges[$1].0, edges[$1].1) > (edges[$1].2.weight, edges[$0].0, edges[$0].1)
        }
        func kept(_ each: Int) -> [Int] {
            var counts = [Int](repeating: 0, count: nodes.count)
            return ordered.filter { index in
                let (a, b, _) = edges[index]
                let isKept = counts[a] < each || counts[b] < each || nodes[a] == centre || nodes[b] == centre
                counts[a] += 1
                counts[b] += 1
                return isKept
            }
        }
        var (each, found) = (1, kept(1))
        while case let more = kept(each + 1), more.count <= edgeLimit { (each, found) = (each + 1, more) }
        return (found.sorted().map { edges[$0] }, each)
    }

    private func render(
        _ nodes: [Int], _ all: [(Int, Int, ZooGraph.Edge)], _ layout: ForceLayout, degrees: [Int], weaker: Int,
        alone: Int
    ) -> Drawing {
        let strongest = strongest(all, of: nodes)
        let edges = strongest?.edges ?? all
        let present = Self.kindColours.filter { entry in edges.contains { $0.2.kind == entry.kind } }
        let models = nodes.count(where: graph.isModel)
        var svg = SVG(width: Self.width, height: Self.height)
        let heading =
            centre.map { "Around \(graph.name($0).singleLine(limit: 60))" }
            ?? "The graph of \(graph.zoo.name.singleLine(limit: 60))"
        var subtitle =
            "\(models.counted("model")), \((nodes.count - models).counted("dataset")), \(all.count.counted("edge"))"
        if let strongest {
            subtitle +=
                ", of which the \(strongest.each == 1 ? "strongest" : "\(strongest.each) strongest") of each node "
            subtitle += (centre == nil ? "" : "and those in the middle ") + "are drawn"
        }
        svg.heading(heading, subtitle)
        let leftOut = [
            weaker > 0 ? weaker.counted("node") + " with weaker edges" + (limitOption.map { " (\($0))" } ?? "") : nil,
            alone > 0 ? alone.counted("node") + " without an edge" : nil,
        ].compactMap(\.self)
        if !leftOut.isEmpty {
            // On a line of its own: both together are wider than the drawing.
            let rest = "not drawn: " + leftOut.joined(separator: ", ")
            svg.text(rest, x: 18, y: 62, size: 11.5, colour: SVG.muted)
            subtitle += "; " + rest
        }
        var kinds: [(name: String, colour: String, mark: SVG.Mark)] = [
            ("fine-tuned on", Self.datasetColour, .square), ("other dataset", SVG.muted, .diamond),
            ("model", Self.modelColour, .circle),
        ]
        kinds = kinds.filter { kind in
            nodes.contains { node in
                node != graph.target.map(graph.node(dataset:)) && kind.mark == mark(node)
            }
        }
        if let target = graph.target {
            kinds.insert(("target \(graph.zoo.datasets[target].name)", SVG.accent, .square), at: 0)
        }
        LegendLayout(names: present.map { "– \($0.name)" } + kinds.map(\.name), width: Self.width - 36)
            .draw(
                in: &svg, x: 18, y: leftOut.isEmpty ? 56 : 72, colours: present.map(\.colour) + kinds.map(\.colour),
                marks: present.map { _ in .square } + kinds.map(\.mark))
        func place(_ index: Int) -> (x: Double, y: Double) {
            (x: 70 + layout.places[index].x * (Self.width - 140), y: 112 + layout.places[index].y * (Self.height - 146))
        }
        for entry in present {
            let own = edges.filter { $0.2.kind == entry.kind }
            for (range, width) in [(0.0..<0.6, 0.5), (0.6..<0.85, 0.9), (0.85..<1.0001, 1.4)] {
                svg.groundLines(
                    own.filter { range.contains(Double($0.2.weight)) }.map { a, b, _ in
                        let (from, to) = (place(a), place(b))
                        return (from.x, from.y, to.x, to.y)
                    }, colour: entry.colour, width: own.count > 300 ? width * 0.6 : width)
            }
        }
        let ordered = nodes.indices.sorted { (rank(nodes[$0]), degrees[$0], $1) > (rank(nodes[$1]), degrees[$1], $0) }
        let numbers = drawWalk(in: &svg) { node in nodes.firstIndex(of: node).map(place) }
        for index in ordered.reversed() { drawNode(nodes[index], at: place(index), in: &svg) }
        var labels = LabelPlacer(within: 6...(Self.width - 6))
        for index in ordered where rank(nodes[index]) > 0 { labels.reserve(place(index), radius: radius(nodes[index])) }
        for number in numbers { labels.reserve(number.place, radius: number.radius) }
        let hasRoom = nodes.count { rank($0) > 1 } <= Self.requiredNames
        for index in ordered {
            let node = nodes[index]
            if graph.isModel(node), centre == nil, models > Self.namedModels { continue }
            let isMajor = rank(node) > 1
            let text = graph.name(node).singleLine(limit: isMajor ? 34 : 24)
            let size = node == centre ? 13.0 : isMajor ? 11.5 : 9
            let (x, y) = place(index)
            guard
                let spot = labels.place(
                    // Bold letters are a seventh wider.
                    text, size: isMajor ? size * 8 / 7 : size, x: x, y: y,
                    isRequired: isMajor && (hasRoom || rank(node) == 3))
            else { continue }
            svg.leaveOutGround(
                x: spot.across.lowerBound - 1, y: spot.down.lowerBound + size * 0.1,
                width: spot.across.upperBound - spot.across.lowerBound + 2, height: size * 1.15)
            svg.text(
                text, x: spot.x, y: spot.y, size: size, anchor: spot.anchor, bold: isMajor,
                colour: isMajor ? SVG.ink : SVG.muted)
        }
        return svg.drawing(label: "\(heading): \(subtitle)", text: "[graph: \(heading): \(subtitle)]")
    }

    /// The walk's steps as arrows, each with the numbers of all steps that take it: `1, 5, 9`.
    ///
    /// - Returns: where the numbers stand.
    private func drawWalk(
        in svg: inout SVG, place: (Int) -> (x: Double, y: Double)?
    ) -> [(place: (x: Double, y: Double), radius: Double)] {
        var order: [[Int]] = []
        var numbers: [[Int]: [Int]] = [:]
        for (number, (from, to)) in zip(walk, walk.dropFirst()).enumerated() {
            if numbers[[from, to]] == nil { order.append([from, to]) }
            numbers[[from, to], default: []].append(number + 1)
        }
        var taken: [(place: (x: Double, y: Double), radius: Double)] = []
        for step in order {
            guard let a = place(step[0]), let b = place(step[1]) else { continue }
            svg.line(a.x, a.y, b.x, b.y, colour: SVG.accent, width: 2.2)
            // Beyond the middle, so that the way back has its own arrow and numbers.
            let middle = (x: a.x + (b.x - a.x) * 0.64, y: a.y + (b.y - a.y) * 0.64)
            let length = max(((b.x - a.x) * (b.x - a.x) + (b.y - a.y) * (b.y - a.y)).squareRoot(), 1)
            let (dx, dy) = ((b.x - a.x) / length, (b.y - a.y) / length)
            for side in [-1.0, 1.0] {
                svg.line(
                    middle.x, middle.y, middle.x - 7 * dx + side * 4 * dy, middle.y - 7 * dy - side * 4 * dx,
                    colour: SVG.accent, width: 2.2)
            }
            let text = (numbers[step] ?? []).map(String.init).joined(separator: ", ").singleLine(limit: 30)
            let half = SVG.width(of: text, size: 11) / 2 + 2
            // Beside the line, as far off as the text needs.
            let off = 8 + abs(dy) * half
            let centre = (x: middle.x + off * dy, y: middle.y - off * dx)
            svg.leaveOutGround(x: centre.x - half, y: centre.y - 7, width: 2 * half, height: 13)
            svg.text(
                text, x: centre.x, y: centre.y + 4, size: 11, anchor: .middle, bold: true, colour: SVG.accent)
            taken.append((centre, 7))
        }
        return taken
    }

    private func radius(_ node: Int) -> Double {
        node == centre ? 9 : graph.isModel(node) ? 3.4 : isTarget(node) ? 7 : 4
    }

    private func drawNode(_ node: Int, at place: (x: Double, y: Double), in svg: inout SVG) {
        svg.circle(
            x: place.x, y: place.y, radius: radius(node), fill: colour(node), title: graph.name(node),
            mark: mark(node))
    }

    private func mark(_ node: Int) -> SVG.Mark {
        graph.isModel(node) ? .circle : isTarget(node) ? .square : .diamond
    }
}
