import Support

/// Draws from discrete distributions in constant time (Walker 1977; the tables are made by Vose's method, 1991).
///
/// One value holds the tables of one distribution, or of many laid end to end as the rows of a graph are.
struct AliasTable: Sendable {
    /// For each outcome, the share of its column that is its own, as a 32-bit fraction.
    private var thresholds: [UInt32]
    /// For each outcome, the one that the rest of its column belongs to, counted from the start of its distribution.
    private var aliases: [Int32]

    /// The table of one distribution.
    ///
    /// - Parameter weights: the outcomes' weights, not negative, with a positive sum.
    /// - Complexity: O(n) time and memory.
    init(_ weights: [Float]) {
        self.init(count: weights.count)
        var scratch = Scratch()
        fill(weights.indices, with: weights, scratch: &scratch)
    }

    /// A table for each row of the graph: entry `e` of the graph is outcome `e` here.
    init(rowsOf graph: CSRGraph, work: Work) throws(Cancelled) {
        self.init(count: graph.entryCount)
        var scratch = Scratch()
        for node in 0..<graph.nodeCount {
            if node & 0x3FF == 0 { try work.check() }
            fill(graph.row(node), with: graph.weights, scratch: &scratch)
        }
    }

    private init(count: Int) {
        thresholds = [UInt32](repeating: .max, count: count)
        aliases = [Int32](repeating: 0, count: count)
    }

    /// The outcome that 64 random bits name, within the distribution that lies at `range`.
    ///
    /// The column is the whole part of `bits · count / 2⁶⁴`; what follows the point is uniform, and decides within it.
    @inline(__always)
    func outcome(of bits: UInt64, in range: Range<Int>) -> Int {
        let product = bits.multipliedFullWidth(by: UInt64(truncatingIfNeeded: range.count))
        let column = range.lowerBound &+ Int(truncatingIfNeeded: product.high)
        let share = UInt32(truncatingIfNeeded: product.low >> 32)
        return share < thresholds[column] ? column : range.lowerBound &+ Int(aliases[column])
    }

    /// An outcome of a table that holds one distribution.
    @inline(__always)
    func draw(using generator: inout SeededGenerator) -> Int {
        outcome(of: generator.next(), in: 0..<thresholds.count)
    }

    /// Room that the making of several tables shares.
    private struct Scratch {
        var shares: [Float] = []
        var small: [Int32] = []
        var large: [Int32] = []
    }

    private mutating func fill(_ range: Range<Int>, with weights: [Float], scratch: inout Scratch) {
        let count = range.count
        let start = range.lowerBound
        var sum = 0.0
        for position in range { sum += Double(weights[position]) }
        guard sum > 0 else { return }
        scratch.shares.removeAll(keepingCapacity: true)
        scratch.small.removeAll(keepingCapacity: true)
        scratch.large.removeAll(keepingCapacity: true)
        for outcome in 0..<Int32(count) {
            let share = Float(Double(weights[start + Int(outcome)]) * Double(count) / sum)
            scratch.shares.append(share)
            aliases[start + Int(outcome)] = outcome
            if share < 1 { scratch.small.append(outcome) } else { scratch.large.append(outcome) }
        }
        while let more = scratch.large.last, let less = scratch.small.popLast() {
            let share = scratch.shares[Int(less)]
            thresholds[start + Int(less)] = UInt32(Double(share) * 0x1p32)
            aliases[start + Int(less)] = more
            scratch.shares[Int(more)] -= 1 - share
            if scratch.shares[Int(more)] < 1 {
                scratch.large.removeLast()
                scratch.small.append(more)
            }
        }
    }
}
