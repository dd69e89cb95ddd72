/// What a metric's name tells (``MetricKnowledge``), looked up once.
struct MetricMeaning {
    private(set) var isKnown = false
    private(set) var isBounded = false
    /// Whether its numbers are 0 to 100 by themselves, as those of BLEU and ROUGE.
    private(set) var isNaturallyPercent = false
    /// Whether it is a rate that may be above 1, as a word error rate is.
    private(set) var isUnboundedRate = false
    private(set) var canBeNegative = false
    private(set) var isAtLeastZero = false
    private(set) var higherIsBetter: Bool?

    /// Whether the numbers of an entry are on one scale, this metric's among them, and tell it (rule S).
    var goesByEntry: Bool { isBounded && !isNaturallyPercent }

    /// That of results whose metric is not named.
    init() {}

    init(_ name: String) {
        isKnown = MetricKnowledge.isKnown(name)
        isBounded = MetricKnowledge.isBounded(name)
        isNaturallyPercent = MetricKnowledge.naturalScale(name) == .percent
        isUnboundedRate = MetricKnowledge.isUnboundedRate(name)
        canBeNegative = MetricKnowledge.canBeNegative(name)
        isAtLeastZero = MetricKnowledge.isAtLeastZero(name)
        higherIsBetter = MetricKnowledge.higherIsBetter(name)
    }
}
