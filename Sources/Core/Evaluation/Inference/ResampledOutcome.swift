/// An outcome sorted once, so that it can be measured on many resamples of its models.
///
/// What is measured of a resample is what ``Measure/value(predicted:actual:)`` gives for the models written out as often as
/// they are drawn.
package struct ResampledOutcome {
    private let outcome: TargetOutcome
    /// Positions of the models that are predicted.
    private let known: [Int]
    /// The predictions and results of the models that are predicted.
    private let pairs: RankedPairs?
    /// Positions by descending prediction and by descending result.
    private let byPrediction: [Int]
    private let byResult: [Int]
    private let hasNaN: Bool

    /// - Complexity: O(n log n).
    package init(_ outcome: TargetOutcome) {
        self.outcome = outcome
        let predicted = outcome.predicted
        known = predicted.indices.filter { predicted[$0] != -.infinity }
        pairs = RankedPairs(known.map { predicted[$0] }, known.map { outcome.actual[$0] })
        byPrediction = Measures.top(predicted.count, of: predicted)
        byResult = Measures.top(predicted.count, of: outcome.actual)
        hasNaN = predicted.contains(where: \.isNaN) || outcome.actual.contains(where: \.isNaN)
    }

    /// The models, in the order of the counts that ``values(of:counts:)`` takes.
    var models: [Int] { outcome.models }

    /// The measure of the outcome itself.
    package func value(_ measure: Measure) -> Double? {
        switch measure {
        case .spearman: pairs.flatMap { $0.spearman($0.once) }
        case .kendall: pairs.flatMap { $0.kendall($0.once) }
        case .weightedKendall: pairs.flatMap { $0.weightedKendall($0.once) }
        default: measure.value(of: outcome)
        }
    }

    /// The measures of the resample that draws the model at each position `counts` times; `nil` where one is undefined.
    ///
    /// - Complexity: O(n log n), for Kendall's correlations; O(n) for the other two.
    package func values(of measures: [Measure], counts: [Int]) -> [Double?] {
        if hasNaN { return measures.map { writtenOut($0, counts) } }
        let knownCounts = known.count == counts.count ? counts : known.map { counts[$0] }
        lazy var kendalls = pairs?.bothKendalls(knownCounts)
        return measures.map { measure in
            switch measure {
            case .pearson: pairs?.pearson(knownCounts)
            case .spearman: pairs?.spearman(knownCounts)
            case .kendall: kendalls?.plain
            case .weightedKendall: kendalls?.weighted
            case .regret(let k): regret(at: k, counts)
            case .scaledRegret(let k): scaledRegret(at: k, counts)
            default: writtenOut(measure, counts)
            }
        }
    }

    private func regret(at k: Int, _ counts: [Int]) -> Double? {
        let isDrawn = { (position: Int) in counts[position] > 0 }
        let (predicted, actual) = (outcome.predicted, outcome.actual)
        // Predictions that are all alike choose nothing.
        guard k >= 1, let first = byPrediction.first(where: isDrawn), let last = byPrediction.last(where: isDrawn),
            predicted[first] != predicted[last], let best = byResult.first(where: isDrawn)
        else { return nil }
        var left = k
        var certain: Double?
        var tied: [(result: Double, count: Int)] = []
        var level = predicted[first]
        for position in byPrediction where isDrawn(position) {
            if predicted[position] != level {
                let count = tied.reduce(0) { $0 + $1.count }
                if count >= left { break }
                left -= count
                certain = max(certain ?? -.infinity, tied.map(\.result).max() ?? -.infinity)
                tied.removeAll(keepingCapacity: true)
                level = predicted[position]
            }
            tied.append((actual[position], counts[position]))
        }
        let loss = Measures.bestPicks(certain: certain, tied: tied, places: left)
            .reduce(0) { $0 + $1.share * (actual[best] - $1.result) }
        return loss.isNaN ? nil : loss
    }

    private func scaledRegret(at k: Int, _ counts: [Int]) -> Double? {
        let isDrawn = { (position: Int) in counts[position] > 0 }
        guard let loss = regret(at: k, counts), let best = byResult.first(where: isDrawn),
            let worst = byResult.last(where: isDrawn)
        else { return nil }
        let range = outcome.actual[best] - outcome.actual[worst]
        return range > 0 && range.isFinite ? loss / range : nil
    }

    private func writtenOut(_ measure: Measure, _ counts: [Int]) -> Double? {
        let positions = counts.indices.flatMap { [Int](repeating: $0, count: counts[$0]) }
        return measure.value(
            predicted: positions.map { outcome.predicted[$0] }, actual: positions.map { outcome.actual[$0] })
    }
}
