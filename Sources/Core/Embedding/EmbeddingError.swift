/// Why a graph has no embedding.
public enum EmbeddingError: Error, Sendable, Equatable {
    case count(Count, Int, allowed: ClosedRange<Int>)
    /// node2vec's p or q.
    case walkBias(WalkBias, Double, allowed: ClosedRange<Double>)
    /// The learning rate is 0, less, or more than `most`.
    case learningRate(Double, most: Double)
    /// The dimension is no multiple of the number of attention heads.
    case unevenHeads(dimension: Int, heads: Int)
    /// The features are not a row for each node.
    case incompleteRows(numbers: Int, nodes: Int)
    /// The vectors grew beyond what a number can hold.
    case diverged(learningRate: Double)
    /// The vectors of an embedding hold numbers that are not finite.
    case notFinite

    /// A setting that counts something.
    public enum Count: Sendable {
        case dimension
        case walksPerNode
        case walkLength
        case window
        case negatives
        case epochs
        case threads
        case fullBatchLimit
        case batchSize
        case neighbourLimit
    }

    public enum WalkBias: String, Sendable {
        case p
        case q
    }
}

extension EmbeddingError {
    static func check(_ counts: [(count: Count, value: Int, allowed: ClosedRange<Int>)]) throws(EmbeddingError) {
        for (count, value, allowed) in counts where !allowed.contains(value) {
            throw .count(count, value, allowed: allowed)
        }
    }

    static func check(learningRate: Double) throws(EmbeddingError) {
        let most = 10.0
        guard learningRate > 0 && learningRate <= most else { throw .learningRate(learningRate, most: most) }
    }
}
