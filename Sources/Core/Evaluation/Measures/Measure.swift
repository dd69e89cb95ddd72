/// A measure of agreement as a value: to be listed in a table's header, chosen by name, and computed.
public enum Measure: Hashable, Sendable {
    case pearson
    case spearman
    case kendall
    case weightedKendall
    case regret(at: Int)
    case relativeAccuracy(at: Int)
    case percentile(at: Int)

    /// What an evaluation shows of each method and target.
    public static let standard: [Measure] = [
        .pearson, .spearman, .kendall, .weightedKendall, .regret(at: 1), .regret(at: 3), .regret(at: 5),
    ]

    /// Every measure, those of a top-k pick at 1, 3 and 5.
    public static let all: [Measure] =
        standard + [1, 3, 5].map { .relativeAccuracy(at: $0) } + [1, 3, 5].map { .percentile(at: $0) }

    /// The name in a table's header: `Pearson`, `weighted Kendall`, `regret@1`, ….
    public var name: String {
        switch self {
        case .pearson: "Pearson"
        case .spearman: "Spearman"
        case .kendall: "Kendall"
        case .weightedKendall: "weighted Kendall"
        case .regret(let k): "regret@\(k)"
        case .relativeAccuracy(let k): "relative accuracy@\(k)"
        case .percentile(let k): "percentile@\(k)"
        }
    }

    /// Whether more of it is better: all but regret.
    public var higherIsBetter: Bool {
        if case .regret = self { false } else { true }
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
        case .relativeAccuracy(let k): Measures.relativeAccuracy(at: k, predicted: predicted, actual: actual)
        case .percentile(let k): Measures.percentile(at: k, predicted: predicted, actual: actual)
        }
    }

    /// Whether the measure could say by how much it is uncertain: a correlation of two models is 1 or -1, whichever two
    /// they are, and an interval around it would claim a certainty that is not there.
    func canVary(over outcomes: [TargetOutcome]) -> Bool {
        !isCorrelation || outcomes.contains { $0.predictedCount > 2 }
    }

    private var isCorrelation: Bool {
        switch self {
        case .pearson, .spearman, .kendall, .weightedKendall: true
        case .regret, .relativeAccuracy, .percentile: false
        }
    }
}
