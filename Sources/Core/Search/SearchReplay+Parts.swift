import Support
import Synchronization

/// A replay that is computed in parts, each of some targets with some seed.
extension SearchReplay {
    /// The tasks: a target with a seed each, in the order of the traces.
    ///
    /// - Throws: ``EvaluationError``.
    package func tasks(of zoo: Zoo) throws(EvaluationError) -> [(seed: UInt64, target: Int)] {
        let targets = try usableTargets(of: zoo)
        return seeds.flatMap { seed in targets.map { (seed: seed, target: $0) } }
    }

    /// Some of the tasks: the trace of each strategy.
    ///
    /// - Throws: as ``replay(_:work:)``.
    package func traces(
        of tasks: [(seed: UInt64, target: Int)], in zoo: Zoo, work: Work
    ) throws -> [[Trace]] {
        let done = Atomic(0)
        return try Parallel.map(tasks, threads: threads, work: work) { task in
            var replay = self
            replay.seeds = [task.seed]
            replay.targets = [task.target]
            replay.threads = 1
            let traces = try replay.replay(zoo, work: work.quiet).traces
            let count = done.add(1, ordering: .relaxed).newValue
            work.report(zoo.datasets[task.target].name, Double(count) / Double(tasks.count))
            return traces
        }
    }

    /// What came of tasks that are done, by target; those of which not every seed is done are left out.
    package func outcome(of found: [(seed: UInt64, target: Int, traces: [Trace])], in zoo: Zoo) throws -> SearchOutcome
    {
        let counts = Dictionary(grouping: found, by: \.target).mapValues(\.count)
        let targets = try usableTargets(of: zoo).filter { counts[$0] == seeds.count }
        let known = Set(targets)
        return SearchOutcome(
            zoo: zoo, strategies: strategies, targets: targets, seeds: seeds, runs: runs, historyRatio: historyRatio,
            delta: delta, traces: found.filter { known.contains($0.target) }.flatMap(\.traces),
            hasCosts: costs != nil)
    }

    func usableTargets(of zoo: Zoo) throws(EvaluationError) -> [Int] {
        let targets = targets.isEmpty ? zoo.evaluationTargets : targets
        if targets.isEmpty { throw .noTargets(zoo: zoo.name) }
        for target in targets where zoo.results.column(target).count < 2 {
            throw .tooFewResults(dataset: zoo.datasets[target].name, count: zoo.results.column(target).count)
        }
        return targets
    }
}
