/// The second-order rule of a node2vec walk: how a step's weight changes with where the walk came from.
///
/// A walk that came from `previous` and stands at `current` goes on to `next` with a probability proportional to
/// `bias · weight(current, next)`.
/// - node2vec: Grover and Leskovec, "node2vec: Scalable Feature Learning for Networks", KDD 2016, §3.2.2.
/// - node2vec+: Liu, Hirn and Krishnan, "Accurately modeling biased random walks on weighted networks using node2vec+",
///   Bioinformatics 2023, §2.2. An edge counts as one only if it is no lighter than the mean edge at its far end.
public struct TransitionRule: Sendable, Equatable {
    /// The return parameter: the larger, the rarer a step straight back.
    public var p: Float
    /// The in–out parameter: the larger, the closer the walk stays to where it came from.
    public var q: Float
    /// Whether weights decide which edges count (node2vec+).
    public var extended: Bool

    public init(p: Float = 1, q: Float = 1, extended: Bool = false) {
        self.p = p
        self.q = q
        self.extended = extended
    }

    /// What the rule needs to know of one step.
    public struct Step: Sendable {
        /// Whether the step leads back to the previous node.
        public var isReturn: Bool
        /// The weight of the edge (previous, next); 0 where there is none.
        public var weightFromPrevious: Float
        /// The weight of the edge (current, next).
        public var weightFromCurrent: Float
        /// The mean weight of the edges at the current node.
        public var meanWeightAtCurrent: Float
        /// The mean weight of the edges at the next node.
        public var meanWeightAtNext: Float

        public init(
            isReturn: Bool, weightFromPrevious: Float, weightFromCurrent: Float, meanWeightAtCurrent: Float,
            meanWeightAtNext: Float
        ) {
            self.isReturn = isReturn
            self.weightFromPrevious = weightFromPrevious
            self.weightFromCurrent = weightFromCurrent
            self.meanWeightAtCurrent = meanWeightAtCurrent
            self.meanWeightAtNext = meanWeightAtNext
        }
    }

    /// The factor by which a step's edge weight is multiplied: α of the node2vec paper, or of node2vec+.
    @inline(__always)
    public func bias(_ step: Step) -> Float {
        if step.isReturn { return 1 / p }
        guard extended else { return step.weightFromPrevious > 0 ? 1 : 1 / q }
        if step.weightFromPrevious >= step.meanWeightAtNext { return 1 }
        if step.weightFromCurrent < step.meanWeightAtCurrent { return min(1, 1 / q) }
        return 1 / q + (1 - 1 / q) * (step.weightFromPrevious / step.meanWeightAtNext)
    }

    /// Whether every step's bias is 1, so that where the walk came from does not matter.
    var isFirstOrder: Bool { p == 1 && q == 1 }

    /// The least and the greatest bias of a step that does not lead straight back.
    var onwardBounds: ClosedRange<Float> { min(1, 1 / q)...max(1, 1 / q) }
}
