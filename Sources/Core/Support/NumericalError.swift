/// Arithmetic that came to no end.
public enum NumericalError: Error, Sendable, Equatable {
    /// A routine of LAPACK, with the status it gave.
    case notConverged(routine: String, status: Int)
    /// A routine of LAPACK that found no room to work in.
    case outOfMemory(routine: String)
    /// What should be a covariance matrix is none: it is not positive definite, or not finite.
    case notPositiveDefinite(matrix: String)
    /// A call that XGBoost refused, with what it said.
    case xgboost(message: String)
}
