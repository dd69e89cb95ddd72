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

    /// The t interval of the mean of a measure over datasets, of which `values` are a sample.
    ///
    /// The variance of the mean is s²/T plus `sharedVariance` (see ``ModelVariation/sharedVariance``), the sum over two
    /// ways that values belong together (Cameron, Gelbach and Miller, "Robust inference with multiway clustering", JBES
    /// 2011). With T - 1 degrees of freedom, the fewest it can have, the interval is rather too wide than too narrow.
    ///
    /// - Returns: `nil` of fewer than two values, and of values that are all the same: their spread is unknown.
    package static func ofMean(
        _ values: [Double], sharedVariance: Double, within range: ClosedRange<Double>, level: Double
    ) -> Interval? {
        guard values.count > 1, let least = values.min(), let greatest = values.max(),
            greatest - least > 1e-12 * max(abs(least), abs(greatest))
        else { return nil }
        let count = Double(values.count)
        let mean = values.reduce(0, +) / count
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
        let error = (variance / count + sharedVariance).squareRoot()
        guard error.isFinite else { return nil }
        let reach = StudentT.quantile(twoSided: level, degreesOfFreedom: values.count - 1) * error
        return Interval(
            lower: max(mean - reach, range.lowerBound), upper: min(mean + reach, range.upperBound), level: level)
    }

    /// The middle `level` of a sample, between order statistics by linear interpolation; `nil` of no values.
    package static func percentile(of sample: [Double], level: Double) -> Interval? {
        guard !sample.isEmpty else { return nil }
        let sorted = sample.sorted()
        func quantile(_ share: Double) -> Double {
            let position = share * Double(sorted.count - 1)
            let below = Int(position)
            let above = min(below + 1, sorted.count - 1)
            let share = position - Double(below)
            // Values may be infinite, and nothing lies between two of these.
            guard share > 0, sorted[below] != sorted[above] else { return sorted[below] }
            return sorted[below] + (sorted[above] - sorted[below]) * share
        }
        let tail = (1 - level) / 2
        return Interval(lower: quantile(tail), upper: quantile(1 - tail), level: level)
    }
}
