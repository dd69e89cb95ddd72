extension Measures {
    /// The models a user would try first: the indices of the `k` highest predictions, best first; equal predictions
    /// in the order they stand in. All of them if there are fewer than `k`. O(n log n).
    public static func top(_ k: Int, of predicted: [Double]) -> [Int] {
        let order = predicted.indices.sorted { one, other in
            predicted[one] == predicted[other] ? one < other : predicted[one] > predicted[other]
        }
        return Array(order.prefix(max(k, 0)))
    }

    /// What is lost by fine-tuning only the `k` models with the highest predictions: the best actual result of all
    /// minus the best among those. In the unit of `actual`; 0 is perfect.
    ///
    /// Of equal predictions at the `k`-th place any may be tried: it is the mean over all choices among them, so that the
    /// order that models stand in changes nothing.
    public static func regret(at k: Int, predicted: [Double], actual: [Double]) -> Double? {
        guard let picks = bestPicks(k, predicted, actual), let best = actual.max() else { return nil }
        let loss = picks.reduce(0) { $0 + $1.share * (best - $1.result) }
        return loss.isNaN ? nil : loss
    }

    /// The regret over the range of the actual results, so that datasets in different units can be averaged: 0 is
    /// perfect, 1 the worst model there is. Undefined where all results are alike or one is infinite.
    public static func scaledRegret(at k: Int, predicted: [Double], actual: [Double]) -> Double? {
        guard let loss = regret(at: k, predicted: predicted, actual: actual), let low = actual.min(),
            let high = actual.max(), low < high, (high - low).isFinite
        else { return nil }
        return loss / (high - low)
    }

    /// The best actual result among the `k` models with the highest predictions, over the best of all.
    ///
    /// 1 is perfect; undefined where a result is below 0, or unless the best is positive and finite.
    public static func relativeAccuracy(at k: Int, predicted: [Double], actual: [Double]) -> Double? {
        guard let picks = bestPicks(k, predicted, actual), let best = actual.max(), let worst = actual.min(),
            worst >= 0, best > 0, best.isFinite
        else { return nil }
        return picks.reduce(0) { $0 + $1.share * $1.result / best }
    }

    /// Where the best of the `k` models with the highest predictions stands among all models: the share of the others
    /// with a lower actual result, those with an equal one counting half. 1 is the best model, 0 the worst; a random
    /// single pick has 0.5 on average.
    public static func percentile(at k: Int, predicted: [Double], actual: [Double]) -> Double? {
        guard let picks = bestPicks(k, predicted, actual) else { return nil }
        var sum = 0.0
        for pick in picks {
            let below = Double(actual.count { $0 < pick.result })
            let others = Double(actual.count { $0 == pick.result } - 1)
            sum += pick.share * (below + others / 2)
        }
        return sum / Double(actual.count - 1)
    }

    /// The best actual result among the top `k`, for each that it can be where equal predictions share the `k`-th place, with
    /// the share of the choices among them that give it.
    static func bestPicks(
        _ k: Int, _ predicted: [Double], _ actual: [Double]
    ) -> [(result: Double, share: Double)]? {
        guard k >= 1, comparableCount(predicted, actual) != nil else { return nil }
        let order = top(predicted.count, of: predicted)
        guard let last = order.prefix(k).last else { return nil }
        let certain = order.filter { predicted[$0] > predicted[last] }
        let tied = order.filter { predicted[$0] == predicted[last] }
        return bestPicks(
            certain: certain.map { actual[$0] }.max(), tied: tied.map { (actual[$0], 1) },
            places: min(k, order.count) - certain.count)
    }

    /// The same where so many places are left for models of equal predictions, given by their results and how often each
    /// stands there.
    ///
    /// - Complexity: O(n (log n + places)) for n of them.
    static func bestPicks(
        certain: Double?, tied: [(result: Double, count: Int)], places: Int
    ) -> [(result: Double, share: Double)] {
        let tied = tied.sorted { $0.result < $1.result }
        let total = tied.reduce(0) { $0 + $1.count }
        guard places < total else {
            return [certain, tied.last?.result].compactMap(\.self).max().map { [($0, 1)] } ?? []
        }
        var picks: [(result: Double, share: Double)] = []
        var (before, count) = (0.0, 0)
        for item in tied {
            count += item.count
            // The share of the choices whose best is no better than this one.
            let upTo = (0..<places).reduce(1.0) { $0 * max(0, Double(count - $1)) / Double(total - $1) }
            if upTo > before { picks.append((max(certain ?? -.infinity, item.result), upTo - before)) }
            before = upTo
        }
        return picks
    }
}
