/// What to fine-tune next, and whether to go on.
///
/// Where results are known, the next model is the one that is most often the best of all in the draws of an ``Outlook``
/// (Hoffman, Shahriari and de Freitas, "On correlation and budget constraints in model-based bandit optimization", AISTATS
/// 2014): on zoos replayed it loses less than the one with the largest expected gain, which is drawn to what is most
/// uncertain. Those after it, and all where nothing is known, are the ones expected to raise most what those before reach
/// (expected improvement; Mockus, "On Bayesian methods for seeking the extremum", 1974).
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
    /// How many of the models are not tried.
    public let untried: Int
    /// In the dataset's units.
    public let delta: Double

    /// The chance of more from which on another run is worth it.
    public static let stopLimit = 0.1

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
        // The best of all models in each draw.
        let top = (0..<outlook.sampleCount).map { sample -> Double in
            outlook.samples[sample * count..<(sample + 1) * count].max() ?? -.infinity
        }
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
            var merit = gains
            if steps.isEmpty, let known { merit = Self.timesBest(outlook, above: known) }
            var chosen = -1
            for place in 0..<count where !taken[place] {
                if chosen < 0
                    || (merit[place], gains[place], outlook.mean[place])
                        > (merit[chosen], gains[chosen], outlook.mean[chosen])
                {
                    chosen = place
                }
            }
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
        chanceOfMore = known.map { best in share { top[$0] > best + delta } }
    }

    /// In how many draws each model is the best of all, and better than the best known result.
    private static func timesBest(_ outlook: Outlook, above known: Double) -> [Double] {
        let count = outlook.models.count
        var times = [Double](repeating: 0, count: count)
        for sample in 0..<outlook.sampleCount {
            let row = sample * count
            var best = 0
            for place in 1..<max(count, 1) where outlook.samples[row + place] > outlook.samples[row + best] {
                best = place
            }
            if count > 0, outlook.samples[row + best] > known { times[best] += 1 }
        }
        return times
    }
}
