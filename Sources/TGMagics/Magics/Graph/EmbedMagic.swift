import ArgumentParser
import CellLanguage
import Support
import TransferGraphCore

/// `%embed`
public struct EmbedMagic: Magic {
    public static let configuration = CommandConfiguration(
        commandName: "embed", abstract: "Learns a vector for each node of the current graph.",
        discussion: "%embed\n%embed node2vec --dimension 64 --seed 1\n%embed node2vec+ --p 0.5 --q 2 --walks 20")

    /// The settings of an embedding without options of its own.
    static let usual = (dimension: 128, seed: UInt64(42))

    @Argument(help: ArgumentHelp("The learner.", valueName: "learner"))
    public var learner: LearnerName = LearnerName(.usual)
    @Option(help: ArgumentHelp("How many numbers a vector has.", valueName: "count"))
    public var dimension: Int = usual.dimension
    @Option(help: ArgumentHelp("Where every random choice comes from.", valueName: "number"))
    public var seed: UInt64 = usual.seed
    @Flag(help: "Leave out the second learning, on a graph that lacks a tenth of its edges, that tells how good it is.")
    public var noQuality = false
    @Option(
        help: ArgumentHelp(
            "Write the vectors to a file: .csv with the names first, or .npy with the names beside it in .txt.",
            valueName: "file"))
    public var export: String?
    @OptionGroup public var walks: WalkOptions

    public init() {}

    public mutating func validate() throws {
        if !(1...4096).contains(dimension) { throw ValidationError("--dimension takes a count from 1 to 4096.") }
        if !learner.learner.isWalking, let option = walks.firstOfWalks {
            throw ValidationError(
                "\(option) is for node2vec and node2vec+; \(learner.learner.commandName) does not walk.")
        }
    }

    public func run(in invocation: Invocation) throws -> MagicResult {
        let graph = try invocation.state.graphOrUsual()
        let output = try export.map { file in
            guard file == "-" || ["csv", "npy"].contains(LocalPath(file).ending) else {
                throw UserError(
                    "UsageError", "The ending of '\(file)' names no format.", hint: "End it in .csv or .npy.")
            }
            return try FileOutput(file, in: invocation)
        }
        let names = try export.flatMap { file -> FileOutput? in
            LocalPath(file).ending == "npy" ? try FileOutput(file.dropLast(3) + "txt", in: invocation) : nil
        }
        let learned = try invocation.withProgress("Learning the embedding") { work in
            let embedding = try embed(
                graph.structure, of: graph, unjoined: graph.unjoined, work: work.part(0...(noQuality ? 1 : 0.34)))
            if noQuality { return LearnedEmbedding(graph: graph, embedding: embedding) }
            let quality = try EmbeddingQuality(
                of: graph.structure, unjoined: graph.unjoined, seed: seed, work: work.part(0.34...0.67)
            ) { structure, unjoined, work in
                try embed(structure, of: graph, unjoined: unjoined, work: work)
            }
            let kept = try GraphQuality(
                of: graph, embedding: embedding, datasets: graph.zoo.targets, seed: seed, work: work.part(0.67...1)
            ) { structure, unjoined, work in
                try embed(structure, of: graph, unjoined: unjoined, work: work)
            }
            return LearnedEmbedding(graph: graph, embedding: embedding, quality: quality, kept: kept)
        }
        if let output {
            let file = EmbeddingFile(learned)
            let vectors = names == nil ? file.csv : file.npy
            try output.write(vectors)
            output.tell("\(learned.embedding.nodeCount) vectors", vectors)
            try names?.write(file.names)
            names?.tell("their names", file.names)
        }
        return MagicResult(EmbeddingValue(learned)) { $0.use(learned) }
    }

    private func embed(
        _ structure: CSRGraph, of graph: ZooGraph, unjoined: UnjoinedPairs, work: Work
    ) throws -> Embedding {
        switch learner.learner {
        case .node2vec, .node2vecPlus:
            if graph.options.recipe == .own {
                try walks.applied(
                    to: GraphLearner.ownWalks(
                        nodes: graph.nodeCount, extended: learner.learner == .node2vecPlus, dimension: dimension,
                        seed: seed)
                ).embed(
                    structure, negativePairs: unjoined.negative, kinds: graph.nodeKinds, work: work)
            } else {
                try walks.learner(dimension: dimension, extended: learner.learner == .node2vecPlus, seed: seed)
                    .embed(structure, negativePairs: unjoined.negative, work: work)
            }
        case .graphSAGE, .gat, .rgcn, .spectral:
            try learner.learner.embed(
                structure, of: graph, unjoined: unjoined, dimension: dimension, seed: seed, epochs: walks.epochs,
                threads: walks.threads, work: work)
        }
    }
}

/// A graph learner by the name that `%embed` takes.
public struct LearnerName: ExpressibleByArgument, Sendable {
    let learner: GraphLearner

    init(_ learner: GraphLearner) { self.learner = learner }

    public init?(argument: String) {
        let known = GraphLearner.allCases.first { $0.commandName == argument || $0.rawValue == argument }
        guard let known else { return nil }
        learner = known
    }

    public static var allValueStrings: [String] { GraphLearner.allCases.map(\.commandName) }
    public var defaultValueDescription: String { learner.commandName }
}
