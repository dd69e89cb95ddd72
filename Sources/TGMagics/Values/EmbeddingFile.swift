import Foundation
import Presentation
import Support
import TransferGraphCore

/// An embedding as a file for other programs.
struct EmbeddingFile {
    private let learned: LearnedEmbedding

    init(_ learned: LearnedEmbedding) {
        self.learned = learned
    }

    /// A line per node, models first: its name, and its vector's components.
    var csv: [UInt8] {
        let embedding = learned.embedding
        var text = CSV.row(["node"] + (0..<embedding.dimension).map { "x\($0)" })
        for node in 0..<embedding.nodeCount {
            text += CSV.row([learned.graph.name(node)] + embedding[node].map { "\($0)" })
        }
        return Array(text.utf8)
    }

    /// NumPy's format: 32-bit floats, one row per node, models first.
    var npy: [UInt8] {
        let embedding = learned.embedding
        var bytes = Array(NumPyWriter.head("<f4", [embedding.nodeCount, embedding.dimension]))
        for value in embedding.vectors {
            withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
        }
        return bytes
    }

    /// The nodes' names in the order of ``npy``, one per line.
    var names: [UInt8] {
        let names = (0..<learned.embedding.nodeCount).map { learned.graph.name($0).singleLine() + "\n" }
        return Array(names.joined().utf8)
    }
}
