/// Every number in ``Auto`` that is fixed rather than learned from a zoo.
///
/// They were chosen on the development zoos together; `docs/auto.md` says how, and what halving and doubling does.
public struct AutoConstants: Sendable {
    /// The standard deviation of the prior of each log variance.
    public var priorDeviation = 1.0
    /// Iterations of the quasi-Newton search for the variances; 0 keeps their priors.
    public var fitIterations = 12
    /// Models, and datasets nearest to the target, that the variances are fitted on.
    public var fitModels = 120
    public var fitDatasets = 12
    /// Features by metadata there; half as many by the others.
    public var fitRank = 8
    /// Datasets that are held singly; all others are aggregated into one.
    public var datasetLimit = 48
    /// Cases from which it is learned what models have in common.
    public var caseLimit = 12_000
    /// Models up to which their posterior variances are exact.
    public var exactVarianceLimit = 4_000
    /// Features of a model by metadata, names, other facts and score profile.
    public var metadataRank = 20
    public var nameRank = 8
    public var factRank = 8
    public var profileRank = 8
    /// Pivots that each of those features is condensed from; one where models are very many.
    public var pivotsPerFeature = 3
    /// Loadings of a group in each part of the covariance.
    public var loadings = 14
    /// Features of metadata in what alike models share on one dataset only.
    public var ownRank = 6
    /// γ in exp(-γ (d / median)²), the RBF kernel of two datasets at distance d.
    public var distanceGamma = 0.5
    /// The length scale of the Laplacian kernel of the models' sizes, inputs and outputs.
    public var modelLengthScale = 4.0
    /// The similarity of two models of different families that are alike in all else.
    public var crossFamilySimilarity = 0.5
    /// The similarity of two models of different pre-training that are alike in all else.
    public var crossPretrainingSimilarity = 0.7
    /// The weights of the measured result in the three transforms that are learned; the rest is its rank. The last is 1.
    public var transforms = [0.0, 0.4, 1.0]
    /// The transform with which the variances are fitted: a position in ``transforms``.
    public var fitTransform = 1
    /// Variances of the stacking's terms: linear, RBF, models of similar metadata on one dataset, noise.
    public var stacking = (linear: 0.5, rbf: 0.3, metadataByDataset: 0.1, noise: 0.5)
    /// The length scale of the stacking's RBF term, in standard deviations of its inputs.
    public var stackingLengthScale = 1.0
    /// Training cases that the stacking's RBF kernel is spanned by.
    public var stackingPivots = 120
    /// The weight of the stacked prediction in the average, at most, and what each training dataset allows of it.
    public var stackingWeight = 0.55
    public var stackingWeightPerDataset = 0.05
    /// The cases that halve the weight of the stacked prediction.
    public var stackingCases = 20.0
    /// The weight of the effects alone in the average without any dataset to learn from, what each takes of it, and the
    /// results a model has from which on they have all of it.
    public var effectsWeight = 0.5
    public var effectsWeightPerDataset = 0.04
    public var effectsResults = 4.0
    /// How far predictions are moved to the same values in the order that the prediction by ``fitTransform`` has.
    public var orderWeight = 0.5
    /// Whether what models were trained on is a term of its own.
    public var usesTrainingData = true
    /// The weight of a dataset not at all similar to the target in the intervals, beside 1 more for one just like it.
    public var intervalWeightFloor = 0.1
    /// By how much intervals reach further into the tails of the errors than they would with very many datasets, by one
    /// dataset's share.
    public var intervalCorrection = 0.6
    /// The bandwidth over which models of near places in the order of predictions share the size of their errors, and the
    /// cases of the mean size that are added.
    public var errorBandwidth = 0.05
    public var errorPrior = 5.0
    /// Models whose results are sampled jointly: those that may be the best.
    public var sampledModels = 2_000
    /// The growth of a range of results at one doubling of their number, as a share of that at the one before.
    public var rangeDamping = 0.4

    public init() {}
}
