/// Samples from the joint predictive distribution of all models' results on a target.
struct PosteriorSamples {
    let sampleCount: Int
    let modelCount: Int
    /// `sampleCount × modelCount`.
    let values: [Double]

    /// The order in which to fine-tune. The first model is the one with the highest prediction; each next one maximises
    /// the expected improvement over the best result of those before (Mockus, "On Bayesian methods for seeking the
    /// extremum", 1974), up to `greedy` of them; the others follow by their predictions.
    ///
    /// - Complexity: O(samples × models × greedy).
    func order(values predicted: [Double], greedy: Int = 20) -> [Int] {
        var best = [Double](repeating: -.infinity, count: sampleCount)
        var order: [Int] = []
        var isTaken = [Bool](repeating: false, count: modelCount)
        for step in 0..<min(greedy, modelCount) {
            var gains = [Double](repeating: 0, count: modelCount)
            if step == 0 {
                gains = predicted
            } else {
                for sample in 0..<sampleCount {
                    let incumbent = best[sample]
                    for model in 0..<modelCount {
                        gains[model] += max(0, values[sample * modelCount + model] - incumbent)
                    }
                }
            }
            var chosen = -1
            for model in 0..<modelCount where !isTaken[model] {
                let isBetter =
                    chosen < 0 || gains[model] > gains[chosen]
                    || (gains[model] == gains[chosen] && predicted[model] > predicted[chosen])
                if isBetter { chosen = model }
            }
            isTaken[chosen] = true
            order.append(chosen)
            for sample in 0..<sampleCount { best[sample] = max(best[sample], values[sample * modelCount + chosen]) }
        }
        let rest = (0..<modelCount).filter { !isTaken[$0] }
            .sorted { predicted[$0] != predicted[$1] ? predicted[$0] > predicted[$1] : $0 < $1 }
        return order + rest
    }

    /// For each k from 1, the share of samples whose best model is among the first k of `order`.
    func chanceOfBest(_ order: [Int]) -> [Double] {
        var place = [Int](repeating: 0, count: modelCount)
        for (position, model) in order.enumerated() { place[model] = position }
        var counts = [Int](repeating: 0, count: modelCount)
        for sample in 0..<sampleCount {
            var best = 0
            for model in 1..<max(modelCount, 1)
            where values[sample * modelCount + model] > values[sample * modelCount + best] {
                best = model
            }
            if modelCount > 0 { counts[place[best]] += 1 }
        }
        var sum = 0
        return counts.map { count in
            sum += count
            return Double(sum) / Double(sampleCount)
        }
    }
}
