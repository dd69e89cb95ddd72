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
    public static func regret(at k: Int, predicted: [Double], actual: [Double]) -> Double? {
        guard let (picked, best) = bestPick(k, predicted, actual) else { return nil }
        let loss = best - picked
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
    /// 1 is perfect; undefined unless the best result is positive and finite.
    public static func relativeAccuracy(at k: Int, predicted: [Double], actual: [Double]) -> Double? {
        guard let (picked, best) = bestPick(k, predicted, actual), best > 0, best.isFinite else { return nil }
        return picked / best
    }

    /// Where the best of the `k` models with the highest predictions stands among all models: the share of the others
    /// with a lower actual result, those with an equal one counting half. 1 is the best model, 0 the worst; a random
    /// single pick has 0.5 on average.
    public static func percentile(at k: Int, predicted: [Double], actual: [Double]) -> Double? {
        guard let (picked, _) = bestPick(k, predicted, actual) else { return nil }
        var below = 0
        var equal = -1
        for result in actual {
            if result < picked { below += 1 }
            if result == picked { equal += 1 }
        }
        return (Double(below) + Double(equal) / 2) / Double(actual.count - 1)
    }

    /// The best actual result among the top `k`, and among all.
    private static func bestPick(_ k: Int, _ predicted: [Double], _ actual: [Double]) -> (Double, Double)? {
        guard k >= 1, comparableCount(predicted, actual) != nil,
            let picked = top(k, of: predicted).map({ actual[$0] }).max(), let best = actual.max()
        else { return nil }
        return (picked, best)
    }
}
