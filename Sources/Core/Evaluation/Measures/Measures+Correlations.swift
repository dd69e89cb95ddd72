extension Measures {
    /// Pearson's product-moment correlation. O(n).
    ///
    /// Infinite values have no mean, so one of them makes it undefined.
    public static func pearson(predicted: [Double], actual: [Double]) -> Double? {
        guard let count = comparableCount(predicted, actual) else { return nil }
        return pearson(predicted, actual, [Int](repeating: 1, count: count))
    }

    /// Spearman's rank correlation: Pearson's of the ranks, tied values sharing the mean of theirs. O(n log n).
    public static func spearman(predicted: [Double], actual: [Double]) -> Double? {
        RankedPairs(predicted, actual).flatMap { $0.spearman($0.once) }
    }

    /// Kendall's tau-b, corrected for ties (Kendall, "The treatment of ties in ranking problems", Biometrika 1945).
    /// O(n log n).
    public static func kendall(predicted: [Double], actual: [Double]) -> Double? {
        RankedPairs(predicted, actual).flatMap { $0.kendall($0.once) }
    }

    /// The weighted Kendall tau of Vigna ("A weighted correlation index for rankings with ties", WWW 2015): a pair
    /// counts the more, the nearer its models are to the top, by 1/(rank + 1) of each, ranks from 0. O(n log n).
    ///
    /// The mean of two values, one ranking the models by `predicted` (ties by `actual`) and one by `actual` (ties by
    /// `predicted`), which is what `scipy.stats.weightedtau` does by default; so the order of the arguments is of no
    /// consequence.
    public static func weightedKendall(predicted: [Double], actual: [Double]) -> Double? {
        RankedPairs(predicted, actual).flatMap { $0.weightedKendall($0.once) }
    }

    /// The weighted tau whose ranks follow `first` alone, ties by `second`: `scipy.stats.weightedtau(first, second,
    /// rank=None)`. O(n log n).
    public static func weightedKendallRankedByFirst(_ first: [Double], _ second: [Double]) -> Double? {
        RankedPairs(first, second).flatMap { $0.weightedKendallRankedByFirst($0.once) }
    }

    /// Pearson's correlation with each pair of values taken `counts` times. O(n).
    static func pearson(_ first: [Double], _ second: [Double], _ counts: [Int]) -> Double? {
        guard let one = Deviation(in: first, counts), let other = Deviation(in: second, counts) else { return nil }
        var (product, firstSquare, secondSquare) = (0.0, 0.0, 0.0)
        for index in counts.indices where counts[index] > 0 {
            let count = Double(counts[index])
            let (x, y) = (one.of(first[index]), other.of(second[index]))
            product += count * x * y
            firstSquare += count * x * x
            secondSquare += count * y * y
        }
        return correlation(product / firstSquare.squareRoot() / secondSquare.squareRoot())
    }

    /// How far values lie from their mean, in units of the largest such distance.
    private struct Deviation {
        private var factor = 1.0
        private let mean: Double
        private let largest: Double

        /// - Returns: `nil` if all values that count are equal or one is infinite.
        init?(in values: [Double], _ counts: [Int]) {
            var total = 0
            var (least, greatest) = (Double.infinity, -Double.infinity)
            for index in values.indices where counts[index] > 0 {
                total += counts[index]
                least = min(least, values[index])
                greatest = max(greatest, values[index])
            }
            guard least < greatest, least.isFinite, greatest.isFinite else { return nil }
            // Values whose sum or difference is beyond what a number can hold: a power of two changes no digit of them.
            if max(-least, greatest) > .greatestFiniteMagnitude / Double(2 * total) { factor = 0x1p-64 }
            var sum = 0.0
            for index in values.indices where counts[index] > 0 {
                sum += Double(counts[index]) * (values[index] * factor)
            }
            mean = sum / Double(total)
            largest = max(greatest * factor - mean, mean - least * factor)
            guard largest > 0 else { return nil }
        }

        @inline(__always)
        func of(_ value: Double) -> Double { (value * factor - mean) / largest }
    }
}
