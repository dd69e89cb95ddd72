import CellLanguage
import JupyterKernel
import Presentation
import Support
import TransferGraphCore

/// A zoo's graph: how many nodes and edges of each kind.
public struct GraphValue: SessionValue {
    public let graph: ZooGraph
    /// The learner of the embedding that was current before, of another graph; `nil` where there was none.
    let forgotten: String?

    public init(_ graph: ZooGraph, forgetting learner: String? = nil) {
        self.graph = graph
        forgotten = learner
    }

    public var kind: String { "graph" }
    public var text: String { summary }
    public var summary: String {
        var text = "\(graph.nodeCount) nodes, \(graph.edges.count) edges"
        if let target = graph.target {
            text += ", without the results on \(graph.zoo.datasets[target].name.singleLine())"
        }
        return text
    }

    public var display: DisplayData {
        let heldOut = graph.target.map { "The results on \(graph.zoo.datasets[$0].name) are held out." }
        let recipe = graph.options.recipe == .own ? "own recipe" : "the paper's recipe"
        let forgotten = forgotten.map { "The embedding by \($0) was of another graph: %embed learns one of this." }
        return Page(
            parts: [.heading("Graph of \(graph.zoo.name), \(recipe)"), .table(contents)]
                + [heldOut, forgotten].compactMap { $0.map(Page.Part.sentence) }
        ).display(json)
    }

    /// Of a graph every edge is written, as `%graph export` does.
    public func content(ofFileEndingIn ending: String) -> String? {
        ending == "csv" ? edgesCSV : usualContent(ofFileEndingIn: ending)
    }

    /// A line an edge: `from,to,kind,weight`.
    var edgesCSV: String {
        graph.edges.reduce(into: "from,to,kind,weight\n") { text, edge in
            text += CSV.row([
                graph.name(Int(edge.from)), graph.name(Int(edge.to)), edge.kind.rawValue, "\(edge.weight)",
            ])
        }
    }

    private var connected: (models: Int, datasets: Int) {
        let nodes = (0..<graph.nodeCount).filter { !graph.structure.row($0).isEmpty }
        let models = nodes.count(where: graph.isModel)
        return (models, nodes.count - models)
    }

    var contents: Table {
        let connected = connected
        var rows: [[Table.Cell]] = [
            [.text("model nodes"), .integer(graph.zoo.models.count), .text("\(connected.models) with an edge")],
            [.text("dataset nodes"), .integer(graph.zoo.datasets.count), .text("\(connected.datasets) with an edge")],
        ]
        let counts = graph.edgeCounts
        for kind in ZooGraph.EdgeKind.allCases where counts[kind] != nil || graph.options.kinds.contains(kind) {
            rows.append([.text("edges: \(kind.rawValue)"), .integer(counts[kind] ?? 0), .text(note(on: kind))])
        }
        if graph.options.recipe == .own {
            rows.append([
                .text("faint pairs"), .integer(graph.unjoined.faint.count),
                .text("a little better than that: for learning, not drawn"),
            ])
        }
        rows.append([
            .text("negative pairs"), .integer(graph.unjoined.negative.count),
            .text(
                graph.options.recipe == .own
                    ? "worse than model and dataset alone would give: for learning, not drawn"
                    : "results not above the threshold: for learning, not drawn"),
        ])
        return Table(columns: [.init("what"), .number("count", .count), .init("")], rows: rows)
    }

    private func note(on kind: ZooGraph.EdgeKind) -> String {
        if graph.options.recipe == .own {
            return switch kind {
            case .results: "model – dataset: clearly better than both alone would give, by its result above all"
            case .scores: "model – dataset: the same, by its transferability scores above all"
            case .similarity:
                "dataset – dataset: among each other's nearest, or one's three nearest, by \(graph.zoo.distances == nil ? "names and facts" : "distance; by names and facts where there is none")"
            case .pretraining: "model – dataset it was pre-trained on"
            case .lineage: "model – model it was trained on from"
            }
        }
        return switch kind {
        case .results:
            "model – dataset: normalised fine-tuning result above \(NumberFormat.figures.text(graph.options.resultThreshold))"
        case .scores:
            "model – dataset: normalised transferability score above \(NumberFormat.figures.text(graph.options.scoreThreshold)), an edge for each of \(graph.zoo.scores.count.counted("score"))"
        case .similarity: "dataset – dataset: one minus the scaled distance"
        case .pretraining: "model – dataset it was pre-trained on"
        case .lineage: "model – model it was trained on from"
        }
    }

    private var json: JSON {
        let counts = graph.edgeCounts
        return [
            "kind": "graph", "recipe": .string(graph.options.recipe.rawValue), "zoo": .string(graph.zoo.name),
            "nodes": .integer(graph.nodeCount),
            "models": .integer(graph.zoo.models.count), "datasets": .integer(graph.zoo.datasets.count),
            "edges": .integer(graph.edges.count),
            "edge_counts": .object(
                .init(
                    ZooGraph.EdgeKind.allCases.filter { counts[$0] != nil }.map {
                        ($0.rawValue, JSON.integer(counts[$0] ?? 0))
                    },
                    uniquingKeysWith: { $1 })),
            "faint_pairs": .integer(graph.unjoined.faint.count),
            "negative_pairs": .integer(graph.unjoined.negative.count),
            "target": graph.target.map { .string(graph.zoo.datasets[$0].name) } ?? .null,
        ]
    }
}
