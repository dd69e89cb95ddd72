import Presentation
import TransferGraphCore

/// Node embeddings in the plane: the two directions in which they differ most.
struct EmbeddingMap {
    private let graph: ZooGraph
    private let projection: Projection

    /// `nil` where the vectors cannot be laid out.
    init?(_ learned: LearnedEmbedding) {
        guard let projection = try? Projection(of: learned.embedding) else { return nil }
        graph = learned.graph
        self.projection = projection
    }

    private static let width = 720.0
    private static let height = 460.0

    var drawing: Drawing {
        var svg = SVG(width: Self.width, height: Self.height)
        let share = { (value: Double) in NumberFormat.decimals(0).text(value * 100) }
        let variance = projection.explainedVariance
        svg.text("The embedding in the plane", x: 18, y: 28, size: 15, bold: true)
        svg.text(
            "The two directions of greatest variance: \(share(variance.x)) % and \(share(variance.y)) % of it", x: 18,
            y: 46, size: 11.5, colour: SVG.muted)
        var legend = [("dataset", GraphDrawing.datasetColour), ("model", GraphDrawing.modelColour)]
        if let target = graph.target {
            legend.insert(("target \(graph.zoo.datasets[target].name)", SVG.accent), at: 0)
        }
        LegendLayout(names: legend.map(\.0), width: Self.width - 36)
            .draw(
                in: &svg, x: 18, y: 56, colours: legend.map(\.1),
                marks: legend.map { $0.1 == GraphDrawing.datasetColour ? .square : .circle })
        let nodes = (0..<graph.nodeCount).filter { !graph.structure.row($0).isEmpty || isTarget($0) }
        let across = Axis(nodes.map { projection.points[$0].x }, from: 30, to: Self.width - 30)
        let down = Axis(nodes.map { projection.points[$0].y }, from: Self.height - 24, to: 84)
        func place(_ node: Int) -> (x: Double, y: Double) {
            (x: across.position(projection.points[node].x), y: down.position(projection.points[node].y))
        }
        svg.dots(nodes.filter(graph.isModel).map(place), radius: 3, colour: GraphDrawing.modelColour)
        let datasets = nodes.filter { !graph.isModel($0) }
        for node in datasets {
            let hasResults = isFineTunedOn(node)
            svg.circle(
                x: place(node).x, y: place(node).y, radius: hasResults || isTarget(node) ? 5.5 : 2.8,
                fill: isTarget(node) ? SVG.accent : GraphDrawing.datasetColour, title: graph.name(node),
                mark: isTarget(node) ? .circle : .square)
        }
        var labels = LabelPlacer(within: 6...(Self.width - 6))
        for node in datasets.filter(isTarget) + datasets.filter({ isFineTunedOn($0) && !isTarget($0) }) {
            let text = graph.name(node).singleLine(limit: 30)
            let (x, y) = place(node)
            if let spot = labels.place(text, size: 11, x: x, y: y, isRequired: false) {
                svg.text(text, x: spot.x, y: spot.y, size: 11, anchor: spot.anchor, bold: isTarget(node))
            }
        }
        return svg.drawing(
            label: "The embedding's \(nodes.count) nodes in the plane",
            text: "[map: the embedding in the plane, \(nodes.count) nodes]")
    }

    private func isTarget(_ node: Int) -> Bool { graph.target.map { graph.node(dataset: $0) == node } ?? false }

    private func isFineTunedOn(_ node: Int) -> Bool {
        !graph.isModel(node) && !graph.zoo.results.column(node - graph.zoo.models.count).isEmpty
    }
}
