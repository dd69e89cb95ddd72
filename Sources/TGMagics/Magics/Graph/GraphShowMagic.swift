import ArgumentParser
import CellLanguage
import JupyterKernel
import Presentation

/// `%graph show`
public struct GraphShowMagic: Magic {
    public static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Draws the current graph, or what lies around one node.",
        discussion: "%graph show --around pets\n%graph show --table --nodes 20")

    @Option(help: ArgumentHelp("Only this model or dataset and its neighbours.", valueName: "node"))
    public var around: String?
    @Option(help: ArgumentHelp("Draw at most so many nodes, those with the strongest edges.", valueName: "count"))
    public var nodes: Int?
    @Flag(help: "A table of the same nodes instead, with their strongest edges.")
    public var table = false

    public init() {}

    public mutating func validate() throws {
        if let nodes, !(1...2000).contains(nodes) { throw ValidationError("--nodes takes a count from 1 to 2000.") }
    }

    public func run(in invocation: Invocation) throws -> MagicResult {
        let graph = try invocation.state.graphOrUsual()
        let centre = try around.map { try graph.node(named: $0) }
        let picture = GraphDrawing(graph: graph, centre: centre, limit: nodes, limitOption: "--nodes")
        if table { return MagicResult(picture.table) }
        let drawing = try invocation.withProgress("Drawing the graph") { work in
            try picture.drawing(work: work)
        }
        let json = GraphValue(graph).display.data[DisplayData.transferGraphJSON] ?? .null
        return MagicResult(DrawingValue(drawing: drawing, json: json, kind: "graph"))
    }
}
