/// Every number in ``Auto`` that is fixed rather than learned from a zoo.
///
/// They were chosen on the published image and text zoos and the built-in one together; `docs/auto.md` says how, and
/// what halving and doubling each of them does.
public struct AutoConstants: Sendable {
    /// The variances that the marginal likelihood starts from and is drawn towards.
    public var variances = PairKernel.priorVariances
    /// How far a log variance may stray: the standard deviation of its prior.
    public var priorDeviation = 0.5
    /// Steps of the search for the variances.
    public var fitSteps = 10
    /// Records that the variances are fitted on at once.
    public var fitRecords = 400
    /// Draws of that many records, fitted one by one: their mean does not hang on which records were drawn.
    public var fitDraws = 3
    /// Records that the Gaussian process holds in full; beyond, distant datasets are summed up in one.
    public var recordLimit = 2200
    /// Datasets that have slots of their own there.
    public var datasetLimit = 200
    /// The exponent on exp(-(d / median)²), the similarity of two datasets at distance d.
    public var distanceExponent = 0.5
    /// How far apart, in units of the three logarithms' and sides' scales, models are told apart.
    public var modelScale = 4.0
    /// What is left of the similarity of two models of different families.
    public var acrossFamilies = 0.5
    /// What is left of the similarity of two models of different pre-training.
    public var acrossPretraining = 0.7
    /// The shares of the measured result in the three scales on which results are learned; the rest is their rank.
    public var scales = [0.0, 0.4, 1.0]
    /// The scale on which the variances are fitted: a position in ``scales``.
    public var fitScale = 1
    /// Variances of the correction: linear, smooth, common to similar models of a dataset, noise.
    public var correction = (linear: 0.5, smooth: 0.3, shared: 0.1, noise: 0.5)
    /// The length over which the smooth part of the correction varies, in standard deviations of its inputs.
    public var correctionLength = 1.0
    /// What a dataset not at all like the target counts in the width of intervals, beside 1 for one just like it.
    public var spreadFloor = 0.1
    /// How much of the growth of a range of results is left from one doubling of their number to the next.
    public var rangeFade = 0.4
    /// The share of the correction in the prediction.
    public var correctionShare = 0.55

    public init() {}
}
