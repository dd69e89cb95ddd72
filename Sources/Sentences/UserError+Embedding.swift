import Foundation
import Support
import TransferGraphCore

extension UserError {
    public init(_ error: EmbeddingError) {
        switch error {
        case .count(let count, let value, let allowed):
            self.init(
                "InvalidOption",
                "The \(count.title) must lie between \(allowed.lowerBound) and \(allowed.upperBound), and is \(value).")
        case .walkBias(let bias, let value, let allowed):
            self.init(
                "InvalidOption",
                "\(bias.rawValue) must lie between \(Self.plain(allowed.lowerBound)) and \(Self.plain(allowed.upperBound)), and is \(value)."
            )
        case .learningRate(let value, let most):
            self.init(
                "InvalidOption",
                "The learning rate must be more than 0 and at most \(Self.plain(most)), and is \(value).")
        case .unevenHeads(let dimension, let heads):
            self.init(
                "InvalidOption", "The dimension \(dimension) is not divisible by \(heads) heads.",
                hint: "Give a dimension that is a multiple of the number of heads.")
        case .incompleteRows(let numbers, let nodes):
            self.init("ShapeMismatch", "\(numbers) numbers are not whole rows of features for \(nodes) nodes.")
        case .diverged(let learningRate):
            self.init(
                "TrainingDiverged", "The vectors overflowed.",
                hint: "Give a smaller learning rate than \(learningRate).")
        case .notFinite: self.init("TrainingDiverged", "The embedding holds numbers that are not finite.")
        }
    }

    /// The number without an exponent, and without a point if it is whole.
    private static func plain(_ value: Double) -> String {
        Decimal(string: "\(value)")?.description ?? "\(value)"
    }
}

extension EmbeddingError.Count {
    fileprivate var title: String {
        switch self {
        case .dimension: "dimension"
        case .walksPerNode: "walks per node"
        case .walkLength: "walk length"
        case .window: "window"
        case .negatives: "number of negatives"
        case .epochs: "number of epochs"
        case .threads: "number of threads"
        case .fullBatchLimit: "limit of nodes for training at once"
        case .batchSize: "number of edges in a batch"
        case .neighbourLimit: "number of neighbours to draw"
        }
    }
}
