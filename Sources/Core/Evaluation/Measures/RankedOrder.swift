/// Models in the ascending order of one value, ties in that of another, with their ranks by both.
struct RankedOrder {
    private struct Entry {
        let index: Int32
        /// The position among the distinct first values, and among the distinct second values, from 0.
        var first: Int32
        var second: Int32
    }

    private var entries: [Entry]

    /// - Precondition: the arrays are of one length and hold no NaN.
    /// - Complexity: O(n log n).
    init(_ first: [Double], then second: [Double]) {
        let firstRanks = Self.denseRanks(first)
        let secondRanks = Self.denseRanks(second)
        entries = first.indices.map { Entry(index: Int32($0), first: firstRanks[$0], second: secondRanks[$0]) }
        sort()
    }

    /// The same models in the order of the other value.
    var transposed: RankedOrder {
        var other = self
        for position in entries.indices {
            other.entries[position].first = entries[position].second
            other.entries[position].second = entries[position].first
        }
        other.sort()
        return other
    }

    private mutating func sort() {
        entries.sort { ($0.first, $0.second, $0.index) < ($1.first, $1.second, $1.index) }
    }

    private static func denseRanks(_ values: [Double]) -> [Int32] {
        let order = values.indices.sorted { values[$0] < values[$1] }
        var ranks = [Int32](repeating: 0, count: values.count)
        for (before, index) in zip(order, order.dropFirst()) {
            ranks[index] = ranks[before] + (values[index] != values[before] ? 1 : 0)
        }
        return ranks
    }

    /// Each model's rank by the first value, from 1, with each model taken `counts` times; tied values share the mean of
    /// their ranks. O(n).
    func averageRanks(_ counts: [Int]) -> [Double] {
        var ranks = [Double](repeating: 0, count: counts.count)
        var before = 0
        var start = 0
        while start < entries.count {
            var end = start
            var drawn = 0
            while end < entries.count && entries[end].first == entries[start].first {
                drawn += counts[Int(entries[end].index)]
                end += 1
            }
            let mean = Double(before) + Double(drawn + 1) / 2
            for position in start..<end { ranks[Int(entries[position].index)] = mean }
            before += drawn
            start = end
        }
        return ranks
    }

    /// Compares all pairs of models, each model taken `counts` times: with all pairs weighing the same, and with a pair
    /// weighing the sum of its models' weights, 1/(rank + 1) with ranks from 0 at the order's end.
    ///
    /// Discordant pairs are counted by Knight's method (JASA 1966) with a Fenwick tree over the second value's ranks: along
    /// the order, each model is discordant with those before it that have a greater one.
    ///
    /// - Complexity: O(n log n).
    func comparePairs(_ counts: [Int]) -> (plain: PairWeights, weighted: PairWeights) {
        var comparison = PairComparison(ranks: entries.count, rank: counts.reduce(0, +))
        for entry in entries {
            let count = counts[Int(entry.index)]
            if count > 0 { comparison.add(count, first: entry.first, second: entry.second) }
        }
        return comparison.finished()
    }
}

/// The pairs among models that are added one after the other in the order of their first, then their second value.
private struct PairComparison {
    private var plain = PairWeights()
    private var weighted = PairWeights()
    private var tree: FenwickTree
    /// All models so far; of those the ones with the present first value, of these the ones with the present second value.
    private var all = Draws()
    private var first = Draws()
    private var both = Draws()
    /// The models with each second value.
    private var seconds: [Draws]
    private var last: (first: Int32, second: Int32) = (-1, -1)
    /// How many models are still to come.
    private var rank: Int

    init(ranks: Int, rank: Int) {
        tree = FenwickTree(size: ranks)
        seconds = [Draws](repeating: Draws(), count: ranks)
        self.rank = rank
    }

    mutating func add(_ count: Int, first: Int32, second: Int32) {
        var draws = Draws(count: count, weight: 0)
        for _ in 0..<count {
            draws.weight += 1 / Double(rank)
            rank -= 1
        }
        if first != last.first { closeFirst() }
        if first != last.first || second != last.second { closeBoth() }
        last = (first, second)
        self.first.add(draws)
        both.add(draws)
        seconds[Int(second)].add(draws)
        let lower = tree.sum(through: Int(second))
        let greater = Draws(count: all.count - lower.count, weight: all.weight - lower.weight)
        plain.discordant += 2 * Double(greater.count) * Double(count)
        weighted.discordant += draws.weight * Double(greater.count) + greater.weight * Double(count)
        all.add(draws)
        tree.add(draws, at: Int(second))
    }

    private mutating func closeFirst() {
        plain.tiedFirst += first.plainPairs
        weighted.tiedFirst += first.weightedPairs
        first = Draws()
    }

    private mutating func closeBoth() {
        plain.tiedBoth += both.plainPairs
        weighted.tiedBoth += both.weightedPairs
        both = Draws()
    }

    mutating func finished() -> (plain: PairWeights, weighted: PairWeights) {
        closeFirst()
        closeBoth()
        for draws in seconds {
            plain.tiedSecond += draws.plainPairs
            weighted.tiedSecond += draws.weightedPairs
        }
        plain.all = all.plainPairs
        weighted.all = all.weightedPairs
        return (plain, weighted)
    }
}

/// Some draws of models with the sum of their weights.
private struct Draws {
    var count = 0
    var weight = 0.0

    mutating func add(_ other: Draws) {
        count += other.count
        weight += other.weight
    }

    /// The pairs among them, each weighing two.
    var plainPairs: Double { Double(count) * Double(max(count - 1, 0)) }
    /// The summed weight of the pairs among them: each draw is in `count - 1`.
    var weightedPairs: Double { weight * Double(max(count - 1, 0)) }
}

/// Running sums by rank (Fenwick, "A new data structure for cumulative frequency tables", 1994).
private struct FenwickTree {
    private var nodes: [Draws]

    init(size: Int) {
        nodes = [Draws](repeating: Draws(), count: size + 1)
    }

    /// O(log size).
    mutating func add(_ draws: Draws, at rank: Int) {
        var node = rank + 1
        while node < nodes.count {
            nodes[node].add(draws)
            node += node & -node
        }
    }

    /// The sum over the ranks up to this one. O(log size).
    func sum(through rank: Int) -> Draws {
        var sum = Draws()
        var node = rank + 1
        while node > 0 {
            sum.add(nodes[node])
            node -= node & -node
        }
        return sum
    }
}
