/// A confidence interval.
public struct Interval: Sendable, Equatable {
    public let lower: Double
    public let upper: Double
    /// The confidence it was made for, 0.95 for a 95 % interval.
    public let level: Double

    public init(lower: Double, upper: Double, level: Double) {
        self.lower = lower
        self.upper = upper
        self.level = level
    }

    public func contains(_ value: Double) -> Bool {
        lower <= value && value <= upper
    }

    /// The middle `level` of a sample, between order statistics by linear interpolation; `nil` of no values.
    static func percentile(of sample: [Double], level: Double) -> Interval? {
        guard !sample.isEmpty else { return nil }
        let sorted = sample.sorted()
        func quantile(_ share: Double) -> Double {
            let position = share * Double(sorted.count - 1)
            let below = Int(position)
            let above = min(below + 1, sorted.count - 1)
            // Equal neighbours first: the difference of two infinities is no number.
            if sorted[below] == sorted[above] { return sorted[below] }
            return sorted[below] + (sorted[above] - sorted[below]) * (position - Double(below))
        }
        let tail = (1 - level) / 2
        return Interval(lower: quantile(tail), upper: quantile(1 - tail), level: level)
    }
}
