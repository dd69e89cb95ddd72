import ArgumentParser
import Core

/// `%embed`
public struct EmbedMagic: Magic {
    public static let configuration = CommandConfiguration(
        commandName: "embed", abstract: "Learns a vector for each node of the current graph.",
        discussion: "%embed node2vec --dimension 128 --seed 1\n%embed node2vec+ --p 0.5 --q 2 --walks 20")

    @Argument(help: ArgumentHelp("The learner.", valueName: "learner"))
    public var learner: LearnerName
    @Option(help: ArgumentHelp("How many numbers a vector has.", valueName: "count"))
    public var dimension: Int = 128
    @Option(help: ArgumentHelp("Where every random choice comes from.", valueName: "number"))
    public var seed: UInt64 = 42
    @OptionGroup public var walks: WalkOptions

    public init() {}

    public mutating func validate() throws {
        if !(1...4096).contains(dimension) { throw ValidationError("--dimension takes a count from 1 to 4096.") }
    }

    public func run(in invocation: Invocation) throws -> MagicResult {
        let graph = try invocation.state.graphOrUsual()
        let embedding = try invocation.withProgress("Learning the embedding") { work in
            let isWalker = [GraphLearner.node2vec, .node2vecPlus].contains(learner.learner)
            guard isWalker else {
                return try learner.learner.embed(graph, dimension: dimension, seed: seed, work: work)
            }
            return try walks.learner(dimension: dimension, extended: learner.learner == .node2vecPlus, seed: seed)
                .embed(graph.structure, negativePairs: graph.negativePairs, work: work)
        }
        let learned = LearnedEmbedding(graph: graph, embedding: embedding)
        return MagicResult(EmbeddingValue(learned)) { $0.use(learned) }
    }
}

/// A graph learner by the name that `%embed` takes.
public struct LearnerName: ExpressibleByArgument, Sendable {
    let learner: GraphLearner

    public init?(argument: String) {
        let known = GraphLearner.allCases.first { $0.commandName == argument || $0.rawValue == argument }
        guard let known else { return nil }
        learner = known
    }

    public static var allValueStrings: [String] { GraphLearner.allCases.map(\.commandName) }
    public var defaultValueDescription: String { learner.commandName }
}
