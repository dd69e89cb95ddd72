import CellLanguage
import JupyterKernel
import Presentation
import Support
import TransferGraphCore

/// Node embeddings: what they were learned from, and a few nodes' nearest neighbours.
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
        if let map = try? EmbeddingMap(learned).drawing { figures.append(map.display) }
        return figures
    }

    public var display: DisplayData {
        var parts: [Page.Part] = [.heading("Embedding: \(summary)")]
        if let plan = embedding.sampling { parts.append(.sentence(sentence(plan))) }
        let used = embedding.usedComponents
        if used < embedding.dimension {
            parts.append(
                .sentence(
                    "\(used.grouped) of the \(embedding.dimension.grouped) components say something; the others are 0."
                ))
        }
        // Faint and negative pairs move vectors too.
        let paired = Set((graph.unjoined.faint + graph.unjoined.negative).flatMap { [Int($0.from), Int($0.to)] })
        let alone = (0..<graph.nodeCount).count { graph.structure.row($0).isEmpty && !paired.contains($0) }
        if alone > 0 {
            parts.append(
                .sentence(
                    "\(alone.counted("node")) without an edge or another pair: their vectors say nothing of the graph.")
            )
        }
        if let links = learned.quality.map(links) { parts.append(.table(links)) }
        if let kept = learned.kept.map(keptTable) { parts.append(.table(kept)) }
        parts.append(.table(neighbours))
        return Page(parts: parts).display(json)
    }

    /// How a graph too large to be learned at once was gone through.
    private func sentence(_ plan: SamplingPlan) -> String {
        let count = { (number: Int) in NumberFormat.count.text(Double(number)) }
        let epoch =
            plan.isPartial
            ? "An epoch is \(count(plan.edgesAnEpoch)) of the graph's \(count(plan.edges)) edges"
            : "An epoch is each of the graph's \(count(plan.edges)) edges once"
        let beginning = plan.isPartial ? "; features begin as random ones spread over the graph" : ""
        return
            "\(epoch), \(count(plan.batchSize)) at a time, with \(plan.neighbours) neighbours drawn of each node\(beginning)."
    }

    /// How well held-out edges are predicted.
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
                "\(quality.heldOutEdges.counted("edge")) (\(share) %) and as many pairs of nodes that are not joined, hidden from a second learning with the same settings; 0.5 is chance."
            ])
    }

    /// What the embedding preserves, beside the baselines of node degree and the zoo's own distances.
    private func keptTable(_ kept: GraphQuality) -> Table {
        func figure(_ value: Double?) -> Table.Cell {
            value.map { $0.isFinite ? .number($0) : .text("–") } ?? .text("–")
        }
        var rows: [[Table.Cell]] = []
        if let overlap = kept.overlap {
            rows.append([
                .text("nearest \(overlap.nearest) datasets that are so by distance"), .integer(overlap.datasets),
                figure(overlap.share), figure(overlap.byDegree), .number(1),
            ])
        }
        for links in kept.links {
            rows.append([
                .text("AUC of held-out edges, \(links.kind.rawValue)"), .integer(links.heldOut),
                figure(links.byDotProduct), figure(links.byDegree), figure(links.byDistance),
            ])
        }
        if let rank = kept.modelRank {
            rows.append([
                .text("share of models ranked above the one whose edge is hidden; 0 is best"), .text(""),
                figure(rank.byDotProduct),
                figure(rank.byDegree), .text("–"),
            ])
        }
        return Table(
            columns: [
                .init("what it has kept"), .number("of", .count), .number("embedding", .decimals(3)),
                .number("degree alone", .decimals(3)), .number("distances", .decimals(3)),
            ], rows: rows,
            notes: [
                "Edges are told from pairs of the same kinds, by the dot product; a tenth of each kind is hidden from a learning of its own. Chance is 0.5 for edges and models."
            ])
    }

    /// The targets with the nearest datasets and models, by cosine.
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
            "sampling": embedding.sampling.map(samplingJSON) ?? .null,
            "kept": learned.kept.map(keptJSON) ?? .null,
        ]
    }

    private func samplingJSON(_ plan: SamplingPlan) -> JSON {
        [
            "edges": .integer(plan.edges), "edges_an_epoch": .integer(plan.edgesAnEpoch),
            "batch_size": .integer(plan.batchSize), "neighbours": .integer(plan.neighbours),
            "spreading_rounds": .integer(plan.rounds),
        ]
    }

    private func keptJSON(_ kept: GraphQuality) -> JSON {
        [
            "overlap": kept.overlap.map { overlap -> JSON in
                [
                    "nearest": .integer(overlap.nearest), "datasets": .integer(overlap.datasets),
                    "share": number(overlap.share), "by_degree": number(overlap.byDegree),
                    "by_chance": number(overlap.byChance),
                ]
            } ?? .null,
            "links": .array(
                kept.links.map { links -> JSON in
                    [
                        "kinds": .string(links.kind.rawValue), "held_out": .integer(links.heldOut),
                        "area_under_curve": number(links.byDotProduct), "by_degree": number(links.byDegree),
                        "by_distance": links.byDistance.map(number) ?? .null,
                    ]
                }),
            "models_before": kept.modelRank.map { number($0.byDotProduct) } ?? .null,
        ]
    }

    private func number(_ value: Double) -> JSON { value.isFinite ? .number(value) : .null }
}
