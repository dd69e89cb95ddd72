import ArgumentParser
import Core
import Foundation

/// Writes a made graph and the pairs to be told apart, for other programs to be measured on.
struct EmbeddingGraphCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "embedding-graph", abstract: "Writes the graph that `embedding` learns from, and its test pairs.")

    @OptionGroup var graph: GraphOptions
    @Option(help: "Where to write edges.tsv, positives.tsv and negatives.tsv.")
    var out: String

    func run() throws {
        let split = graph.split()
        try write(split.training.edges(), to: "edges.tsv")
        try write(split.positives, to: "positives.tsv")
        try write(split.negatives, to: "negatives.tsv")
    }

    private func write(_ edges: [CSRGraph.Edge], to name: String) throws {
        var text = ""
        for edge in edges { text += "\(edge.from)\t\(edge.to)\n" }
        try text.write(toFile: "\(out)/\(name)", atomically: true, encoding: .utf8)
    }
}
