import ArgumentParser
import Foundation
import TransferGraphCore

/// Writes a made graph for other programs to be measured on.
struct EmbeddingGraphCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "embedding-graph", abstract: "Writes the graph that `embedding` learns from.")

    @OptionGroup var graph: GraphOptions

    @Argument(help: "The file: two 32-bit integers an edge, least significant byte first.")
    var file: String

    func run() throws {
        var ends: [Int32] = []
        for edge in graph.split().training.edges() {
            ends.append(edge.from.littleEndian)
            ends.append(edge.to.littleEndian)
        }
        try ends.withUnsafeBytes { Data($0) }.write(to: URL(fileURLWithPath: file))
    }
}
