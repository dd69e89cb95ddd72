/// What came of a ``SearchReplay``: means over targets and seeds, with how far other targets may move them.
public struct SearchOutcome: Sendable {
    public let zoo: Zoo
    public let strategies: [SearchStrategy]
    public let targets: [Int]
    public let seeds: [UInt64]
    public let runs: Int
    public let historyRatio: Double
    public let delta: Double
    public let traces: [SearchReplay.Trace]
    /// Whether runs have costs of their own.
    public let hasCosts: Bool

    /// The figures of one strategy.
    public struct Summary: Sendable {
        public let strategy: SearchStrategy
        /// The mean regret after each run, from the first, with the 95 % bootstrap interval over targets.
        public let regret: [Double]
        public let intervals: [Interval?]
        /// The mean cost of the first k runs.
        public let cost: [Double]
        /// The regret summed over the runs, as a share of that of ``reference``.
        public let share: Double?
        /// Its upper end is infinite where in more than a fortieth of the draws the reference loses nothing.
        public let shareInterval: Interval?
        public let stop: Stop?
        public let accuracy: SearchReplay.Accuracy?
    }

    public struct Stop: Sendable, Equatable {
        /// The share of replays in which it said stop.
        public let share: Double
        /// In these: the mean share of the models that were tried by then, and the share in which a model not tried was
        /// better by more than delta.
        public let tried: Double
        public let wrong: Double
    }

    /// The strategy that the others are set beside: the list of `auto`, else the first.
    public var reference: SearchStrategy? {
        strategies.first { $0 == .list(method: "auto") } ?? strategies.first
    }

    private static let resamples = 2000

    private struct Place: Hashable {
        let strategy: SearchStrategy
        let target: Int
    }

    /// Of each strategy.
    ///
    /// Regrets of datasets with different metrics or scales are no one unit: ``isNormalised`` says whether they are shares
    /// of the dataset's range from the worst to the best result.
    public func summaries() -> [Summary] {
        let scale = scales
        let grouped = Dictionary(grouping: traces) { Place(strategy: $0.strategy, target: $0.target) }
        func mean(
            _ strategy: SearchStrategy, _ target: Int, _ part: (SearchReplay.Trace) -> [Double]
        ) -> [Double] {
            let own = (grouped[Place(strategy: strategy, target: target)] ?? []).map(part)
            return (0..<runs).map { run in Self.mean(own.map { $0[run] }) }
        }
        let matrices = strategies.map { strategy in
            targets.map { target -> [Double] in mean(strategy, target) { $0.regret }.map { $0 * (scale[target] ?? 1) } }
        }
        let resampled = resampledTargets()
        let base = reference.flatMap { strategies.firstIndex(of: $0) }
        return strategies.enumerated().map { index, strategy in
            let matrix = matrices[index]
            let regret = (0..<runs).map { run in Self.mean(matrix.map { $0[run] }) }
            let intervals = (0..<runs).map { run -> Interval? in
                guard targets.count > 1 else { return nil }
                return Interval.percentile(
                    of: resampled.map { draw in Self.mean(draw.map { matrix[$0][run] }) }, level: 0.95)
            }
            var share: Double?
            var shareInterval: Interval?
            if let base, base != index {
                let own = matrix.map { $0.reduce(0, +) }
                let other = matrices[base].map { $0.reduce(0, +) }
                let total = other.reduce(0, +)
                if total > 0 {
                    share = own.reduce(0, +) / total
                    if targets.count > 1 {
                        let draws = resampled.map { draw -> Double in
                            let (above, below) = draw.reduce((0, 0)) { ($0.0 + own[$1], $0.1 + other[$1]) }
                            return below > 0 ? above / below : above > 0 ? .infinity : 1
                        }
                        shareInterval = Interval.percentile(of: draws, level: 0.95)
                        if shareInterval?.lower == .infinity { shareInterval = nil }
                    }
                }
            }
            let costs = targets.map { target in mean(strategy, target) { $0.cost } }
            return Summary(
                strategy: strategy, regret: regret, intervals: intervals,
                cost: (0..<runs).map { run in Self.mean(costs.map { $0[run] }) }, share: share,
                shareInterval: shareInterval, stop: stop(strategy), accuracy: accuracy(strategy))
        }
    }

    /// Whether regrets are shares of the dataset's range, since the targets have results of several kinds.
    public var isNormalised: Bool {
        guard let first = targets.first else { return false }
        let one = zoo.datasets[first].metric
        return !targets.allSatisfy { target in
            let metric = zoo.datasets[target].metric
            return metric.name.map(MetricKnowledge.canonical) == one.name.map(MetricKnowledge.canonical)
                && metric.scale == one.scale
        }
    }

    private var scales: [Int: Double] {
        guard isNormalised else { return [:] }
        return Dictionary(
            uniqueKeysWithValues: targets.map { target in
                let values = zoo.results.values[zoo.results.column(target)]
                let width = (values.max() ?? 0) - (values.min() ?? 0)
                return (target, width > 0 ? 1 / width : 1)
            })
    }

    private func stop(_ strategy: SearchStrategy) -> Stop? {
        guard case .sequential = strategy else { return nil }
        let own = traces.filter { $0.strategy == strategy }
        let said = own.filter { $0.stop != nil }
        guard !said.isEmpty else { return Stop(share: 0, tried: .nan, wrong: .nan) }
        return Stop(
            share: Double(said.count) / Double(own.count),
            tried: Self.mean(said.map { Double($0.stop ?? 0) / Double($0.models) }),
            wrong: Self.mean(said.map { $0.stopWasWrong == true ? 1 : 0 }))
    }

    private func accuracy(_ strategy: SearchStrategy) -> SearchReplay.Accuracy? {
        let own = traces.filter { $0.strategy == strategy }.compactMap(\.accuracy)
        guard !own.isEmpty else { return nil }
        return SearchReplay.Accuracy(
            error: Self.mean(own.map(\.error)), rangeError: Self.mean(own.map(\.rangeError)),
            coverage: Self.mean(own.map(\.coverage)))
    }

    private static func mean(_ values: [Double]) -> Double {
        values.isEmpty ? .nan : values.reduce(0, +) / Double(values.count)
    }

    /// Targets drawn with replacement, the same for every strategy.
    private func resampledTargets() -> [[Int]] {
        guard targets.count > 1 else { return [] }
        return (0..<Self.resamples).map { number in
            var generator = SeededGenerator(seed: seeds.first ?? 42, purpose: .bootstrap, item: number)
            return targets.indices.map { _ in generator.index(below: targets.count) }
        }
    }
}
