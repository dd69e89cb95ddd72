import ArgumentParser
import TransferGraphCore

/// Which made graph a measurement runs on.
struct GraphOptions: ParsableArguments {
    @Option(help: "The nodes of the made graph.")
    var nodes = 5000

    @Option(help: "The edges that each node brings.")
    var edgesPerNode = 10

    @Option(help: "The share of the edges held out, to be predicted.")
    var heldOut = 0.1

    @Option(
        help: "Make a graph of communities of so many nodes, in place of one in which nodes join well-connected ones.")
    var communitySize: Int?

    @Option(help: "What every random choice follows from.")
    var seed: UInt64 = 1

    func split() -> LinkSplit {
        let edges =
            if let communitySize {
                PlantedCommunities.edges(
                    nodeCount: nodes, edgesPerNode: edgesPerNode, size: communitySize, seed: seed)
            } else {
                PreferentialAttachment.edges(nodeCount: nodes, edgesPerNode: edgesPerNode, seed: seed)
            }
        return LinkSplit(of: CSRGraph(nodeCount: nodes, edges: edges), share: heldOut, seed: seed)
    }
}
