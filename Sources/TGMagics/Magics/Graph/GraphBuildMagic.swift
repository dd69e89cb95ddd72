import ArgumentParser
import CellLanguage
import TransferGraphCore

/// `%graph build`
public struct GraphBuildMagic: Magic {
    public static let configuration = CommandConfiguration(
        commandName: "build", abstract: "Builds the graph of the current zoo.")

    @Option(
        help: ArgumentHelp(
            "Hold this dataset's results out, as before any model is fine-tuned on it.", valueName: "dataset"))
    public var target: String?
    @Option(
        help:
            "What is an edge: what says more than model and dataset alone (own), or what lies above thresholds (paper); paper where a threshold is given."
    )
    public var recipe: ZooGraph.Recipe?
    @OptionGroup public var graph: GraphOptions

    public init() {}

    public func run(in invocation: Invocation) throws -> MagicResult {
        let zoo = try invocation.state.requireZoo()
        let options = try graph.options(recipe: recipe ?? (graph.firstThreshold == nil ? .own : .paper))
        let built: ZooGraph
        if let target {
            let heldOut = zoo.holdingOut(
                try zoo.dataset(named: target), includingWithoutSignal: options.includesWithoutSignal)
            built = ZooGraph(heldOut, options: options)
        } else {
            built = ZooGraph(zoo, options: options)
        }
        let forgotten = invocation.state.embedding?.embedding.learner
        return MagicResult(GraphValue(built, forgetting: forgotten)) { $0.use(built) }
    }
}

extension SessionState {
    /// The current graph, or the default one of the current zoo if none was built.
    func graphOrUsual() throws(UserError) -> ZooGraph {
        if let graph { return graph }
        return ZooGraph(try requireZoo(), options: .own)
    }
}

extension ZooGraph.Recipe: ExpressibleByArgument {}
