extension Evaluation {
    /// The share of the actual results that lie inside their predictions' 80 % intervals: the mean over targets, seeds and
    /// folds, or of one target; `nil` for methods that give no intervals.
    public func coverage(method: String, target: Int? = nil) -> Double? {
        share(method: method, target: target) { prediction in
            prediction.intervals.map { intervals in
                { model, actual in intervals[model]?.contains(actual) ?? false }
            }
        }
    }

    /// The share of the actual results at or below the predicted quantile at the probability `chance`; the closer to it, the
    /// better calibrated. The mean over targets, seeds and folds; `nil` for methods that give no quantiles.
    public func shareBelow(chance: Double, method: String) -> Double? {
        share(method: method, target: nil) { prediction in
            prediction.quantiles.map { quantiles in
                let bounds = quantiles(chance)
                return { model, actual in actual <= bounds[model] }
            }
        }
    }

    /// The mean, over cells, of the share of models whose min-max normalised result is as asked.
    private func share(
        method: String, target: Int?, _ question: (Prediction) -> ((_ model: Int, _ actual: Double) -> Bool)?
    ) -> Double? {
        let judged = target.map { cells(of: method, target: $0) } ?? cells(of: method)
        return Measure.mean(
            of: judged.map { cell in
                let actual = cell.outcome.actual
                let all = zoo.results.values[zoo.results.column(cell.target)]
                guard !actual.isEmpty, let isSo = question(cell.prediction), let low = all.min(), let high = all.max(),
                    high > low
                else { return nil }
                let count = zip(cell.outcome.models, actual).count { isSo($0, ($1 - low) / (high - low)) }
                return Double(count) / Double(actual.count)
            })
    }
}
