import Support

extension Evaluator {
    /// An evaluation that holds out more, or less, than one dataset. A target is predicted once a fold that holds some of its
    /// results, each a cell like that of a seed of its own; the measures see the models that were held out.
    ///
    /// - Parameters:
    ///   - zoo: all of it, with the results that are held out in turn.
    ///   - heldOut: what is held out.
    ///   - predictors: methods of one's own; those of ``methods`` where empty.
    ///   - work: asked whether to go on, told how far it is.
    /// - Throws: `Cancelled`; ``UnknownName`` for a method; ``EvaluationError``; what the methods throw.
    public func evaluate(
        _ zoo: Zoo, holdingOut heldOut: HoldOut, predictors: [any PredictionMethod] = [], work: Work = .unwatched
    ) throws -> Evaluation {
        NumericThreads.useOne()
        let targets = try usableTargets(of: zoo)
        var used = predictors
        if used.isEmpty { for name in methods { used.append(try MethodCatalog.method(named: name, for: zoo)) } }
        let methods = used
        let rounds = seeds.flatMap { seed in (0..<heldOut.foldsPerTarget).map { (seed: seed, fold: $0) } }
        let tasks = rounds.flatMap { round in targets.map { (seed: round.seed, fold: round.fold, target: $0) } }
        let progress = Progress(steps: tasks.count * methods.count, done: 0, work: work)
        let found = try Parallel.map(tasks, threads: threads, work: work) { task in
            var settings = settings
            settings.seed = task.seed
            let (held, asked) = heldOut.heldOut(
                zoo, target: task.target, fold: task.fold, seed: task.seed,
                includingWithoutSignal: settings.graph.includesWithoutSignal)
            let workspace = TargetWorkspace(
                held.keepingModels(ratio: modelRatio, seed: task.seed)
                    .keepingHistory(ratio: historyRatio, seed: task.seed),
                settings: settings, work: progress.quiet(zoo.datasets[task.target].name))
            return try cells(methods, workspace, zoo: zoo, of: Set(asked), progress: progress)
        }
        return evaluation(
            of: zoo, methods: methods.map(\.name), targets: targets, rounds: rounds.map(\.seed), cells: found)
    }
}
