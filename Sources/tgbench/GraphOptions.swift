import ArgumentParser
import Core

/// Which made graph a measurement runs on.
struct GraphOptions: ParsableArguments {
    @Option(help: "The nodes of the made graph.")
    var nodes = 5000

    @Option(help: "The edges that each node brings.")
    var edgesPerNode = 10

    @Option(help: "The share of the edges held out, to be predicted.")
    var heldOut = 0.1

    @Option(help: "What every random choice follows from.")
    var seed: UInt64 = 1

    func split() -> LinkSplit {
        let edges = PreferentialAttachment.edges(nodeCount: nodes, edgesPerNode: edgesPerNode, seed: seed)
        return LinkSplit(of: CSRGraph(nodeCount: nodes, edges: edges), share: heldOut, seed: seed)
    }
}
