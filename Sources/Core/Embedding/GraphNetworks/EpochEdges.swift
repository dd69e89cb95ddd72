/// Which edges each epoch of a sampled training goes through.
package struct EpochEdges {
    /// All edges; in the order of the epochs where an epoch is a part of them.
    package private(set) var all: [NodePair]
    private let count: Int
    /// How many edges of the present round epochs have gone through.
    private var done: Int

    /// - Parameter count: the edges of an epoch, no more than there are.
    package init(_ edges: [NodePair], count: Int) {
        all = edges
        self.count = count
        done = edges.count
    }

    /// The edges of the next epoch in a random order: all, or the next ones of a round in which each comes once.
    package mutating func next(using generator: inout SeededGenerator) -> [NodePair] {
        guard count < all.count else { return all.shuffled(using: &generator) }
        var edges = Array(all[done..<min(all.count, done + count)])
        done += edges.count
        if edges.count < count {
            all.shuffle(using: &generator)
            done = count - edges.count
            edges += all[..<done]
        }
        return edges
    }
}
