import CellLanguage
import JupyterKernel
import Presentation
import TransferGraphCore

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
            figures.append(chart.display())
        }
        if let map = EmbeddingMap(learned)?.drawing { figures.append(map.display) }
        return figures
    }

    public var display: DisplayData {
        var parts: [Page.Part] = [.heading("Embedding: \(summary)")]
        if let links = learned.quality.map(links) { parts.append(.table(links)) }
        parts.append(.table(neighbours))
        return Page(parts: parts).display(json)
    }

    /// How well edges that were held out are found again.
    private func links(_ quality: EmbeddingQuality) -> Table {
        func row(_ how: String, _ links: LinkPrediction) -> [Table.Cell] {
            [.text(how), .number(links.areaUnderCurve), .number(links.averagePrecision)]
        }
        let share = NumberFormat.decimals(0).text(EmbeddingQuality.share * 100)
        return Table(
            columns: [
                .init("held-out edges told from pairs apart by"), .number("AUC", .decimals(3)),
                .number("average precision", .decimals(3)),
            ],
            rows: [
                row("logistic regression on the products of the components", quality.byHadamard),
                row("the dot product", quality.byDotProduct),
            ],
            notes: [
                "\(quality.heldOutEdges) edges (\(share) %) and as many pairs of nodes that are not joined, hidden from a second learning with the same settings; 0.5 is chance."
            ])
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
        func links(_ links: LinkPrediction) -> JSON {
            ["area_under_curve": number(links.areaUnderCurve), "average_precision": number(links.averagePrecision)]
        }
        let quality = learned.quality.map { quality -> JSON in
            [
                "held_out_edges": .integer(quality.heldOutEdges), "hadamard": links(quality.byHadamard),
                "dot_product": links(quality.byDotProduct),
            ]
        }
        return [
            "kind": "embedding", "learner": .string(embedding.learner), "nodes": .integer(embedding.nodeCount),
            "dimension": .integer(embedding.dimension), "seed": JSON(whole: embedding.seed),
            "losses": .array(embedding.losses.map(number)), "link_prediction": quality ?? .null,
        ]
    }

    private func number(_ value: Double) -> JSON { value.isFinite ? .number(value) : .null }
}
