import ArgumentParser
import Core

/// `%embed`
public struct EmbedMagic: Magic {
    public static let configuration = CommandConfiguration(
        commandName: "embed", abstract: "Learns a vector for each node of the current graph.",
        discussion: "%embed node2vec --dimension 128 --seed 1")

    @Argument(help: ArgumentHelp("The learner.", valueName: "learner"))
    public var learner: LearnerName
    @Option(help: ArgumentHelp("How many numbers a vector has.", valueName: "count"))
    public var dimension: Int = 128
    @Option(help: ArgumentHelp("Where every random choice comes from.", valueName: "number"))
    public var seed: UInt64 = 42

    public init() {}

    public mutating func validate() throws {
        if !(1...4096).contains(dimension) { throw ValidationError("--dimension takes a count from 1 to 4096.") }
    }

    public func run(in invocation: Invocation) throws -> MagicResult {
        let graph = try invocation.state.graphOrUsual()
        let embedding = try invocation.withProgress("Learning the embedding") { work in
            try learner.learner.embed(graph, dimension: dimension, seed: seed, work: work)
        }
        let learned = LearnedEmbedding(graph: graph, embedding: embedding)
        return MagicResult(EmbeddingValue(learned)) { $0.use(learned) }
    }
}

/// A graph learner by the name that `%embed` takes.
public struct LearnerName: ExpressibleByArgument, Sendable {
    let learner: GraphLearner

    public init?(argument: String) {
        guard
            let learner = GraphLearner.allCases.first(where: { $0.commandName == argument || $0.rawValue == argument })
        else { return nil }
        self.learner = learner
    }

    public static var allValueStrings: [String] { GraphLearner.allCases.map(\.commandName) }
    public var defaultValueDescription: String { learner.commandName }
}
