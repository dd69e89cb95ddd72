/// What can go wrong when somebody else's figures are read.
public enum ReferenceError: Error, Sendable, Equatable {
    case table(TableError)
    /// A line a model, where a line for each method and target was looked for.
    case predictions(file: String)
    /// No column is a measure's.
    case noMeasure(file: String)
}
