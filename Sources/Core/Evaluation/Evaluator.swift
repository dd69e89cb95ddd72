import Dispatch
import Foundation
import Support
import Synchronization

/// Leave-one-dataset-out, or another protocol (``HoldOut``): predicts each target with what is held out, by each method.
public struct Evaluator: Sendable {
    /// Names of methods, in the order of the table.
    public var methods: [String]
    /// Indices of the targets; the zoo's ``Zoo/evaluationTargets`` where empty.
    public var targets: [Int] = []
    /// What is held out. With folds over models or results a target is predicted once a fold, and its cells are those of a
    /// seed each; the measures see the held-out models only.
    public var heldOut = HoldOut.oneDataset
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

    /// - Throws: ``Cancelled``; ``UnknownName`` for a method; ``EvaluationError``; what the methods throw.
    public func evaluate(_ zoo: Zoo, work: Work = .unwatched) throws -> Evaluation {
        _ = try usableTargets(of: zoo)
        var named: [any PredictionMethod] = []
        for name in methods { named.append(try MethodCatalog.method(named: name, for: zoo)) }
        return try evaluate(zoo, methods: named, work: work)
    }

    /// The same for methods of one's own.
    ///
    /// - Throws: ``Cancelled``; ``EvaluationError``; what the methods throw.
    public func evaluate(
        _ zoo: Zoo, methods: [any PredictionMethod], work: Work = .unwatched
    ) throws -> Evaluation {
        NumericThreads.useOne()
        let targets = try usableTargets(of: zoo)
        let rounds = seeds.flatMap { seed in (0..<heldOut.foldsPerTarget).map { (seed: seed, fold: $0) } }
        let tasks = rounds.flatMap { round in targets.map { (seed: round.seed, fold: round.fold, target: $0) } }
        let progress = Progress(steps: tasks.count * methods.count, work: work)
        let finished = try Parallel.map(tasks, threads: threads, work: work) { task in
            try evaluate(methods, target: task.target, fold: task.fold, seed: task.seed, zoo: zoo, progress: progress)
        }
        let cells = methods.indices.flatMap { method in
            targets.indices.flatMap { target in
                rounds.indices.map { round in finished[round * targets.count + target][method] }
            }
        }
        return Evaluation(
            zoo: zoo, methods: methods.map(\.name), targets: targets, seeds: rounds.map(\.seed),
            historyRatio: historyRatio,
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
        _ methods: [any PredictionMethod], target: Int, fold: Int, seed: UInt64, zoo: Zoo, progress: Progress
    ) throws -> [Evaluation.Cell] {
        var settings = settings
        settings.seed = seed
        let (held, asked) = heldOut.heldOut(
            zoo, target: target, fold: fold, seed: seed,
            includingWithoutSignal: settings.graph.includesWithoutSignal)
        let workspace = TargetWorkspace(
            held.keepingModels(ratio: modelRatio, seed: seed).keepingHistory(ratio: historyRatio, seed: seed),
            settings: settings, work: progress.quiet)
        let models = Set(asked)
        return try methods.map { method in
            let start = ContinuousClock.now
            let prediction = try method.predict(workspace)
            let duration = ContinuousClock.now - start
            progress.step("\(method.name) on \(zoo.datasets[target].name)")
            return Evaluation.Cell(
                method: method.name, target: target, seed: seed, prediction: prediction,
                outcome: Self.outcome(prediction, in: zoo, of: models), seconds: duration / .seconds(1))
        }
    }

    /// A prediction beside the results that the zoo has on its target, of some models or all; minus infinity where nothing
    /// is predicted.
    static func outcome(_ prediction: Prediction, in zoo: Zoo, of asked: Set<Int>? = nil) -> TargetOutcome {
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

/// Counts finished steps and passes them on; the steps' own reports stay unheard.
private final class Progress: Sendable {
    private let done = Atomic(0)
    private let steps: Int
    private let work: Work

    init(steps: Int, work: Work) {
        self.steps = steps
        self.work = work
    }

    var quiet: Work { Work(isCancelled: work.isCancelled, report: { _, _ in }) }

    func step(_ label: String) {
        let count = done.add(1, ordering: .relaxed).newValue
        work.report(label, Double(count) / Double(steps))
    }
}
