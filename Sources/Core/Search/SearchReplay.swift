import Foundation
import Support

/// Replays the search for the best model on datasets whose results a zoo has: what would have come of each strategy.
///
/// Held out by construction: a strategy is given a ``HeldOutZoo`` and the results of the models that it has tried so far,
/// and nothing else of the target. Only models with a result on the target can be tried.
public struct SearchReplay: Sendable {
    public var strategies: [SearchStrategy]
    /// Indices of the targets; the zoo's ``Zoo/evaluationTargets`` where empty.
    public var targets: [Int] = []
    /// How many models are tried.
    public var runs = 10
    /// Where random choices come from, a replay each.
    public var seeds: [UInt64] = [42]
    /// The share of the other datasets' results that is kept.
    public var historyRatio = 1.0
    /// By how much a model has to be better to be worth a run, as a share of what results can be.
    public var delta = 0.01
    public var settings = MethodSettings()
    /// What a run of each model costs, `nan` where not known; `nil` where every run costs 1.
    public var costs: [Double]?
    /// Targets worked on at the same time. Results do not depend on it.
    public var threads = ProcessInfo.processInfo.activeProcessorCount

    public init(_ strategies: [SearchStrategy]) { self.strategies = strategies }

    /// What came of one strategy on one target with one seed.
    public struct Trace: Sendable, Equatable {
        public let strategy: SearchStrategy
        public let target: Int
        public let seed: UInt64
        /// How many models could have been tried.
        public let models: Int
        /// The models tried, in order.
        public let tried: [Int]
        /// What the best of the first k models lacks of the best of all, for each k from 1; as long as the runs.
        public let regret: [Double]
        /// What the first k runs cost together.
        public let cost: [Double]
        /// How many runs had been made when it was first said that going on is not worth it; `nil` where it never was, or
        /// the strategy cannot say.
        public let stop: Int?
        /// Whether a model not tried then was better by more than delta.
        public let stopWasWrong: Bool?
        /// After two results: the mean absolute error of the predictions in own units, and that of places in the range of
        /// similar datasets; and the share of results in the 80 % intervals.
        public let accuracy: Accuracy?

        package init(
            strategy: SearchStrategy, target: Int, seed: UInt64, models: Int, tried: [Int], regret: [Double],
            cost: [Double], stop: Int?, stopWasWrong: Bool?, accuracy: Accuracy?
        ) {
            self.strategy = strategy
            self.target = target
            self.seed = seed
            self.models = models
            self.tried = tried
            self.regret = regret
            self.cost = cost
            self.stop = stop
            self.stopWasWrong = stopWasWrong
            self.accuracy = accuracy
        }
    }

    public struct Accuracy: Sendable, Equatable {
        public let error: Double
        public let rangeError: Double
        public let coverage: Double

        package init(error: Double, rangeError: Double, coverage: Double) {
            self.error = error
            self.rangeError = rangeError
            self.coverage = coverage
        }
    }

    /// - Throws: `Cancelled`; ``UnknownName`` for a method; ``EvaluationError``; what the methods throw.
    public func replay(_ zoo: Zoo, work: Work = .unwatched) throws -> SearchOutcome {
        NumericThreads.useOne()
        let targets = try usableTargets(of: zoo)
        for strategy in strategies { _ = try MethodCatalog.method(named: strategy.method, for: zoo) }
        let tasks = seeds.flatMap { seed in targets.map { (seed: seed, target: $0) } }
        let progress = Progress(steps: tasks.count * strategies.count, done: 0, work: work)
        let finished = try Parallel.map(tasks, threads: threads, work: work) { task in
            try self.traces(on: task.target, seed: task.seed, zoo: zoo, progress: progress, work: work.quiet)
        }
        return SearchOutcome(
            zoo: zoo, strategies: strategies, targets: targets, seeds: seeds, runs: runs, historyRatio: historyRatio,
            delta: delta, traces: finished.flatMap { $0 }, hasCosts: costs != nil)
    }

    private func traces(on target: Int, seed: UInt64, zoo: Zoo, progress: Progress, work: Work) throws -> [Trace] {
        var settings = settings
        settings.seed = seed
        let workspace = TargetWorkspace(
            zoo: zoo, target: target, historyRatio: historyRatio, settings: settings, work: work)
        var predictions: [String: Prediction] = [:]
        return try strategies.map { strategy in
            let method = try MethodCatalog.method(named: strategy.method, for: zoo)
            let prediction = try predictions[strategy.method] ?? method.predict(workspace)
            predictions[strategy.method] = prediction
            let trace = try Run(strategy, prediction, workspace.zoo, zoo, seed: seed, replay: self).trace(work: work)
            progress.step("\(strategy.name) on \(zoo.datasets[target].name)")
            return trace
        }
    }

