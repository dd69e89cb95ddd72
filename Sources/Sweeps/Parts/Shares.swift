/// Which tasks each part has.
public enum Shares {
    /// Tasks shared out so that the parts take about equally long: longest first, each to the least loaded part
    /// (Graham's longest-processing-time rule: the slowest part takes at most 4/3 of the best possible).
    ///
    /// - Parameters:
    ///   - weights: about how long each task takes, in any unit; above 0.
    ///   - parts: at least 1; if there are more parts than tasks, some have none.
    /// - Returns: each part's tasks in ascending order. The same weights give the same shares on every machine.
    /// - Complexity: O(n log n + n · parts).
    public static func balanced(weights: [Double], parts: Int) -> [[Int]] {
        var shares = [[Int]](repeating: [], count: parts)
        var loads = [Double](repeating: 0, count: parts)
        let order = weights.indices.sorted { (weights[$1], $0) < (weights[$0], $1) }
        for task in order {
            var least = 0
            for part in 1..<max(parts, 1) where (loads[part], shares[part].count) < (loads[least], shares[least].count)
            {
                least = part
            }
            shares[least].append(task)
            loads[least] += weights[task]
        }
        return shares.map { $0.sorted() }
    }
}
