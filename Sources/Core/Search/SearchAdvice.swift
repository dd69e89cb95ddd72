/// What to fine-tune next, and whether to go on.
///
/// The next model is the one whose result is expected to lie most above the best known one (expected improvement; Mockus, "On
/// Bayesian methods for seeking the extremum", 1974), or, where nothing is known, the one of the highest expectation. Those
/// after it are the ones expected to raise most what those before reach.
public struct SearchAdvice: Sendable {
    /// One of the models that could be fine-tuned.
    public struct Step: Sendable, Equatable {
        public let model: Int
        /// What it is expected to add to the best of what is known and of the steps before it.
        public let gain: Double
    }

    /// In the order to fine-tune in.
    public let steps: [Step]
    /// The chance that one of the models not tried is better than the best result by more than `delta`; `nil` where no
    /// result is known.
    public let chanceOfMore: Double?
    /// For each of the outlook's models the chance that it is better than the best result, by the same draws; empty where no
    /// result is known.
    public let chances: [Double]
    /// How many of the models are not tried.
    public let untried: Int
    /// In the dataset's units.
    public let delta: Double
    /// Whether no result can be better than the best one by more than ``delta``.
    public let isOutOfReach: Bool

    /// The chance of more from which on another run is worth it.
    public static let stopLimit = 0.2

    /// The degrees of freedom of the Student-t distribution that the best untried result is taken to have: draws are normal,
    /// and what is not foreseen is more frequent than they are.
    private static let freedom = 3

    /// Whether it is not worth going on.
    public var saysStop: Bool { chanceOfMore.map { $0 < Self.stopLimit } ?? false }

    /// - Parameters:
    ///   - outlook: what is expected of each untried model.
    ///   - limit: how many steps are planned.
    ///   - delta: by how much a model has to be better to be worth a run, in the dataset's units.
    /// - Complexity: O(samples × models × limit).
    public init(_ outlook: Outlook, limit: Int, delta: Double) {
        self.delta = delta
        untried = outlook.untried
        let count = outlook.models.count
        let known = outlook.best?.value
        var reached = [Double](repeating: known ?? -.infinity, count: outlook.sampleCount)
        // The best of all models in each draw; draws of a multivariate t distribution are normal ones about their mean, all
        // models' divided by the root of one χ² draw over its degrees of freedom.
        var better = [Int](repeating: 0, count: count)
        var generator = SeededGenerator(seed: 0, purpose: .studentTails, item: outlook.target)
        let top = (0..<outlook.sampleCount).map { sample -> Double in
            let square = (0..<Self.freedom).reduce(0.0) { sum, _ in
                let normal = generator.normal()
                return sum + normal * normal
            }
            let stretch = (Double(Self.freedom) / max(square, 1e-9)).squareRoot()
            var top = -Double.infinity
            for place in 0..<count {
                let mean = outlook.mean[place]
                let drawn = mean + stretch * (outlook.samples[sample * count + place] - mean)
                top = max(top, drawn)
                if let known, drawn > known { better[place] += 1 }
            }
            return top
        }
        let highest = outlook.metric?.turnedRange?.upperBound ?? .infinity
        func share(_ isTrue: (Int) -> Bool) -> Double {
            outlook.sampleCount == 0
                ? 0 : Double((0..<outlook.sampleCount).count(where: isTrue)) / Double(outlook.sampleCount)
        }
        var taken = [Bool](repeating: false, count: count)
        var steps: [Step] = []
        for _ in 0..<min(limit, count) {
            var gains = [Double](repeating: 0, count: count)
            if reached.first == -.infinity {
                gains = outlook.mean
            } else if steps.isEmpty, let exact = outlook.gains {
                gains = exact.map { $0 * Double(max(1, outlook.sampleCount)) }
            } else {
                for sample in 0..<outlook.sampleCount {
                    let row = sample * count
                    for place in 0..<count { gains[place] += max(0, outlook.samples[row + place] - reached[sample]) }
                }
            }
            let chosen = Self.best(gains, outlook, taken)
            taken[chosen] = true
            let isFirst = reached.first == -.infinity
            steps.append(
                Step(
                    model: outlook.models[chosen],
                    gain: isFirst ? outlook.mean[chosen] : gains[chosen] / Double(max(1, outlook.sampleCount))))
            for sample in 0..<outlook.sampleCount {
                reached[sample] = max(reached[sample], outlook.samples[sample * count + chosen])
            }
        }
        self.steps = steps
        chances =
            known.map { $0 >= highest } ?? true
            ? [Double](repeating: 0, count: known == nil ? 0 : count)
            : better.map { Double($0) / Double(max(1, outlook.sampleCount)) }
        let isOutOfReach = known.map { $0 + delta >= highest } ?? false
        self.isOutOfReach = isOutOfReach
        chanceOfMore = known.map { best in isOutOfReach ? 0 : share { top[$0] > best + delta } }
    }

    /// The place of the model not taken that gains most; of equal ones that of the highest expectation, then that of the first in
    /// the method's own order. What differs by rounding alone is equal.
    private static func best(_ gains: [Double], _ outlook: Outlook, _ taken: [Bool]) -> Int {
        func highest(_ places: [Int], _ value: (Int) -> Double) -> [Int] {
            let most = places.reduce(-Double.infinity) { max($0, value($1)) }
            return places.filter { value($0) >= most - 1e-9 * abs(most) }
        }
        let open = gains.indices.filter { !taken[$0] }
        let equal = highest(highest(open) { gains[$0] }) { outlook.mean[$0] }
        return (equal.isEmpty ? open : equal).min {
            (outlook.places?[$0] ?? $0) < (outlook.places?[$1] ?? $1)
        } ?? 0
    }
}
