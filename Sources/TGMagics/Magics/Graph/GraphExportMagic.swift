import ArgumentParser
import CellLanguage
import Foundation
import Presentation
import TransferGraphCore

/// `%graph export`
public struct GraphExportMagic: Magic {
    public static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Writes the current graph to a file.",
        discussion: "%graph export graph.graphml    for Gephi and NetworkX; .csv: a line per edge; .svg: the drawing")
    public static let givesValue = false

    @Argument(
        help: ArgumentHelp(
            "The file; its ending tells the format: .csv, .graphml or .svg. In a terminal - is standard output, in CSV.",
            valueName: "file"))
    public var file: String

    public init() {}

    public func run(in invocation: Invocation) throws -> MagicResult {
        let graph = try invocation.state.graphOrUsual()
        let output = try FileOutput(file, in: invocation)
        let text: String
        switch file == "-" ? "csv" : LocalPath(file).ending {
        case "csv": text = GraphValue(graph).edgesCSV
        case "graphml", "xml": text = graphML(graph)
        case "svg":
            text = try invocation.withProgress("Drawing the graph") { work in
                try GraphDrawing(graph: graph, centre: nil).drawing(work: work).svg
            }
        default:
            throw UserError(
                "UsageError", "The ending of '\(file)' names no format.", hint: "End it in .csv, .graphml or .svg.")
        }
        try output.write(text)
        output.tell("\(graph.edges.count) edges", Array(text.utf8))
        return .nothing
    }

    private func graphML(_ graph: ZooGraph) -> String {
        var text = """
            <?xml version="1.0" encoding="UTF-8"?>
            <graphml xmlns="http://graphml.graphdrawing.org/xmlns">
            <key id="name" for="node" attr.name="name" attr.type="string"/>
            <key id="type" for="node" attr.name="type" attr.type="string"/>
            <key id="kind" for="edge" attr.name="kind" attr.type="string"/>
            <key id="weight" for="edge" attr.name="weight" attr.type="double"/>
            <graph edgedefault="undirected">

            """
        for node in 0..<graph.nodeCount {
            text += "<node id=\"n\(node)\"><data key=\"name\">\(graph.name(node).htmlEscaped)</data>"
            text += "<data key=\"type\">\(graph.isModel(node) ? "model" : "dataset")</data></node>\n"
        }
        for edge in graph.edges {
            text +=
                "<edge source=\"n\(edge.from)\" target=\"n\(edge.to)\"><data key=\"kind\">\(edge.kind.rawValue)</data>"
            text += "<data key=\"weight\">\(edge.weight)</data></edge>\n"
        }
        return text + "</graph>\n</graphml>\n"
    }
}
