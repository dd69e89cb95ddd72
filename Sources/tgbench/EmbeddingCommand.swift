import ArgumentParser
import Foundation
import TransferGraphCore

/// Times walks and skip-gram on a made graph and prints one line of JSON.
struct EmbeddingCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "embedding", abstract: "Times walks and skip-gram on a made graph.")

    @OptionGroup var graph: GraphOptions
    @Option var dimension = 128
    @Option var walks = 10
    @Option var walkLength = 80
    @Option var window = 10
    @Option var negatives = 5
    @Option var epochs = 1
    @Option var p = 1.0
    @Option var q = 1.0
    @Option var learningRate = 0.025
    @Option var threads = 2
    @Flag var extended = false
    @Flag var lockFree = false
    @Flag(help: "Leave out the skip-gram.")
    var walksOnly = false

    private struct Result: Encodable {
        var nodes: Int
        var edges: Int
        var walkSeconds: Double
        var stepsPerSecond: Double
        var seconds: Double?
        var processorSeconds: Double?
        var tokensPerSecond: Double?
        var areaUnderCurve: Double?
        var averagePrecision: Double?
        /// By logistic regression on the products of the components, rather than by their sum.
        var hadamardAreaUnderCurve: Double?
        var peakMebibytes: Int?
    }

    func run() throws {
        let split = graph.split()
        let clock = ContinuousClock()
        let steps = Double(split.training.nodeCount * walks * walkLength)
        let rule = TransitionRule(p: Float(p), q: Float(q), extended: extended)
        let walkSeconds = try clock.measure {
            let walker = try RandomWalker(graph: split.training, rule: rule, work: .unwatched)
            try walkEverywhere(walker)
        }.seconds
        var result = Result(
            nodes: split.training.nodeCount, edges: split.training.entryCount / 2, walkSeconds: walkSeconds,
            stepsPerSecond: steps / walkSeconds)
        if !walksOnly {
            let learner = Node2Vec(
                dimension: dimension, walksPerNode: walks, walkLength: walkLength, window: window, negatives: negatives,
                epochs: epochs, p: p, q: q, extended: extended, learningRate: learningRate, threads: threads,
                lockFree: lockFree, seed: graph.seed)
            let start = clock.now
            let startProcessor = processorSeconds()
            let embedding = try learner.embed(split.training, work: .unwatched)
            let seconds = (clock.now - start).seconds
            result.processorSeconds = processorSeconds() - startProcessor
            let quality = LinkPrediction(of: embedding, positives: split.positives, negatives: split.negatives)
            let fitted = try LinkPrediction(byHadamardOf: embedding, split, seed: 1, work: .unwatched)
            result.seconds = seconds
            result.hadamardAreaUnderCurve = fitted.areaUnderCurve
            result.tokensPerSecond = steps * Double(epochs) / seconds
            result.areaUnderCurve = quality.areaUnderCurve
            result.averagePrecision = quality.averagePrecision
        }
        result.peakMebibytes = peakMebibytes()
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        print(String(decoding: try encoder.encode(result), as: UTF8.self))
    }

    /// Makes every walk and forgets it.
    private func walkEverywhere(_ walker: RandomWalker) throws {
        let nodeCount = walker.graph.nodeCount
        let share = 64
        try Parallel.loop((nodeCount * walks + share - 1) / share, threads: threads, work: .unwatched) { part in
            let nodes = UnsafeMutableBufferPointer<Int32>.allocate(capacity: walkLength)
            defer { nodes.deallocate() }
            for walk in part * share..<min(nodeCount * walks, (part + 1) * share) {
                var generator = SeededGenerator(seed: graph.seed, purpose: .walk, item: walk)
                _ = walker.walk(from: Int32(walk % nodeCount), using: &generator, into: nodes)
            }
        }
    }
}

extension Duration {
    fileprivate var seconds: Double {
        Double(components.seconds) + Double(components.attoseconds) * 1e-18
    }
}
