extension Measures {
    /// The weighted Kendall tau of Vigna ("A weighted correlation index for rankings with ties", WWW 2015): a pair
    /// counts the more, the nearer its models are to the top, by 1/(rank + 1) of each, ranks from 0. O(n log n).
    ///
    /// The mean of two values, one ranking the models by `predicted` (ties by `actual`) and one by `actual` (ties by
    /// `predicted`), which is what `scipy.stats.weightedtau` does by default; so the order of the arguments is of no
    /// consequence.
    public static func weightedKendall(predicted: [Double], actual: [Double]) -> Double? {
        guard let byPredicted = weightedKendallRankedByFirst(predicted, actual),
            let byActual = weightedKendallRankedByFirst(actual, predicted)
        else { return nil }
        return correlation((byPredicted + byActual) / 2)
    }

    /// The weighted tau whose ranks follow `first` alone, ties by `second`: `scipy.stats.weightedtau(first, second,
    /// rank=None)`. O(n log n).
    public static func weightedKendallRankedByFirst(_ first: [Double], _ second: [Double]) -> Double? {
        guard let count = comparableCount(first, second) else { return nil }
        let order = lexicographicOrder(first, second)
        var weights = [Double](repeating: 0, count: count)
        for (position, index) in order.enumerated() { weights[index] = 1 / Double(count - position) }

        let total = weights.reduce(0, +) * Double(count - 1)
        let tiedFirst = weightWithinRuns(order, weights) { first[$0] == first[$1] }
        let tiedBoth = weightWithinRuns(order, weights) { first[$0] == first[$1] && second[$0] == second[$1] }
        var sorter = WeightedInversions(order: order, keys: second, weights: weights)
        let discordant = sorter.count()
        let tiedSecond = weightWithinRuns(sorter.order, weights) { second[$0] == second[$1] }
        guard first.contains(where: { $0 != first[0] }), second.contains(where: { $0 != second[0] }) else {
            return nil
        }
        let numerator = total - tiedFirst - tiedSecond + tiedBoth - 2 * discordant
        return correlation(numerator / (total - tiedFirst).squareRoot() / (total - tiedSecond).squareRoot())
    }

    /// The summed weight of the pairs within the runs of neighbours that `equal` joins: in a run of m, every element
    /// is in m - 1 pairs.
    private static func weightWithinRuns(
        _ order: [Int], _ weights: [Double], _ equal: (Int, Int) -> Bool
    ) -> Double {
        var sum = 0.0
        var run = 0
        var weight = 0.0
        for position in order.indices {
            if position > 0 && !equal(order[position - 1], order[position]) {
                sum += weight * Double(run - 1)
                run = 0
                weight = 0
            }
            run += 1
            weight += weights[order[position]]
        }
        return sum + weight * Double(max(run - 1, 0))
    }
}
