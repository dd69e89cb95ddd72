/// Counts the inversions of a permuted array by merge sort, each weighing the sum of its two elements' weights.
///
/// O(n log n). The order it leaves behind is sorted by key, equal keys in the order they came.
struct WeightedInversions {
    /// Indices into `keys`: at first in the order to be judged, after ``count()`` in ascending order of key.
    private(set) var order: [Int]
    private let keys: [Double]
    private let weights: [Double]?
    private var buffer: [Int]

    /// - Parameter weights: an additive weight for each index, or `nil` where every inversion counts as 1.
    init(order: [Int], keys: [Double], weights: [Double]?) {
        self.order = order
        self.keys = keys
        self.weights = weights
        buffer = order
    }

    /// The summed weight of all pairs that stand in descending order of key.
    mutating func count() -> Double {
        sort(order.startIndex, order.endIndex)
    }

    private mutating func sort(_ start: Int, _ end: Int) -> Double {
        guard end - start > 1 else { return 0 }
        let middle = start + (end - start) / 2
        var inverted = sort(start, middle) + sort(middle, end)
        var left = start
        var right = middle
        // What the elements still waiting in the left half weigh together: each of them is overtaken
        // when an element of the right half goes before it.
        var waiting = 0.0
        if let weights { for position in start..<middle { waiting += weights[order[position]] } }
        for position in start..<end {
            if right == end || (left < middle && keys[order[left]] <= keys[order[right]]) {
                if let weights { waiting -= weights[order[left]] }
                buffer[position] = order[left]
                left += 1
            } else {
                let overtaken = Double(middle - left)
                inverted += weights.map { waiting + $0[order[right]] * overtaken } ?? overtaken
                buffer[position] = order[right]
                right += 1
            }
        }
        for position in start..<end { order[position] = buffer[position] }
        return inverted
    }
}
