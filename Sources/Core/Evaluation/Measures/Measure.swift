/// A measure of agreement as a value: to be listed in a table's header, chosen by name, and computed.
public enum Measure: Hashable, Sendable {
    case pearson
    case spearman
    case kendall
    case weightedKendall
    case regret(at: Int)
    /// The regret over the range of the target's results: 1 is the worst pick there is.
    case scaledRegret(at: Int)
    case relativeAccuracy(at: Int)
    case percentile(at: Int)
    case ndcg(at: Int)
    case hit(at: Int)
    case recall(at: Int)

    /// What an evaluation shows of each method and target.
    public static let standard: [Measure] = [
        .pearson, .spearman, .kendall, .weightedKendall, .regret(at: 1), .regret(at: 3), .regret(at: 5),
        .scaledRegret(at: 1), .scaledRegret(at: 5),
    ]

    /// What an evaluation shows where more, or less, than one dataset is held out (ModelLens, arXiv 2605.07075).
    public static let ofProtocols: [Measure] =
        [.pearson, .spearman, .weightedKendall] + [1, 5, 10].map { .ndcg(at: $0) } + [1, 5, 10].map { .hit(at: $0) }
        + [1, 5, 10].map { .recall(at: $0) }

    /// Every measure: those of a top-k pick at 1, 3 and 5, those of retrieval at 1, 5 and 10.
    public static let all: [Measure] =
        standard + [1, 3, 5].map { .relativeAccuracy(at: $0) } + [1, 3, 5].map { .percentile(at: $0) }
        + ofProtocols.filter { !$0.isCorrelation }

    /// The name in a table's header: `Pearson`, `weighted Kendall`, `regret@1`, ….
    public var name: String {
        switch self {
        case .pearson: "Pearson"
        case .spearman: "Spearman"
        case .kendall: "Kendall"
        case .weightedKendall: "weighted Kendall"
        case .regret(let k): "regret@\(k)"
        case .scaledRegret(let k): "regret@\(k) of range"
        case .relativeAccuracy(let k): "relative accuracy@\(k)"
        case .percentile(let k): "percentile@\(k)"
        case .ndcg(let k): "NDCG@\(k)"
        case .hit(let k): "Hit@\(k)"
        case .recall(let k): "Recall@\(k)"
        }
    }

    /// Whether more of it is better: all but regret.
    public var higherIsBetter: Bool {
        switch self {
        case .regret, .scaledRegret: false
        default: true
        }
    }

    /// Whether it is a difference of results, so that its mean over targets says nothing where these are in different units.
    public var isInUnitOfResults: Bool {
        if case .regret = self { true } else { false }
    }

    /// The values that the measure can have.
    public var range: ClosedRange<Double> {
        switch self {
        case .pearson, .spearman, .kendall, .weightedKendall: -1...1
        case .regret: 0...(.infinity)
        case .relativeAccuracy, .percentile, .ndcg, .hit, .recall, .scaledRegret: 0...1
        }
    }

    /// The measure of one target's predictions, `nil` where it is undefined (see ``Measures``).
    ///
    /// A prediction of minus infinity means that the method can say nothing of the model: the correlations leave it out,
    /// the measures of a top-k pick rank it last, so that a best model a method does not know counts against it. Where all
    /// predictions are alike they choose nothing, and no measure is defined.
    public func value(predicted: [Double], actual: [Double]) -> Double? {
        let known = predicted.count == actual.count ? predicted.indices.filter { predicted[$0] != -.infinity } : []
        guard let first = known.first,
            known.contains(where: { predicted[$0] != predicted[first] })
                || known.count < predicted.count
        else { return nil }
        if known.count < predicted.count, isCorrelation {
            return value(predicted: known.map { predicted[$0] }, actual: known.map { actual[$0] })
        }
        return switch self {
        case .pearson: Measures.pearson(predicted: predicted, actual: actual)
        case .spearman: Measures.spearman(predicted: predicted, actual: actual)
        case .kendall: Measures.kendall(predicted: predicted, actual: actual)
        case .weightedKendall: Measures.weightedKendall(predicted: predicted, actual: actual)
        case .regret(let k): Measures.regret(at: k, predicted: predicted, actual: actual)
        case .scaledRegret(let k): Measures.scaledRegret(at: k, predicted: predicted, actual: actual)
        case .relativeAccuracy(let k): Measures.relativeAccuracy(at: k, predicted: predicted, actual: actual)
        case .percentile(let k): Measures.percentile(at: k, predicted: predicted, actual: actual)
        case .ndcg(let k): Measures.ndcg(at: k, predicted: predicted, actual: actual)
        case .hit(let k): Measures.hit(at: k, predicted: predicted, actual: actual)
        case .recall(let k): Measures.recall(at: k, predicted: predicted, actual: actual)
        }
    }

    /// Whether it looks at all models that are predicted, and not at a pick of the first.
    var isCorrelation: Bool {
        switch self {
        case .pearson, .spearman, .kendall, .weightedKendall: true
        case .regret, .scaledRegret, .relativeAccuracy, .percentile, .ndcg, .hit, .recall: false
        }
    }
}
