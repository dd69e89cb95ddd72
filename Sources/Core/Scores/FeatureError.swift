/// Why features and labels cannot be scored. Rows and columns are counted from 0, as in the arrays they come from.
public enum FeatureError: Error, Sendable, Equatable {
    case noFeatures(rows: Int, columns: Int)
    case labelCount(Int, rows: Int)
    /// All labels are the same; a score needs two classes at least.
    case oneClass(label: Int64, count: Int)
    case notFinite(Double, in: Part, row: Int, column: Int)
    /// A finite value whose square is beyond what scores can add up.
    case tooLarge(Double, in: Part, row: Int, column: Int)
    case probabilityRows(Int, rows: Int)
    /// A row of source probabilities that holds a negative one, or does not sum to 1.
    case notADistribution(row: Int, sum: Double)

    /// Which of the matrices is meant.
    public enum Part: Sendable {
        case features
        case sourceProbabilities
    }
}
