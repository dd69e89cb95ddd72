import Dispatch
import Foundation
import Support
import Synchronization

/// Leave-one-dataset-out: predicts each target with its results held out, by each method.
public struct Evaluator: Sendable {
    /// Names of methods, in the order of the table.
    public var methods: [String]
    /// Indices of the targets; the zoo's ``Zoo/evaluationTargets`` where empty.
    public var targets: [Int] = []
    /// The share of the other datasets' results that is kept.
    public var historyRatio = 1.0
    /// The share of the models whose history is kept.
    public var modelRatio = 1.0
    /// One evaluation a seed: it draws what is kept of the history, and is every method's own seed.
    public var seeds: [UInt64] = [42]
    public var settings = MethodSettings()
    /// Targets worked on at the same time. Results do not depend on it.
    public var threads = ProcessInfo.processInfo.activeProcessorCount

    public init(methods: [String]) {
        self.methods = methods
    }

    /// Holds each target's results out in turn, predicts them by each method with each seed, and measures.
    ///
    /// - Parameters:
    ///   - zoo: all of it, with the results that are held out in turn.
    ///   - finished: takes each target that is done, and is asked for it first: what an interrupted evaluation of the same
    ///     methods and settings left.
    ///   - predictions: what was predicted before with the same settings, the target held out; it is not predicted again,
    ///     and took no time here.
    ///   - work: asked whether to go on, told how far it is.
    /// - Throws: `Cancelled`; ``UnknownName`` for a method; ``EvaluationError``; what the methods throw.
    public func evaluate(
        _ zoo: Zoo, finished: FinishedTargets? = nil, using predictions: [Prediction] = [],
        work: Work = .unwatched
    ) throws -> Evaluation {
        NumericThreads.useOne()
        let targets = try usableTargets(of: zoo)
        var named: [any PredictionMethod] = []
        for name in methods { named.append(try MethodCatalog.method(named: name, for: zoo)) }
        let methods = named
        let tasks = seeds.flatMap { seed in targets.map { (seed: seed, target: $0) } }
        let known = finished.map { finished in tasks.count { finished[seed: $0.seed, target: $0.target] != nil } } ?? 0
        let progress = Progress(
            steps: tasks.count * methods.count, done: known * methods.count, work: work)
        let found = try Parallel.map(tasks, threads: threads, work: work) { task in
            if let cells = finished?[seed: task.seed, target: task.target] { return cells }
            let cells = try evaluate(
                methods, target: task.target, seed: task.seed, zoo: zoo, using: predictions, progress: progress)
            finished?[seed: task.seed, target: task.target] = cells
            return cells
        }
        return evaluation(of: zoo, methods: methods.map(\.name), targets: targets, rounds: seeds, cells: found)
    }

    /// The evaluation on those targets that were done with every seed before it was interrupted; `nil` where none was.
    ///
    /// - Throws: as ``evaluate(_:finished:using:work:)`` where the methods or targets are none.
    public func evaluation(of finished: FinishedTargets, in zoo: Zoo) throws -> Evaluation? {
        let targets = try usableTargets(of: zoo).filter { target in
            seeds.allSatisfy { finished[seed: $0, target: target] != nil }
        }
        if targets.isEmpty { return nil }
        let cells = seeds.flatMap { seed in targets.compactMap { finished[seed: seed, target: $0] } }
        return evaluation(of: zoo, methods: cells[0].map(\.method), targets: targets, rounds: seeds, cells: cells)
    }

    /// - Parameters:
    ///   - rounds: the seed of each time that all targets were predicted.
    ///   - found: by round, then target: a cell a method.
    func evaluation(
        of zoo: Zoo, methods: [String], targets: [Int], rounds: [UInt64], cells found: [[Evaluation.Cell]]
    ) -> Evaluation {
        let cells = methods.indices.flatMap { method in
            targets.indices.flatMap { target in
                rounds.indices.map { round in found[round * targets.count + target][method] }
            }
        }
        return Evaluation(
            zoo: zoo, methods: methods, targets: targets, seeds: rounds, historyRatio: historyRatio,
            modelRatio: modelRatio, cells: cells)
    }

    func usableTargets(of zoo: Zoo) throws(EvaluationError) -> [Int] {
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
        _ methods: [any PredictionMethod], target: Int, seed: UInt64, zoo: Zoo, using predictions: [Prediction],
        progress: Progress
    ) throws -> [Evaluation.Cell] {
        var settings = settings
        settings.seed = seed
        let workspace = TargetWorkspace(
            zoo: zoo, target: target, modelRatio: modelRatio, historyRatio: historyRatio, settings: settings,
            work: progress.quiet("\(zoo.datasets[target].name)"))
        return try cells(methods, workspace, zoo: zoo, using: predictions, progress: progress)
    }

    /// What each method says of a workspace's target, beside the results that the zoo has there.
    ///
    /// - Parameter asked: the models that are measured; all with results where `nil`.
    func cells(
        _ methods: [any PredictionMethod], _ workspace: TargetWorkspace, zoo: Zoo, of asked: Set<Int>? = nil,
        using predictions: [Prediction] = [], progress: Progress
    ) throws -> [Evaluation.Cell] {
        let target = workspace.zoo.target
        return try methods.map { method in
            let start = ContinuousClock.now
            let known = predictions.first { $0.method == method.name && $0.target == target }
            let prediction = try known ?? method.predict(workspace)
            let duration = ContinuousClock.now - start
            progress.step("\(method.name) on \(zoo.datasets[target].name)")
            return Evaluation.Cell(
                method: method.name, target: target, seed: workspace.settings.seed,
                prediction: prediction.withoutExplanations, outcome: Self.outcome(prediction, in: zoo, of: asked),
                seconds: duration / .seconds(1))
        }
    }

    /// A prediction beside the results that the zoo has on its target, of some models or all; minus infinity where nothing
    /// is predicted.
    static func outcome(_ prediction: Prediction, in zoo: Zoo, of asked: Set<Int>?) -> TargetOutcome {
        var models: [Int] = []
        var predicted: [Double] = []
        var actual: [Double] = []
        for position in zoo.results.column(prediction.target) {
            let model = Int(zoo.results.models[position])
            guard asked?.contains(model) ?? true else { continue }
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
