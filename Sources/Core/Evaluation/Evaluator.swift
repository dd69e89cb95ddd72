import Dispatch
import Foundation
import Support
import Synchronization

/// Predicts each target with results held out, by each method: leave-one-dataset-out, or what else ``holdOut`` says.
public struct Evaluator: Sendable {
    /// Names of methods, in the order of the table.
    public var methods: [String]
    /// Indices of the targets; the zoo's ``Zoo/evaluationTargets`` where empty.
    public var targets: [Int] = []
    /// What is held out. A target is predicted once a fold, and the measures see the models that were held out there.
    public var holdOut = HoldOut.oneDataset
    /// The share of the other datasets' results that is kept.
    public var historyRatio = 1.0
    /// The share of the models whose history is kept.
    public var modelRatio = 1.0
    /// One evaluation a seed: it draws folds and what is kept of the history, and is every method's own seed.
    public var seeds: [UInt64] = [42]
    public var settings = MethodSettings()
    /// Targets worked on at the same time. Results do not depend on it.
    public var threads = ProcessInfo.processInfo.activeProcessorCount

    public init(methods: [String]) {
        self.methods = methods
    }

    /// Holds results out in turn, predicts them by each method with each seed, and measures.
    ///
    /// - Parameters:
    ///   - zoo: all of it, with the results that are held out in turn.
    ///   - predictors: methods of one's own; those of ``methods`` where empty.
    ///   - finished: takes each task that is done, and is asked for it first: what an interrupted evaluation of the same
    ///     methods and settings left.
    ///   - predictions: what was predicted before with the same settings and the first of ``seeds``, the target held out and
    ///     all else known; where that is what is asked, it is not predicted again, and took no time here.
    ///   - work: asked whether to go on, told how far it is.
    /// - Throws: `Cancelled`; ``UnknownName`` for a method; ``EvaluationError``; what the methods throw.
    public func evaluate(
        _ zoo: Zoo, predictors: [any PredictionMethod] = [], finished: FinishedTargets? = nil,
        using predictions: [Prediction] = [], work: Work = .unwatched
    ) throws -> Evaluation {
        let (methods, cells) = try evaluate(
            tasks(of: zoo), in: zoo, predictors: predictors, finished: finished, using: predictions, work: work)
        return try evaluation(of: zoo, methods: methods, targets: usableTargets(of: zoo), cells: cells)
    }

    /// Some of the tasks: what each method predicts.
    ///
    /// - Returns: the methods' names, and by task a cell a method.
    /// - Throws: as ``evaluate(_:predictors:finished:using:work:)``.
    package func evaluate(
        _ tasks: [EvaluationTask], in zoo: Zoo, predictors: [any PredictionMethod] = [],
        finished: FinishedTargets? = nil, using predictions: [Prediction] = [], work: Work
    ) throws -> (methods: [String], cells: [[Evaluation.Cell]]) {
        NumericThreads.useOne()
        var named = predictors
        if named.isEmpty { for name in methods { named.append(try MethodCatalog.method(named: name, for: zoo)) } }
        let methods = named
        let known = finished.map { finished in tasks.count { finished[$0] != nil } } ?? 0
        let progress = Progress(steps: tasks.count * methods.count, done: known * methods.count, work: work)
        let cells = try Parallel.map(tasks, threads: threads, work: work) { task in
            if let cells = finished?[task] { return cells }
            let cells = try evaluate(methods, task, zoo: zoo, using: predictions, progress: progress)
            finished?[task] = cells
            return cells
        }
        return (methods.map(\.name), cells)
    }

    /// The evaluation on those targets that were done in every fold with every seed before it was interrupted; `nil`
    /// where none was.
    ///
    /// - Throws: as ``evaluate(_:predictors:finished:using:work:)`` where the methods or targets are none.
    public func evaluation(of finished: FinishedTargets, in zoo: Zoo) throws -> Evaluation? {
        let targets = try usableTargets(of: zoo).filter { target in
            tasks([target]).allSatisfy { finished[$0] != nil }
        }
        if targets.isEmpty { return nil }
        let cells = tasks(targets).compactMap { finished[$0] }
        return evaluation(of: zoo, methods: cells[0].map(\.method), targets: targets, cells: cells)
    }

    /// The tasks: by seed, then target, then fold, so that targets are done one after the other.
    ///
    /// - Throws: ``EvaluationError``.
    package func tasks(of zoo: Zoo) throws(EvaluationError) -> [EvaluationTask] { try tasks(usableTargets(of: zoo)) }

    private func tasks(_ targets: [Int]) -> [EvaluationTask] {
        seeds.flatMap { seed in
            targets.flatMap { target in
                (0..<holdOut.foldsPerTarget).map { EvaluationTask(seed: seed, fold: $0, target: target) }
            }
        }
    }

    /// - Parameter found: by task: a cell a method.
    private func evaluation(
        of zoo: Zoo, methods: [String], targets: [Int], cells found: [[Evaluation.Cell]]
    ) -> Evaluation {
        let folds = holdOut.foldsPerTarget
        let cells = methods.indices.flatMap { method in
            targets.indices.flatMap { target in
                seeds.indices.flatMap { seed in
                    (0..<folds).map { found[(seed * targets.count + target) * folds + $0][method] }
                }
            }
        }
        return Evaluation(
            zoo: zoo, methods: methods, targets: targets, holdOut: holdOut, seeds: seeds, historyRatio: historyRatio,
            modelRatio: modelRatio, cells: cells)
    }

