import Foundation

/// The measures of information retrieval: how much of the top is found.
extension Measures {
    /// The normalised discounted cumulative gain of the `k` models with the highest predictions (Järvelin and Kekäläinen,
    /// ACM TOIS 2002): the sum of their gains, the one at rank i divided by log2(i + 1), over the greatest such sum.
    ///
    /// A model's gain is its min-max normalised result. Equal predictions share the mean of their gains, so that the order
    /// they stand in is of no consequence (McSherry and Najork, ECIR 2008). In 0...1; undefined where all results are
    /// equal or one is infinite. O(n log n). Agrees with scikit-learn's `ndcg_score`.
    public static func ndcg(at k: Int, predicted: [Double], actual: [Double]) -> Double? {
        guard k >= 1, comparableCount(predicted, actual) != nil, let low = actual.min(), let high = actual.max(),
            low < high, (high - low).isFinite
        else { return nil }
        let gains = actual.map { ($0 - low) / (high - low) }
        let ideal = discountedGain(at: k, gains: gains, scores: gains)
        return min(1, discountedGain(at: k, gains: gains, scores: predicted) / ideal)
    }

    /// The chance that the best model is among the `k` with the highest predictions: 1 or 0, but where equal predictions
    /// share the `k`-th place. Of several best models any will do.
    ///
    /// It is the mean over all orders of equal predictions, as ``regret(at:predicted:actual:)`` is.
    public static func hit(at k: Int, predicted: [Double], actual: [Double]) -> Double? {
        guard let picks = bestPicks(k, predicted, actual), let best = actual.max() else { return nil }
        let (found, all) = picks.reduce((0.0, 0.0)) { sums, pick in
            (sums.0 + (pick.result == best ? pick.share : 0), sums.1 + pick.share)
        }
        return found / all
    }

    /// The share of the `k` models with the highest predictions that are among the `k` best, or of all models where there
    /// are fewer. Models that are as good as the `k`-th best are among them.
    ///
    /// It is the mean over all orders of equal predictions, so that the order that models stand in changes nothing. O(n log n).
    public static func recall(at k: Int, predicted: [Double], actual: [Double]) -> Double? {
        guard k >= 1, comparableCount(predicted, actual) != nil,
            let least = top(k, of: actual).last.map({ actual[$0] }),
            let last = top(k, of: predicted).last.map({ predicted[$0] })
        else { return nil }
        let places = min(k, predicted.count)
        let tied = predicted.indices.filter { predicted[$0] == last }
        let certain = predicted.indices.count { predicted[$0] > last && actual[$0] >= least }
        let share = Double(places - predicted.count { $0 > last }) / Double(tied.count)
        return (Double(certain) + share * Double(tied.count { actual[$0] >= least })) / Double(places)
    }

    private static func discountedGain(at k: Int, gains: [Double], scores: [Double]) -> Double {
        let order = top(scores.count, of: scores)
        var sum = 0.0
        var start = 0
        while start < min(k, order.count) {
            var end = start
            var gain = 0.0
            while end < order.count && scores[order[end]] == scores[order[start]] {
                gain += gains[order[end]]
                end += 1
            }
            let discounts = (start..<min(end, k)).reduce(0) { $0 + 1 / log2(Double($1 + 2)) }
            sum += gain / Double(end - start) * discounts
            start = end
        }
        return sum
    }
}
