extension Measures {
    /// Pearson's product-moment correlation. O(n).
    ///
    /// Infinite values have no mean, so one of them makes it undefined.
    public static func pearson(predicted: [Double], actual: [Double]) -> Double? {
        guard comparableCount(predicted, actual) != nil,
            let first = deviations(predicted), let second = deviations(actual)
        else { return nil }
        var product = 0.0
        for index in first.values.indices { product += first.values[index] * second.values[index] }
        return correlation(product / first.norm / second.norm)
    }

    /// Spearman's rank correlation: Pearson's of the ranks, tied values sharing the mean of theirs. O(n log n).
    public static func spearman(predicted: [Double], actual: [Double]) -> Double? {
        guard comparableCount(predicted, actual) != nil else { return nil }
        return pearson(predicted: averageRanks(predicted), actual: averageRanks(actual))
    }

    /// Kendall's tau-b, corrected for ties (Kendall, "The treatment of ties in ranking problems", Biometrika 1945),
    /// by Knight's merge sort (JASA 1966). O(n log n).
    public static func kendall(predicted: [Double], actual: [Double]) -> Double? {
        guard let count = comparableCount(predicted, actual) else { return nil }
        let order = lexicographicOrder(predicted, actual)
        let total = count * (count - 1) / 2
        let tiedPredicted = pairsWithinRuns(order) { predicted[$0] == predicted[$1] }
        let tiedBoth = pairsWithinRuns(order) { predicted[$0] == predicted[$1] && actual[$0] == actual[$1] }
        var sorter = WeightedInversions(order: order, keys: actual, weights: nil)
        let discordant = Int(sorter.count())
        let tiedActual = pairsWithinRuns(sorter.order) { actual[$0] == actual[$1] }
        guard tiedPredicted < total, tiedActual < total else { return nil }
        let numerator = Double(total - tiedPredicted - tiedActual + tiedBoth - 2 * discordant)
        return correlation(
            numerator / Double(total - tiedPredicted).squareRoot() / Double(total - tiedActual).squareRoot())
    }

    /// The value minus the mean, over the largest such difference, and the Euclidean length of the result;
    /// `nil` if all values are equal or one is infinite.
    private static func deviations(_ values: [Double]) -> (values: [Double], norm: Double)? {
        guard let first = values.first, values.contains(where: { $0 != first }) else { return nil }
        let size = values.reduce(0) { max($0, abs($1)) }
        // Values whose sum or difference is beyond what a number can hold: a power of two changes no digit of them.
        if size.isFinite, size > .greatestFiniteMagnitude / Double(2 * values.count) {
            return deviations(values.map { $0 * 0x1p-64 })
        }
        let mean = values.reduce(0, +) / Double(values.count)
        guard mean.isFinite else { return nil }
        let differences = values.map { $0 - mean }
        let largest = differences.reduce(0) { max($0, abs($1)) }
        guard largest > 0, largest.isFinite else { return nil }
        let scaled = differences.map { $0 / largest }
        return (scaled, scaled.reduce(0) { $0 + $1 * $1 }.squareRoot())
    }

    /// Ranks from 1, ascending; tied values share the mean of their ranks.
    static func averageRanks(_ values: [Double]) -> [Double] {
        let order = values.indices.sorted { values[$0] < values[$1] }
        var ranks = [Double](repeating: 0, count: values.count)
        var start = 0
        while start < order.count {
            var end = start + 1
            while end < order.count && values[order[end]] == values[order[start]] { end += 1 }
            for position in start..<end { ranks[order[position]] = Double(start + end + 1) / 2 }
            start = end
        }
        return ranks
    }

    /// Indices by ascending `first`, ties by ascending `second`, then by index.
    static func lexicographicOrder(_ first: [Double], _ second: [Double]) -> [Int] {
        first.indices.sorted { one, other in
            if first[one] != first[other] { return first[one] < first[other] }
            if second[one] != second[other] { return second[one] < second[other] }
            return one < other
        }
    }

    /// The number of pairs within the runs of neighbours that `equal` joins.
    private static func pairsWithinRuns(_ order: [Int], _ equal: (Int, Int) -> Bool) -> Int {
        var pairs = 0
        var run = 1
        for position in order.indices.dropFirst() {
            if equal(order[position - 1], order[position]) {
                pairs += run
                run += 1
            } else {
                run = 1
            }
        }
        return pairs
    }
}
