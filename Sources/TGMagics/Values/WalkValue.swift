import CellLanguage
import JupyterKernel
import Presentation
import TransferGraphCore

/// A random walk, step by step.
struct WalkValue: SessionValue {
    /// A step's kind under the walk's rule: where it leads, relative to the previous node.
    enum Kind: String {
        case first = "the first step: by weight alone"
        case back = "straight back: 1/p"
        case near = "to a neighbour of the node before: 1"
        case onward = "away from the node before: 1/q"
    }
    struct Step {
        let from: Int
        let to: Int
        let weight: Double
        let kind: Kind
        let probability: Double
        /// How many neighbours there were to choose from.
        let choices: Int
    }

    let graph: ZooGraph
    let start: Int
    let steps: [Step]
    let rule: TransitionRule
    let seed: UInt64
    let drawing: Drawing

    var kind: String { "walk" }
    var text: String { ([start] + steps.map(\.to)).map(graph.name).joined(separator: " → ") }
    var summary: String { "\(steps.count) steps from \(graph.name(start).singleLine())" }
    var figures: [DisplayData] { [drawing.display] }
    var tabular: Table? { table }

    private var table: Table {
        let rows = steps.enumerated().map { index, step -> [Table.Cell] in
            [
                .integer(index + 1), .text(graph.name(step.from)), .text(graph.name(step.to)), .number(step.weight),
                .text(step.kind.rawValue), .number(step.probability), .integer(step.choices),
            ]
        }
        let figure = { (value: Float) in NumberFormat.figures.text(Double(value)) }
        return Table(
            title: "A walk from \(graph.name(start))",
            columns: [
                .number("step", .count), .init("from"), .init("to"), .number("weight", .decimals(3)), .init("bias"),
                .number("probability", .decimals(3)), .number("neighbours", .count),
            ], rows: rows,
            notes: [
                "p = \(figure(rule.p)), q = \(figure(rule.q)), seed \(seed). A step's probability is its weight times its bias, over the sum of both for all neighbours."
            ] + (steps.isEmpty ? ["The node has no edge: the walk ends where it begins."] : [])
                + (rule.extended
                    ? ["node2vec+: between 1 and 1/q where the edge from the node before is a light one."] : [])
        )
    }

    var display: DisplayData {
        var display = table.display
        display.data[DisplayData.transferGraphJSON] = [
            "kind": "walk", "nodes": .array(([start] + steps.map(\.to)).map { .string(graph.name($0)) }),
            "probabilities": .array(steps.map { .number($0.probability) }), "p": .number(Double(rule.p)),
            "q": .number(Double(rule.q)),
        ]
        return display
    }
}
