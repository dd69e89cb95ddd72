import CellLanguage
import JupyterKernel
import Presentation
import TransferGraphCore

/// The nearest models and datasets of one by an embedding, with what each has in common with it.
public struct NeighboursValue: SessionValue {
    private struct Neighbour {
        let node: Int
        let cosine: Double
        let ground: CommonGround
    }

    private let node: Int
    private let learned: LearnedEmbedding
    private let neighbours: [Neighbour]
    /// How many models and datasets were candidates.
    private let choices: (models: Int, datasets: Int)

    /// How many common items of each kind are named.
    private static let named = 3

    /// - Parameter count: the most models and the most datasets to list.
    init(of node: Int, in learned: LearnedEmbedding, count: Int) {
        self.node = node
        self.learned = learned
        let graph = learned.graph
        let all = learned.embedding.nearestNeighbours(of: node, count: graph.nodeCount)
            .filter { !graph.structure.row($0.node).isEmpty }
        let (models, datasets) = (all.filter { graph.isModel($0.node) }, all.filter { !graph.isModel($0.node) })
        choices = (models.count, datasets.count)
        let finder = CommonGround.Finder(graph)
        // Its own kind first.
        let kinds = graph.isModel(node) ? [models, datasets] : [datasets, models]
        neighbours = kinds.flatMap { kind in
            kind.prefix(count).map {
                Neighbour(node: $0.node, cosine: $0.cosine, ground: finder.between(node, $0.node))
            }
        }
    }

    private var graph: ZooGraph { learned.graph }
    private var name: String { graph.name(node) }

    public var kind: String { "neighbours" }
    /// The nearest of its own kind, for use in a later line.
    public var text: String { neighbours.first.map { graph.name($0.node) } ?? "" }
    public var summary: String { "\(neighbours.count) neighbours of \(name.singleLine())" }

    public var display: DisplayData {
        let own = graph.isModel(node)
        let parts: [Page.Part] =
            [.heading("Neighbours of \(name)")]
            + [own, !own].compactMap { models in table(models: models).map(Page.Part.table) }
            + [.sentence(note)]
        return Page(parts: parts).display(json)
    }

    private var note: String {
        let left = graph.nodeCount - 1 - choices.models - choices.datasets
        var text = "By the cosine of the vectors of \(EmbeddingValue(learned).summary)."
        if left > 0 {
            text +=
                left == 1
                ? " 1 node without an edge is left out: its vector means nothing."
                : " \(left) nodes without an edge are left out: their vectors mean nothing."
        }
        if let target = graph.target {
            text += " The results on \(graph.zoo.datasets[target].name.singleLine()) are held out."
        }
        return text
    }

    private func table(models: Bool) -> Table? {
        let listed = neighbours.filter { graph.isModel($0.node) == models }
        guard !listed.isEmpty else { return nil }
        let isSame = models == graph.isModel(node)
        let columns: [Table.Column] =
            [
                .init("nearest \(models ? "models" : "datasets")"), .number("cosine", .decimals(3)),
                .init("joined as"), .init("joined with both"),
            ] + (isSame ? [.init("said of both")] : []) + [.init("results")]
        let rows = listed.map { neighbour -> [Table.Cell] in
            let ground = neighbour.ground
            return [
                .text(graph.name(neighbour.node)), .number(neighbour.cosine), .init(joined(ground)),
                .init(both(ground)),
            ] + (isSame ? [.init(facts(ground))] : []) + [.init(results(neighbour))]
        }
        return Table(columns: columns, rows: rows, total: models ? choices.models : choices.datasets)
    }

    /// Every neighbour in one table, for programs that read rows.
    public var tabular: Table? {
        Table(
            columns: [
                .init("node"), .init("neighbour"), .init("type"), .number("cosine"), .init("joined_as"),
                .init("joined_with_both"), .init("said_of_both"), .init("results"),
            ],
            rows: neighbours.map { neighbour in
                let ground = neighbour.ground
                return [
                    .text(name), .text(graph.name(neighbour.node)), .text(type(neighbour.node)),
                    .number(neighbour.cosine), .init(joined(ground)),
                    .init(text(ground.neighbours.map { graph.name($0) }, limit: .max)),
                    .init(text(ground.facts.map { "\($0.column) \($0.value)" }, limit: .max)),
                    .init(results(neighbour)),
                ]
            })
    }

    private func type(_ node: Int) -> String { graph.isModel(node) ? "model" : "dataset" }

    private func joined(_ ground: CommonGround) -> String? {
        text(
            ground.edges.map { edge in
                "\(GraphDrawing.name(of: edge.kind)) \(NumberFormat.decimals(2).text(Double(edge.weight)))"
            }, limit: .max)
    }

    private func both(_ ground: CommonGround) -> String? {
        text(ground.neighbours.map { graph.name($0).singleLine(limit: 34) }, limit: Self.named)
    }

    private func facts(_ ground: CommonGround) -> String? {
        text(
            ground.facts.map { "\($0.column.singleLine(limit: 24)) \($0.value.singleLine(limit: 34))" },
            limit: Self.named)
    }

    private func results(_ neighbour: Neighbour) -> String? {
        switch neighbour.ground.results {
        case nil: nil
        case .correlation(let shared, let spearman):
            "on \(shared) \(graph.isModel(node) ? "dataset" : "model")\(shared == 1 ? "" : "s")"
                + (spearman.map { ", Spearman \(NumberFormat.decimals(2).text($0))" } ?? "")
        case .result(let value, let rank, let count):
            "\(NumberFormat.figures.text(value)), place \(rank) of \(count)"
        }
    }

    private func text(_ items: [String], limit: Int) -> String? {
        guard !items.isEmpty else { return nil }
        let rest = items.count - limit
        return items.prefix(limit).joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
    }

    private var json: JSON {
        [
            "kind": "neighbours", "node": .string(name), "type": .string(type(node)),
            "learner": .string(learned.embedding.learner), "dimension": .integer(learned.embedding.dimension),
            "seed": JSON(whole: learned.embedding.seed), "neighbours": .array(neighbours.map(json)),
        ]
    }

    private func json(_ neighbour: Neighbour) -> JSON {
        let ground = neighbour.ground
        var results = JSON.null
        switch ground.results {
        case nil: break
        case .correlation(let shared, let spearman):
            results = ["shared": .integer(shared), "spearman": spearman.map(JSON.number) ?? .null]
        case .result(let value, let rank, let count):
            results = ["value": .number(value), "rank": .integer(rank), "of": .integer(count)]
        }
        return [
            "name": .string(graph.name(neighbour.node)), "type": .string(type(neighbour.node)),
            "cosine": .number(neighbour.cosine),
            "edges": .array(
                ground.edges.map { ["kind": .string($0.kind.rawValue), "weight": .number(Double($0.weight))] }),
            "joined_with_both": .array(ground.neighbours.map { .string(graph.name($0)) }),
            "said_of_both": .array(
                ground.facts.map {
                    ["column": .string($0.column), "value": .string($0.value), "share": .number($0.share)]
                }),
            "results": results,
        ]
    }
}
