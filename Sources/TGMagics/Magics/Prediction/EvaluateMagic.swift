import ArgumentParser
import CellLanguage
import Support
import Sweeps
import TransferGraphCore

/// `%evaluate`
public struct EvaluateMagic: Magic {
    public static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Holds results out, each dataset's in turn, predicts them, and compares with what fine-tuning gave.",
        discussion: """
            %evaluate --method tg:xgb:n2v --method logme --target pets
            %evaluate --method history --history-ratio 0.3 --seed 1 --seed 2 --seed 3
            %evaluate --method auto --history-ratio 1,0.5,0.3,0.1
            %evaluate --method tg:xgb:n2v --targets 24
            %evaluate --protocol new-model --method auto --method nearest-text

            %methods lists the methods. A protocol other than one-dataset holds out a fifth at a time, drawn by --seed: of the \
            datasets (new-dataset), of the models (new-model), of both (new-both), or of all results (completion). Where \
            models or results are new, the others' results on the target stay known to methods that use them, and figures \
            are of those held out.
            --edges and the thresholds are for tg: methods; graph: methods make a graph of their own.
            """)

    @Option(
        help: ArgumentHelp(
            "A method; may be given several times. The history mean is always shown beside.", valueName: "method"))
    public var method: [String] = []
    @Option(help: ArgumentHelp("A dataset to hold out; may be given several times.", valueName: "dataset"))
    public var target: [String] = []
    @Option(
        help: ArgumentHelp(
            "Hold out so many datasets only, spread evenly from the one with the most results to the one with the fewest.",
            valueName: "count"))
    public var targets: Int?
    @Option(name: .customLong("protocol"), help: "What is held out at a time.")
    public var holdOut: HoldOut = .oneDataset
    @OptionGroup public var training: TrainedOnOption
    @Option(
        help: ArgumentHelp(
            "Keep this share of the other datasets' results, 0 to 1; several, separated by commas, give a curve.",
            valueName: "ratio"))
    public var historyRatio: CommaList<Double> = [1]
    @Option(help: ArgumentHelp("Keep the history of this share of the models, 0 to 1.", valueName: "ratio"))
    public var modelRatio: Double = 1
    @Option(
        help: ArgumentHelp(
            "Where random choices come from; given several times, the mean is shown.", valueName: "number"))
    public var seed: [UInt64] = [42]
    @OptionGroup public var threading: ThreadsOption
    @OptionGroup public var file: ExportOption
    @Flag(help: "Draw how often results lie where predictions say that they do.")
    public var calibration = false
    @OptionGroup public var look: InteractiveOption
    @OptionGroup public var options: MethodOptions
    @OptionGroup public var parts: PartOptions
    @Option(help: ArgumentHelp("The directory that --part and --on write to.", valueName: "path"))
    public var out: String?

    public init() {}

    public mutating func validate() throws {
        let ratios = historyRatio.elements
        if !ratios.allSatisfy((0...1).contains) || Set(ratios).count != ratios.count {
            throw ValidationError(
                "--history-ratio takes a share from 0 to 1, or several that differ, separated by commas: 1,0.5,0.3.")
        }
        if ratios.count > 1, file.export != nil || calibration {
            throw ValidationError("--export and --calibration need a single --history-ratio.")
        }
        try parts.check(out: out)
        if parts.isAsked, calibration {
            throw ValidationError(
                "--calibration needs quantiles that parts do not keep: give it without --part and --on.")
        }
        if parts.part != nil, file.export != nil {
            throw ValidationError("--export is for what tgkernel merge gives: a part has only some of the predictions.")
        }
        if !(0...1).contains(modelRatio) { throw ValidationError("--model-ratio takes a share from 0 to 1.") }
        if let targets {
            if targets < 1 { throw ValidationError("--targets takes a count of 1 or more.") }
            if !target.isEmpty {
                throw ValidationError("--targets chooses datasets, and --target names them: give one.")
            }
        }
        if Set(seed).count != seed.count { throw ValidationError("--seed was given the same number twice.") }
    }

    public func run(in invocation: Invocation) throws -> MagicResult {
        if let out, parts.isAsked {
            let output = try file.output(in: invocation)
            let sweep = try sweep { try SweepZoo.zoo(of: invocation.state, or: SweepFolder(out)) }
            return try PartRunner(sweep, parts, out: out, in: invocation).run(threads: threading.threads) {
                try .exporting($0, to: output)
            }
        }
        let whole = try invocation.state.requireZoo()
        let (zoo, withoutTrained) = training.applied(to: whole)
        let output = try file.output(in: invocation)
        var evaluator = try evaluator(for: zoo)
        try training.check(evaluator.targets, in: zoo, of: whole)
        for name in method { _ = try MethodCatalog.method(named: name, for: zoo) }
        let ratios = historyRatio.elements
        let plan = EvaluationPlan(
            zoo, methods: method, evaluator: evaluator, sample: targets, ratios: ratios.count, words: givenWords)
        let leftOut = plan.leftOut(and: withoutTrained)
        evaluator.methods = plan.methods
        evaluator.targets = plan.targets
        if !plan.announcement.isEmpty { invocation.context.write(plan.announcement, to: .stdout) }
        if ratios.count > 1 {
            return try curve(evaluator, ratios, zoo, leftOut, in: invocation)
        }
        let finished = try UnfinishedEvaluation.targets(for: UnfinishedEvaluation.key(zoo, evaluator))
        do {
            let value = try invocation.withProgress("Evaluating") { work in
                let evaluation = try evaluator.evaluate(zoo, finished: finished, work: work.part(0...0.97))
                return try EvaluationValue(
                    evaluation, showsCalibration: calibration, leftOut: leftOut, isInteractive: look.interactive,
                    threads: evaluator.threads, work: work.part(0.97...1))
            }
            try UnfinishedEvaluation.remove([UnfinishedEvaluation.key(zoo, evaluator)])
            return try MagicResult(
                value, writing: value.evaluation.csv(),
                as: ExportOption.words(value.evaluation.zoo, value.evaluation.targets), to: output)
        } catch is Cancelled {
            try UnfinishedEvaluation.keep([UnfinishedEvaluation.key(zoo, evaluator): finished])
            return try interrupted(evaluator, finished, zoo, leftOut, in: invocation)
        }
    }

    /// An evaluation at each history ratio.
    private func curve(
        _ evaluator: Evaluator, _ ratios: [Double], _ zoo: Zoo, _ leftOut: String?, in invocation: Invocation
    ) throws -> MagicResult {
        let evaluators = ratios.map { ratio in
            var evaluator = evaluator
            evaluator.historyRatio = ratio
            return evaluator
        }
        let finished = try evaluators.map {
            try UnfinishedEvaluation.targets(for: UnfinishedEvaluation.key(zoo, $0))
        }
        let keys = { try evaluators.map { try UnfinishedEvaluation.key(zoo, $0) } }
        var steps: [EvaluationValue] = []
        do {
            try invocation.withProgress("Evaluating") { work in
                let count = Double(ratios.count)
                for (index, evaluator) in evaluators.enumerated() {
                    let part = work.part(Double(index) / count...Double(index + 1) / count)
                    steps.append(
                        try EvaluationValue(
                            evaluator.evaluate(zoo, finished: finished[index], work: part.part(0...0.97)),
                            leftOut: leftOut, threads: evaluator.threads, work: part.part(0.97...1)))
                }
            }
            try UnfinishedEvaluation.remove(try keys())
            return MagicResult(HistoryCurveValue(steps, isInteractive: look.interactive))
        } catch is Cancelled {
            try UnfinishedEvaluation.keep(
                Dictionary(uniqueKeysWithValues: zip(keys(), finished).filter { $0.1.count > 0 }))
            guard !steps.isEmpty else {
                return try interrupted(evaluators[0], finished[0], zoo, leftOut, in: invocation)
            }
            return MagicResult(
                HistoryCurveValue(steps, isInteractive: look.interactive),
                writeError: Self.interruption(
                    "\(steps.count) of \(ratios.count) shares of the history; the curve is of these.", in: invocation))
        }
    }

    static func interruption(_ done: String, in invocation: Invocation) -> UserError {
        UserError(
            "KeyboardInterrupt",
            "Interrupted after \(done)\(invocation.sessionGoesOn ? " The same line goes on from here." : "")")
    }

    /// The value after an interrupt: the figures of the finished targets; the same line continues with the rest.
    private func interrupted(
        _ evaluator: Evaluator, _ finished: FinishedTargets, _ zoo: Zoo, _ leftOut: String?, in invocation: Invocation
    ) throws -> MagicResult {
        guard let evaluation = try evaluator.evaluation(of: finished, in: zoo) else { throw Cancelled() }
        let all = evaluator.targets.isEmpty ? zoo.evaluationTargets.count : evaluator.targets.count
        let value = try EvaluationValue(
            evaluation, leftOut: leftOut, resamples: 100, isInteractive: look.interactive, threads: evaluator.threads,
            work: .unwatched)
        return MagicResult(
            value,
            writeError: Self.interruption(
                "\(evaluation.targets.count) of \(all) targets; the figures are of these.", in: invocation))
    }

    func evaluator(for zoo: Zoo) throws -> Evaluator {
        var evaluator = Evaluator(methods: [])
        var seenTargets: Set<Int> = []
        for name in target {
            let index = try zoo.dataset(named: name)
            if seenTargets.insert(index).inserted { evaluator.targets.append(index) }
        }
        evaluator.holdOut = holdOut
        evaluator.historyRatio = historyRatio.elements[0]
        evaluator.modelRatio = modelRatio
        evaluator.seeds = seed
        evaluator.settings = try options.settings(
            seed: seed[0], for: method.isEmpty ? EvaluationPlan.usualMethods(for: zoo, holdOut) : method)
        if let threads = threading.threads { evaluator.threads = threads }
        return evaluator
    }
}