    private func usableTargets(of zoo: Zoo) throws(EvaluationError) -> [Int] {
        let targets = targets.isEmpty ? zoo.evaluationTargets : targets
        if targets.isEmpty {
            throw .noTargets(zoo: zoo.name)
        }
        for target in targets where zoo.results.column(target).count < 2 {
            throw .tooFewResults(dataset: zoo.datasets[target].name, count: zoo.results.column(target).count)
        }
        return targets
    }

    private func evaluate(
        _ methods: [any PredictionMethod], _ task: EvaluationTask, zoo: Zoo, using predictions: [Prediction],
        progress: Progress
    ) throws -> [Evaluation.Cell] {
        var settings = settings
        settings.seed = task.seed
        let (held, asked) = known(zoo, in: task)
        let workspace = TargetWorkspace(
            held, settings: settings, work: progress.quiet(zoo.datasets[task.target].name))
        return try cells(methods, workspace, zoo: zoo, of: Set(asked), using: predictions, progress: progress)
    }

    /// What is known of the zoo in a task, and the models that are to be predicted there.
    private func known(_ zoo: Zoo, in task: EvaluationTask) -> (zoo: HeldOutZoo, models: [Int]) {
        let (held, asked) = holdOut.heldOut(
            zoo, target: task.target, fold: task.fold, seed: task.seed,
            includingWithoutSignal: settings.graph.includesWithoutSignal)
        return (
            held.keepingModels(ratio: modelRatio, seed: task.seed).keepingHistory(ratio: historyRatio, seed: task.seed),
            asked
        )
    }

    /// What each method says of a workspace's target, beside the results that the zoo has there.
    ///
    /// - Parameter asked: the models that are measured.
    private func cells(
        _ methods: [any PredictionMethod], _ workspace: TargetWorkspace, zoo: Zoo, of asked: Set<Int>,
        using predictions: [Prediction], progress: Progress
    ) throws -> [Evaluation.Cell] {
        let target = workspace.zoo.target
        // Predictions made before know the whole zoo but the target.
        let isPlain = holdOut == .oneDataset && historyRatio == 1 && modelRatio == 1
        return try methods.map { method in
            let start = ContinuousClock.now
            let known =
                isPlain && workspace.settings.seed == seeds.first
                ? predictions.first { $0.method == method.name && $0.target == target } : nil
            let prediction = try known ?? method.predict(workspace)
            let duration = ContinuousClock.now - start
            progress.step("\(method.name) on \(zoo.datasets[target].name)")
            return Evaluation.Cell(
                method: method.name, target: target, seed: workspace.settings.seed,
                prediction: prediction.withoutExplanations, outcome: Self.outcome(prediction, in: zoo, of: asked),
                fillerCount: HistoryMean.fillerCount(in: prediction, of: asked) { workspace.zoo },
                seconds: duration / .seconds(1))
        }
    }

    /// A cell as ``evaluate(_:in:predictors:finished:using:work:)`` gave it, from what is kept of it.
    package func cell(_ prediction: Prediction, _ task: EvaluationTask, seconds: Double, in zoo: Zoo) -> Evaluation.Cell
    {
        let asked = holdOut.heldOutModels(zoo, target: task.target, fold: task.fold, seed: task.seed)
        return Evaluation.Cell(
            method: prediction.method, target: prediction.target, seed: task.seed, prediction: prediction,
            outcome: Self.outcome(prediction, in: zoo, of: Set(asked)),
            fillerCount: HistoryMean.fillerCount(in: prediction, of: Set(asked)) { known(zoo, in: task).zoo },
            seconds: seconds)
    }

    /// A prediction beside the results that the zoo has on its target, of some models; minus infinity where nothing is
    /// predicted.
    private static func outcome(_ prediction: Prediction, in zoo: Zoo, of asked: Set<Int>) -> TargetOutcome {
        var models: [Int] = []
        var predicted: [Double] = []
        var actual: [Double] = []
        for position in zoo.results.column(prediction.target) {
            let model = Int(zoo.results.models[position])
            guard asked.contains(model) else { continue }
            models.append(model)
            predicted.append(prediction.values[model] ?? -.infinity)
            actual.append(zoo.results.values[position])
        }
        return TargetOutcome(
            target: zoo.datasets[prediction.target].name, models: models, predicted: predicted, actual: actual)
    }
}

/// Counts finished steps and passes them on; what a step itself reports is a part of it.
final class Progress: Sendable {
    private let done: Atomic<Int>
    private let steps: Int
    private let work: Work

    init(steps: Int, done: Int, work: Work) {
        self.steps = steps
        self.done = Atomic(done)
        self.work = work
    }

    /// For the work on one target. The steps that run side by side are taken to be as far as the one that reports.
    func quiet(_ target: String) -> Work {
        Work(isCancelled: work.isCancelled) { [self] stage, fraction in
            let count = Double(done.load(ordering: .relaxed)) + 0.9 * min(max(fraction, 0), 1)
            work.report("\(target): \(stage)", count / Double(steps))
        }
    }

    func step(_ label: String) {
        let count = done.add(1, ordering: .relaxed).newValue
        work.report(label, Double(count) / Double(steps))
    }
}

extension Prediction {
    /// The same without what could explain it, which holds on to all that the method learned.
    package var withoutExplanations: Prediction {
        Prediction(
            method: method, target: target, values: values, intervals: intervals, quantiles: quantiles,
            chanceOfBest: chanceOfBest, order: order)
    }
}
