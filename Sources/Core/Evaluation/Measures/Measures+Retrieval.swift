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

    /// 1 where the best model is among the `k` with the highest predictions, else 0; any of several equally good ones will
    /// do, and equal predictions are picked in their order.
    public static func hit(at k: Int, predicted: [Double], actual: [Double]) -> Double? {
        regret(at: k, predicted: predicted, actual: actual).map { $0 == 0 ? 1 : 0 }
    }

    /// The share of the `k` best models that is among the `k` with the highest predictions, or of all models where there
    /// are fewer.
    ///
    /// A model whose result equals that of the k-th best counts as one of them; equal predictions are picked in their order.
    public static func recall(at k: Int, predicted: [Double], actual: [Double]) -> Double? {
        guard k >= 1, comparableCount(predicted, actual) != nil else { return nil }
        let best = top(k, of: actual)
        guard let last = best.last else { return nil }
        let found = top(k, of: predicted).count { actual[$0] >= actual[last] }
        return Double(found) / Double(best.count)
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
