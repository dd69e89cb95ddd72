/// Why a transferability score has no value.
public enum ScoreError: Error, Sendable, Equatable, Codable {
    /// The score needs what the model's own head makes of the samples.
    case missingSourceProbabilities(TransferabilityScore)
    /// The score is of classes, and the labels are continuous.
    case needsClasses(TransferabilityScore)
    case undefined(TransferabilityScore, Cause)
    case numerical(NumericalError)

    /// What it is about the features that leaves a score undefined.
    public enum Cause: Error, Sendable, CaseIterable, Codable {
        /// All samples have the same features.
        case noVariation
        /// Within each class, all samples have the same features.
        case noVariationWithinClasses
        /// All samples are equally alike.
        case equalSimilarities
        /// All pairs of samples are equally far apart.
        case equalDistances
        /// The features of a sample, standardised, are all equal.
        case constantSample
        /// No class has a second sample to test on.
        case noTestSample
        /// The coding rate of a class is beyond double precision.
        case codingRate
        /// A Gaussian of the mixture has no proper covariance.
        case covariance
        case notANumber
        case infinite
    }
}
