import Presentation
import TransferGraphCore

extension GraphDrawing {
    /// The drawn nodes as a table: each with its edges counted and its strongest neighbours, the middle and the target
    /// first, then by the sum of weights.
    var table: Table {
        let (nodes, weaker, alone) = chosenNodes
        let wanted = Set(nodes)
        var neighbours: [Int: [(node: Int, edge: ZooGraph.Edge)]] = [:]
        for edge in graph.edges {
            let (a, b) = (Int(edge.from), Int(edge.to))
            if wanted.contains(a) { neighbours[a, default: []].append((b, edge)) }
            if wanted.contains(b) { neighbours[b, default: []].append((a, edge)) }
        }
        let first = centre ?? graph.target.map(graph.node(dataset:))
        func strength(_ node: Int) -> Double {
            node == first ? .infinity : (neighbours[node] ?? []).reduce(0) { $0 + Double($1.edge.weight) }
        }
        let strengths = Dictionary(uniqueKeysWithValues: nodes.map { ($0, strength($0)) })
        let ordered = nodes.sorted { (strengths[$0] ?? 0, $1) > (strengths[$1] ?? 0, $0) }
        let kinds = ZooGraph.EdgeKind.allCases.filter { kind in graph.edges.contains { $0.kind == kind } }
        let rows = ordered.map { node -> [Table.Cell] in
            let own = neighbours[node] ?? []
            let near = own.sorted { ($0.edge.weight, $1.node) > ($1.edge.weight, $0.node) }.prefix(3).map {
                "\(graph.name($0.node)) \(NumberFormat.decimals(2).text(Double($0.edge.weight))) (\($0.edge.kind.rawValue))"
            }
            return [
                .text(graph.name(node)),
                .text(graph.isModel(node) ? "model" : node == first && centre == nil ? "target" : "dataset"),
            ] + kinds.map { kind in .integer(own.count { $0.edge.kind == kind }) } + [
                .text(near.isEmpty ? "no edge" : near.joined(separator: "; "))
            ]
        }
        return Table(
            title: centre.map { "Around \(graph.name($0))" } ?? "The graph of \(graph.zoo.name)",
            columns: [.init("node"), .init("type")] + kinds.map { .number($0.rawValue, .count) } + [
                .init("strongest edges")
            ], rows: rows, total: rows.count + weaker + alone)
    }
}
