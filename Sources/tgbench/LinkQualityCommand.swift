import ArgumentParser
import Foundation
import TransferGraphCore

/// Measures another program's vectors of a made graph by the yardstick that ours are measured by.
struct LinkQualityCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "link-quality", abstract: "How well given vectors find the edges that a made graph held out.")

    @OptionGroup var graph: GraphOptions

    @Argument(help: "The vectors: 32-bit floats, node after node, least significant byte first.")
    var file: String

    @Option(help: "A directory for the pairs that are told apart and fitted to: two 32-bit integers each.")
    var pairs: String?

    func run() throws {
        let bytes = try Data(contentsOf: URL(fileURLWithPath: file))
        guard bytes.count % (4 * graph.nodes) == 0, !bytes.isEmpty else {
            throw ValidationError("\(file) does not hold a vector for each of \(graph.nodes) nodes.")
        }
        let vectors = bytes.withUnsafeBytes { bytes in
            (0..<bytes.count / 4).map {
                Float(bitPattern: UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 4 * $0, as: UInt32.self)))
            }
        }
        let embedding = Embedding(
            vectors: vectors, dimension: vectors.count / graph.nodes, learner: "given", seed: 0, losses: [])
        let split = graph.split()
        let quality = LinkPrediction(of: embedding, positives: split.positives, negatives: split.negatives)
        let fitted = try LinkPrediction(byHadamardOf: embedding, split, seed: 1, work: .unwatched)
        if let pairs {
            let (joined, apart) = split.trainingPairs(limit: 5000, seed: 1)
            for (name, edges) in [
                ("positives", split.positives), ("negatives", split.negatives), ("joined", joined), ("apart", apart),
            ] {
                let ends = edges.flatMap { [$0.from.littleEndian, $0.to.littleEndian] }
                try ends.withUnsafeBytes { Data($0) }.write(to: URL(fileURLWithPath: "\(pairs)/\(name).i32"))
            }
        }
        print(
            "{\"hadamardAreaUnderCurve\": \(fitted.areaUnderCurve), \"areaUnderCurve\": \(quality.areaUnderCurve), \"averagePrecision\": \(quality.averagePrecision), \"hadamardAveragePrecision\": \(fitted.averagePrecision)}"
        )
    }
}