    /// One replay.
    private struct Run {
        let strategy: SearchStrategy
        let prediction: Prediction
        let heldOut: HeldOutZoo
        /// Asked only for the results of models that are tried, and at the end for what they were worth.
        let zoo: Zoo
        let seed: UInt64
        let replay: SearchReplay
        /// The models that can be tried.
        let open: [Int]

        init(
            _ strategy: SearchStrategy, _ prediction: Prediction, _ heldOut: HeldOutZoo, _ zoo: Zoo, seed: UInt64,
            replay: SearchReplay
        ) {
            self.strategy = strategy
            self.prediction = prediction
            self.heldOut = heldOut
            self.zoo = zoo
            self.seed = seed
            self.replay = replay
            open = zoo.results.column(heldOut.target).map { Int(zoo.results.models[$0]) }
        }

        func trace(work: Work) throws -> Trace {
            let target = heldOut.target
            let canBeTried = Set(open)
            let listed = prediction.ranking.filter(canBeTried.contains)
            // What a method says nothing of comes last, so that every strategy can try every model.
            let list = listed + open.filter { !Set(listed).contains($0) }
            var tried: [Int] = []
            var stop: Int?
            var stopWasWrong: Bool?
            var accuracy: Accuracy?
            let count = min(replay.runs, open.count)
            if case .sequential = strategy {
                let source = OutlookSource(prediction, in: heldOut)
                // On to where it says stop, which may be after the runs that are shown.
                let most = max(count, min(open.count, max(replay.runs, (open.count + 1) / 2)))
                while tried.count < most, tried.count < count || stop == nil {
                    try work.check()
                    guard !tried.isEmpty else {
                        tried.append(list[0])
                        continue
                    }
                    let known = tried.sorted().compactMap { model in
                        value(model).map { RevealedResult(model: model, value: $0) }
                    }
                    let outlook = try source.outlook(
                        revealing: known, seed: seed, among: canBeTried.contains, work: work)
                    if tried.count == 2 { accuracy = self.accuracy(outlook) }
                    let advice = SearchAdvice(
                        outlook, limit: 1, delta: outlook.usualDelta * replay.delta / 0.01)
                    if stop == nil, advice.saysStop, let best = known.map(\.value).max() {
                        stop = tried.count
                        stopWasWrong = open.contains { model in
                            !tried.contains(model) && (value(model) ?? -.infinity) > best + advice.delta
                        }
                    }
                    guard let next = advice.steps.first?.model ?? list.first(where: { !tried.contains($0) }) else {
                        break
                    }
                    tried.append(next)
                }
            } else if strategy.method == "random" {
                var generator = SeededGenerator(
                    seed: seed, purpose: .randomSearch, item: target)
                tried = Array(open.shuffled(using: &generator).prefix(count))
            } else {
                tried = Array(list.prefix(count))
            }
            let shown = Array(tried.prefix(count))
            return Trace(
                strategy: strategy, target: target, seed: seed, models: open.count, tried: shown,
                regret: regret(shown), cost: cost(shown), stop: stop, stopWasWrong: stopWasWrong, accuracy: accuracy)
        }

        private func value(_ model: Int) -> Double? { zoo.results[model: model, dataset: heldOut.target] }

        private func regret(_ tried: [Int]) -> [Double] {
            let best = open.compactMap(value).max() ?? 0
            var reached = -Double.infinity
            var regret = tried.map { model -> Double in
                reached = max(reached, value(model) ?? -.infinity)
                return best - reached
            }
            // Where all models were tried nothing is lacking.
            while regret.count < replay.runs { regret.append(0) }
            return regret
        }

        private func cost(_ tried: [Int]) -> [Double] {
            var sum = 0.0
            var costs = tried.map { model -> Double in
                sum += replay.costs?[model] ?? 1
                return sum
            }
            while costs.count < replay.runs { costs.append(sum) }
            return costs
        }

        private func accuracy(_ outlook: Outlook) -> Accuracy? {
            guard case .range(let range) = outlook.units else { return nil }
            let intervals = outlook.intervals
            var (error, rangeError, inside, count) = (0.0, 0.0, 0.0, 0.0)
            for (place, model) in outlook.models.enumerated() {
                guard let actual = value(model), let level = prediction.values[model] else { continue }
                error += abs(outlook.mean[place] - actual)
                rangeError += abs(range.low + (range.high - range.low) * level - actual)
                if intervals[place].contains(actual) { inside += 1 }
                count += 1
            }
            guard count > 0 else { return nil }
            return Accuracy(error: error / count, rangeError: rangeError / count, coverage: inside / count)
        }
    }
}
