/// What can go wrong when somebody else's figures are read.
public enum ReferenceError: Error, Sendable, Equatable {
    case table(TableError)
    /// A line a model, where a line for each method and target was looked for.
    case predictions(file: String)
    /// A figure is beyond what its measure can be.
    case beyondRange(Double, column: String, range: ClosedRange<Double>, file: String, line: Int)
    /// No column is a measure's.
    case noMeasure(file: String)
}
