/// Every number in ``Auto`` that is fixed rather than learned from a zoo.
///
/// They were chosen on the published image and text zoos and the built-in one together; `docs/auto.md` says how, and
/// what halving and doubling each of them does.
public struct AutoConstants: Sendable {
    /// The variances that the marginal likelihood starts from and is drawn towards.
    public var variances = PairKernel.priorVariances
    /// The standard deviation of the prior of each log variance.
    public var priorDeviation = 0.5
    /// Iterations of the quasi-Newton search for the variances.
    public var fitIterations = 10
    /// Results that the variances are fitted on at once.
    public var fitSubsetSize = 400
    /// Random subsets of that size, fitted one by one: their mean depends less on which results were drawn.
    public var fitSubsets = 3
    /// Results that the Gaussian process holds one by one; beyond, distant datasets are aggregated into one.
    public var resultLimit = 2200
    /// Datasets that are held singly there.
    public var datasetLimit = 200
    /// γ in exp(-γ (d / median)²), the RBF kernel of two datasets at distance d.
    public var distanceGamma = 0.5
    /// The length scale of the Laplacian kernel of the models' sizes, inputs and outputs.
    public var modelLengthScale = 4.0
    /// The similarity of two models of different families that are alike in all else.
    public var crossFamilySimilarity = 0.5
    /// The similarity of two models of different pre-training that are alike in all else.
    public var crossPretrainingSimilarity = 0.7
    /// The weights of the measured result in the three transforms that are learned; the rest is its rank.
    public var transforms = [0.0, 0.4, 1.0]
    /// The transform with which the variances are fitted: a position in ``transforms``.
    public var fitTransform = 1
    /// Variances of the stacking's terms: linear, RBF, models of similar metadata on one dataset, noise.
    public var stacking = (linear: 0.5, rbf: 0.3, metadataByDataset: 0.1, noise: 0.5)
    /// The length scale of the stacking's RBF term, in standard deviations of its inputs.
    public var stackingLengthScale = 1.0
    /// The weight of a dataset not at all similar to the target in the intervals, beside 1 more for one just like it.
    public var intervalWeightFloor = 0.1
    /// The growth of a range of results at one doubling of their number, as a share of that at the one before.
    public var rangeDamping = 0.4
    /// The weight of the stacked prediction in the average.
    public var stackingWeight = 0.55

    public init() {}
}
