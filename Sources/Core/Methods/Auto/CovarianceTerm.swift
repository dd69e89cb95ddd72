/// A term of the prior covariance of two results: how alike the two models are, times how alike the two datasets are.
package struct CovarianceTerm: Sendable, Hashable {
    /// In what two models are alike.
    package enum ModelPart: Int, Sendable, CaseIterable {
        /// They are the same.
        case identity
        case metadata
        /// Both large, or both small.
        case linear
        case names
        /// In their other metadata.
        case facts
        /// In what a sentence encoder makes of their names and descriptions.
        case texts
        /// Their transferability scores on the two datasets are both high, or both low.
        case scores
        /// Their transferability scores are alike on all datasets.
        case profile
        /// Both were trained on the dataset they were run on.
        case trained
    }

    /// In what two datasets are alike.
    package enum DatasetPart: Hashable, Sendable {
        /// In being datasets: what holds on all of them.
        case all
        case source(DatasetKernels.Source)
        /// They are the same.
        case own
    }

    package let model: ModelPart
    package let dataset: DatasetPart
    /// The median of the variance's prior, a fraction of the variance of the results.
    package let prior: Double

    /// The terms there are. Their priors are the geometric means of what the marginal likelihood chose on the published
    /// image and text zoos, where these have the source, and a small share where they have it not.
    static let all: [CovarianceTerm] = [
        .init(model: .metadata, dataset: .all, prior: 0.18),
        .init(model: .metadata, dataset: .source(.distance), prior: 0.17),
        .init(model: .metadata, dataset: .source(.description), prior: 0.15),
        .init(model: .metadata, dataset: .source(.names), prior: 0.05),
        .init(model: .metadata, dataset: .source(.facts), prior: 0.05),
        .init(model: .metadata, dataset: .own, prior: 0.048),
        .init(model: .identity, dataset: .all, prior: 0.033),
        .init(model: .identity, dataset: .source(.distance), prior: 0.04),
        .init(model: .identity, dataset: .source(.names), prior: 0.04),
        .init(model: .identity, dataset: .source(.facts), prior: 0.04),
        .init(model: .linear, dataset: .all, prior: 0.041),
        .init(model: .linear, dataset: .source(.distance), prior: 0.02),
        .init(model: .linear, dataset: .source(.names), prior: 0.02),
        .init(model: .names, dataset: .all, prior: 0.01),
        .init(model: .names, dataset: .source(.names), prior: 0.007),
        .init(model: .names, dataset: .source(.facts), prior: 0.007),
        .init(model: .facts, dataset: .all, prior: 0.01),
        .init(model: .facts, dataset: .source(.distance), prior: 0.007),
        .init(model: .facts, dataset: .source(.names), prior: 0.007),
        .init(model: .facts, dataset: .source(.facts), prior: 0.007),
        .init(model: .metadata, dataset: .source(.texts), prior: 0.05),
        .init(model: .identity, dataset: .source(.texts), prior: 0.04),
        .init(model: .linear, dataset: .source(.texts), prior: 0.02),
        .init(model: .texts, dataset: .all, prior: 0.01),
        .init(model: .texts, dataset: .source(.names), prior: 0.007),
        .init(model: .texts, dataset: .source(.texts), prior: 0.007),
        .init(model: .trained, dataset: .all, prior: 0.05),
        .init(model: .scores, dataset: .all, prior: 0.084),
        .init(model: .scores, dataset: .source(.distance), prior: 0.027),
        .init(model: .scores, dataset: .own, prior: 0.013),
        .init(model: .profile, dataset: .all, prior: 0.088),
        .init(model: .profile, dataset: .source(.distance), prior: 0.046),
    ]

    /// The same of what no model or dataset explains.
    package static let noisePrior = 0.13
}
