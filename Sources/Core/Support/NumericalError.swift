/// Arithmetic that came to no end.
public enum NumericalError: Error, Sendable, Equatable {
    /// A routine of LAPACK, with the status it gave.
    case notConverged(routine: String, status: Int)
}
