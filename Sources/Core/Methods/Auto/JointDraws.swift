/// Draws from the joint distribution of all models' results on a target.
struct JointDraws {
    let drawCount: Int
    let modelCount: Int
    /// `drawCount × modelCount`.
    let values: [Double]

    /// The order in which to fine-tune: each next model is the one that is expected to raise the best result so far the
    /// most, for the first `greedy`; the others follow by their predictions.
    ///
    /// - Complexity: O(draws × models × greedy).
    func order(values predicted: [Double], greedy: Int = 20) -> [Int] {
        var best = [Double](repeating: -.infinity, count: drawCount)
        var order: [Int] = []
        var isTaken = [Bool](repeating: false, count: modelCount)
        for step in 0..<min(greedy, modelCount) {
            var gains = [Double](repeating: 0, count: modelCount)
            if step == 0 {
                gains = predicted
            } else {
                for draw in 0..<drawCount {
                    let floor = best[draw]
                    for model in 0..<modelCount { gains[model] += max(0, values[draw * modelCount + model] - floor) }
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
            for draw in 0..<drawCount { best[draw] = max(best[draw], values[draw * modelCount + chosen]) }
        }
        let rest = (0..<modelCount).filter { !isTaken[$0] }
            .sorted { predicted[$0] != predicted[$1] ? predicted[$0] > predicted[$1] : $0 < $1 }
        return order + rest
    }

    /// For each k from 1, the share of draws whose best model is among the first k of `order`.
    func chanceOfBest(_ order: [Int]) -> [Double] {
        var place = [Int](repeating: 0, count: modelCount)
        for (position, model) in order.enumerated() { place[model] = position }
        var counts = [Int](repeating: 0, count: modelCount)
        for draw in 0..<drawCount {
            var best = 0
            for model in 1..<max(modelCount, 1)
            where values[draw * modelCount + model] > values[draw * modelCount + best] {
                best = model
            }
            if modelCount > 0 { counts[place[best]] += 1 }
        }
        var sum = 0
        return counts.map { count in
            sum += count
            return Double(sum) / Double(drawCount)
        }
    }
}
