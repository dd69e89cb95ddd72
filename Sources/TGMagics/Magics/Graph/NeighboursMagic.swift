import ArgumentParser
import CellLanguage
import TransferGraphCore

/// `%neighbours NODE`
public struct NeighboursMagic: Magic {
    public static let configuration = CommandConfiguration(
        commandName: "neighbours",
        abstract: "Lists the models and datasets nearest to one by the embedding, with what they share.",
        discussion: """
            %neighbours pets
            %neighbours resnet-50 --top 10 --learner spectral

            Of the embedding that %embed learned last; where there is none, or --learner asks for one, it is learned first,
            with the usual settings, and kept. Nearness is the cosine of the two vectors. What two share is told beside
            it: the edges between them, the nodes that both are joined with, what is said of both, and how their results
            go together.
            """)

    @Argument(help: ArgumentHelp("The model or dataset.", valueName: "node"))
    public var node: String
    @Option(help: ArgumentHelp("How many models and how many datasets are listed.", valueName: "count"))
    public var top: Int = 5
    @Option(help: ArgumentHelp("Learn an embedding with this learner first.", valueName: "learner"))
    public var learner: LearnerName?

    public init() {}

    public mutating func validate() throws {
        if !(1...1000).contains(top) { throw ValidationError("--top takes a count from 1 to 1000.") }
    }

    public func run(in invocation: Invocation) throws -> MagicResult {
        // A misspelt name is reported before anything is learned.
        let graph = try invocation.state.graphOrUsual()
        let place = try graph.node(named: node)
        guard !graph.structure.row(place).isEmpty else {
            throw UserError(
                "NoEdges",
                "'\(graph.name(place).singleLine())' has no edge in the graph, so its vector means nothing.",
                hint: "Build a graph with more kinds of edges: %graph build; %graph info counts them.")
        }
        let learned = try learner.map { try invocation.learning($0.learner) } ?? invocation.embeddingOrUsual()
        return MagicResult(NeighboursValue(of: place, in: learned, count: top)) { $0.use(learned) }
    }
}

extension Invocation {
    /// The current embedding, or the default one of the current graph if none was learned.
    ///
    /// - Throws: `Cancelled`; `UserError`.
    func embeddingOrUsual() throws -> LearnedEmbedding {
        try state.embedding ?? learning(.usual)
    }

    /// An embedding of the current graph with the learner's and `%embed`'s defaults.
    func learning(_ learner: GraphLearner) throws -> LearnedEmbedding {
        let graph = try state.graphOrUsual()
        let usual = EmbedMagic.usual
        return try withProgress("Learning the embedding") { work in
            LearnedEmbedding(
                graph: graph,
                embedding: try learner.embed(
                    graph, dimension: usual.dimension, seed: usual.seed, work: work))
        }
    }
}
