import Core
import Kernel

/// Node embeddings: what they were learned from, and for a few nodes their nearest neighbours.
public struct EmbeddingValue: SessionValue {
    public let learned: LearnedEmbedding

    public init(_ learned: LearnedEmbedding) {
        self.learned = learned
    }

    private var embedding: Embedding { learned.embedding }
    private var graph: ZooGraph { learned.graph }

    public var kind: String { "embedding" }
    public var text: String { summary }
    public var summary: String {
        "\(embedding.learner): \(embedding.nodeCount) nodes × \(embedding.dimension), seed \(embedding.seed)"
    }

    public var figures: [DisplayData] {
        var figures: [DisplayData] = []
        if embedding.losses.count > 1 {
            let points = embedding.losses.enumerated().map { (x: Double($0 + 1), y: $1) }
            let chart = LineChart(
                title: "Learning the embedding", xLabel: "epoch", yLabel: "mean loss",
                series: [.init(name: embedding.learner, points: points)])
            figures.append(chart.drawing.display)
        }
        if let map = EmbeddingMap(learned)?.drawing { figures.append(map.display) }
        return figures
    }

    public var display: DisplayData {
        Page(parts: [.heading("Embedding: \(summary)"), .table(neighbours)]).display(json)
    }

    /// The targets with the datasets and models that lie nearest, by cosine.
    private var neighbours: Table {
        let nodes = graph.zoo.targets.map(graph.node(dataset:)).filter { !graph.structure.row($0).isEmpty }
        let rows = nodes.prefix(12).map { node -> [Table.Cell] in
            let nearest = embedding.nearestNeighbours(of: node, count: embedding.nodeCount)
            func names(_ isWanted: (Int) -> Bool) -> String {
                nearest.filter { isWanted($0.node) && !graph.structure.row($0.node).isEmpty }.prefix(3)
                    .map { "\(graph.name($0.node).singleLine(limit: 34)) \(NumberFormat.decimals(2).text($0.cosine))" }
                    .joined(separator: ", ")
            }
            return [
                .text(graph.name(node)), .text(names { !graph.isModel($0) }), .text(names(graph.isModel)),
            ]
        }
        return Table(
            columns: [.init("dataset"), .init("nearest datasets (cosine)"), .init("nearest models (cosine)")],
            rows: Array(rows), total: nodes.count)
    }

    private var json: JSON {
        [
            "kind": "embedding", "learner": .string(embedding.learner), "nodes": .integer(embedding.nodeCount),
            "dimension": .integer(embedding.dimension), "seed": .integer(Int(truncatingIfNeeded: embedding.seed)),
            "losses": .array(embedding.losses.map { $0.isFinite ? .number($0) : .null }),
        ]
    }
}
