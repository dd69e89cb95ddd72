/// Arithmetic that came to no end, or could not begin.
public enum NumericalError: Error, Sendable, Equatable, Codable {
    /// A routine of LAPACK, with the status it gave.
    case notConverged(routine: String, status: Int)
    /// The address space is limited to so much, in MiB, and linear algebra needs so much of it.
    case tooLittleMemory(limit: Int, needed: Int)
    /// A routine of LAPACK that found no memory to work in.
    case outOfMemory(routine: String)
    /// What should have a Cholesky factor has none: it is not positive definite, or not finite.
    case notPositiveDefinite(Symmetric)
    /// A call that XGBoost refused, with what it said.
    case xgboost(message: String)

    /// A symmetric matrix that methods factor.
    public enum Symmetric: Sendable, CaseIterable, Codable {
        /// The covariance of the training results of `auto`.
        case resultCovariance
        /// The precision of the results on one training dataset, given the others.
        case datasetPrecision
        /// The covariance of the results that the stacking learns from.
        case stackingCovariance
        /// The correlation of the models' results on the target, given all training results.
        case posteriorCorrelation
        /// The normal equations of a linear regression.
        case normalEquations
    }
}
