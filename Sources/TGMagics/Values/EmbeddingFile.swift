import Foundation
import Presentation
import Support
import TransferGraphCore

/// An embedding as a file that other programs read.
struct EmbeddingFile {
    private let learned: LearnedEmbedding

    init(_ learned: LearnedEmbedding) {
        self.learned = learned
    }

    /// A line a node, the models first: its name, and the numbers of its vector.
    var csv: [UInt8] {
        let embedding = learned.embedding
        var text = CSV.row(["node"] + (0..<embedding.dimension).map { "x\($0)" })
        for node in 0..<embedding.nodeCount {
            text += CSV.row([learned.graph.name(node)] + embedding[node].map { "\($0)" })
        }
        return Array(text.utf8)
    }

    /// NumPy's format: 32-bit floats, a row for each node, the models first.
    var npy: [UInt8] {
        let embedding = learned.embedding
        var bytes = Array(NumPyWriter.head("<f4", [embedding.nodeCount, embedding.dimension]))
        for value in embedding.vectors {
            withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
        }
        return bytes
    }

    /// The nodes' names in the order of ``npy``, one a line.
    var names: [UInt8] {
        let names = (0..<learned.embedding.nodeCount).map { learned.graph.name($0).singleLine() + "\n" }
        return Array(names.joined().utf8)
    }
}
