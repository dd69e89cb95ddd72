import ArgumentParser
import Foundation
import TransferGraphCore

/// Times GraphSAGE or GAT on a made graph, by batches with drawn neighbours where it is large, and prints one line of JSON.
struct GraphNetworkCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "network", abstract: "Times a graph network on a made graph.")

    @OptionGroup var graph: GraphOptions
    @Argument(help: "graphsage or gat.")
    var learner: String
    @Option var dimension = 128
    @Option var epochs: Int?
    @Option(help: "The edges of a batch.")
    var batchSize: Int?
    @Option(help: "The step size of Adam.")
    var learningRate: Double?
    @Option(help: "The neighbours that are drawn of each node.")
    var neighbours: Int?
    @Option(help: "The most threads to use.")
    var threads: Int?
    @Option(help: "A file for the vectors: 32-bit floats, node after node, least significant byte first.")
    var vectors: String?
    @Flag(help: "Train on the whole graph at once, whatever its size.")
    var atOnce = false

    private struct Result: Encodable {
        var nodes: Int
        var edges: Int
        var seconds: Double
        var processorSeconds: Double
        var secondsAnEpoch: Double
        var losses: [Double]
        var areaUnderCurve: Double
        var hadamardAreaUnderCurve: Double
        var peakMebibytes: Int?
        var sampling: Sampling?
    }

    /// How the graph was gone through, where not at once.
    private struct Sampling: Encodable {
        var edges: Int
        var edgesAnEpoch: Int
        var batchSize: Int
        var neighbours: Int

        init(_ plan: SamplingPlan) {
            edges = plan.edges
            edgesAnEpoch = plan.edgesAnEpoch
            batchSize = plan.batchSize
            neighbours = plan.neighbours
        }
    }

    func run() throws {
        let split = graph.split()
        var settings = GraphNetworkSettings(
            dimension: dimension, epochs: epochs, batchSize: batchSize, seed: graph.seed)
        if let learningRate { settings.learningRate = learningRate }
        if let neighbours { settings.neighbourLimit = neighbours }
        if let threads { settings.threads = threads }
        if atOnce { settings.fullBatchLimit = max(graph.nodes, graph.nodes * graph.edgesPerNode / 25) }
        let start = ContinuousClock.now
        let startProcessor = processorSeconds()
        let embedding: Embedding
        switch learner {
        case "graphsage": embedding = try GraphSAGE(settings).embed(split.training, work: .unwatched)
        case "gat": embedding = try GAT(settings).embed(split.training, work: .unwatched)
        default: throw ValidationError("'\(learner)' is neither graphsage nor gat.")
        }
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        let processor = processorSeconds() - startProcessor
        let memory = peakMebibytes()
        if let vectors {
            try embedding.vectors.map(\.bitPattern.littleEndian).withUnsafeBytes { Data($0) }
                .write(to: URL(fileURLWithPath: vectors))
        }
        let quality = LinkPrediction(of: embedding, positives: split.positives, negatives: split.negatives)
        let fitted = try LinkPrediction(byHadamardOf: embedding, split, seed: 1, work: .unwatched)
        let result = Result(
            nodes: graph.nodes, edges: split.training.entryCount / 2, seconds: seconds,
            processorSeconds: processor,
            secondsAnEpoch: seconds / Double(max(1, embedding.losses.count)), losses: embedding.losses,
            areaUnderCurve: quality.areaUnderCurve, hadamardAreaUnderCurve: fitted.areaUnderCurve,
            peakMebibytes: memory,
            sampling: embedding.sampling.map(Sampling.init))
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        print(String(decoding: try encoder.encode(result), as: UTF8.self))
    }
}
