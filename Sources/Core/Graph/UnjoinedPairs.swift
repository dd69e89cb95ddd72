/// What a graph knows of pairs of a model and a dataset that are no edges: for learning, not for drawing.
public struct UnjoinedPairs: Sendable, Equatable {
    /// Pairs that speak against each other, by weight. By the paper's recipe those whose result is below the threshold, with
    /// one minus the normalised result; by the own those that are worse than expected.
    public var negative: [CSRGraph.Edge]
    /// Pairs that speak for each other, but too lightly for an edge: by the own recipe those that are a little better than
    /// expected.
    public var faint: [CSRGraph.Edge]

    public init(negative: [CSRGraph.Edge] = [], faint: [CSRGraph.Edge] = []) {
        self.negative = negative
        self.faint = faint
    }

    /// The pairs that are not among some others, whichever way round: those that are to be told apart are kept from a learner.
    ///
    /// - Complexity: linear in both.
    func without(_ others: [CSRGraph.Edge]) -> UnjoinedPairs {
        let left = Set(others.map { Self.key($0.from, $0.to) })
        return UnjoinedPairs(
            negative: negative.filter { !left.contains(Self.key($0.from, $0.to)) },
            faint: faint.filter { !left.contains(Self.key($0.from, $0.to)) })
    }

    /// One number for a pair, whichever way round.
    static func key(_ from: Int32, _ to: Int32) -> Int { Int(min(from, to)) << 32 | Int(max(from, to)) }
}

extension Zoo {
    /// The lineage as edges: two models that are said to come from each other are joined once, and none with itself.
    var joinedLineage: [Lineage] {
        var seen: Set<Int> = []
        return lineage.filter {
            $0.child != $0.parent && seen.insert(UnjoinedPairs.key(Int32($0.child), Int32($0.parent))).inserted
        }
    }
}
