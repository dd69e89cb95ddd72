/// An evaluation that is computed in parts, each of some targets with some seed.
extension Evaluator {
    /// The tasks: a target with a seed each, in the order of the cells.
    ///
    /// - Throws: ``EvaluationError``.
    package func tasks(of zoo: Zoo) throws(EvaluationError) -> [(seed: UInt64, target: Int)] {
        let targets = try usableTargets(of: zoo)
        return seeds.flatMap { seed in targets.map { (seed: seed, target: $0) } }
    }

    /// Some of the tasks: what each method predicts.
    ///
    /// - Returns: a cell a method, for each task.
    /// - Throws: as ``evaluate(_:finished:using:work:)``.
    package func evaluate(
        _ tasks: [(seed: UInt64, target: Int)], in zoo: Zoo, work: Work
    ) throws -> [[Evaluation.Cell]] {
        let finished = FinishedTargets()
        var done = 0
        for (seed, own) in Dictionary(grouping: tasks, by: \.seed).sorted(by: { $0.key < $1.key }) {
            var evaluator = self
            evaluator.seeds = [seed]
            evaluator.targets = own.map(\.target)
            let range = Double(done) / Double(tasks.count)...Double(done + own.count) / Double(tasks.count)
            _ = try evaluator.evaluate(zoo, finished: finished, work: work.part(range))
            done += own.count
        }
        return tasks.compactMap { finished[seed: $0.seed, target: $0.target] }
    }

    /// A cell as ``evaluate(_:in:work:)`` gave it, from what is kept of it.
    package static func cell(
        _ prediction: Prediction, seed: UInt64, seconds: Double, in zoo: Zoo
    ) -> Evaluation.Cell {
        Evaluation.Cell(
            method: prediction.method, target: prediction.target, seed: seed, prediction: prediction,
            outcome: outcome(prediction, in: zoo, of: nil), seconds: seconds)
    }
}
