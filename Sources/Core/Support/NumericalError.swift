/// Arithmetic that came to no end, or could not begin.
public enum NumericalError: Error, Sendable, Equatable {
    /// A routine of LAPACK, with the status it gave.
    case notConverged(routine: String, status: Int)
    /// The address space is limited to so much, in MiB, and linear algebra needs so much of it.
    case tooLittleMemory(limit: Int, needed: Int)
}
