import ArgumentParser
import CellLanguage
import TransferGraphCore

/// `%evaluate`
public struct EvaluateMagic: Magic {
    public static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Holds each dataset's results out in turn, predicts them, and compares with what fine-tuning gave.",
        discussion: """
            %evaluate --method tg:xgb:n2v --method logme --target pets
            %evaluate --method history --history-ratio 0.3 --seed 1 --seed 2 --seed 3
            %evaluate --method auto --history-ratio 1,0.5,0.3,0.1

            %methods lists the methods.
            """)

    @Option(
        help: ArgumentHelp(
            "A method; may be given several times. The history mean is always shown beside.", valueName: "method"))
    public var method: [String] = []
    @Option(help: ArgumentHelp("A dataset to hold out; may be given several times.", valueName: "dataset"))
    public var target: [String] = []
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
    @Option(help: ArgumentHelp("Work on so many targets at once; changes no figure.", valueName: "count"))
    public var threads: Int?
    @OptionGroup public var file: ExportOption
    @Flag(help: "Draw how often results lie where predictions say that they do.")
    public var calibration = false
    @OptionGroup public var options: MethodOptions

    public init() {}

    public mutating func validate() throws {
        let ratios = historyRatio.elements
        if !ratios.allSatisfy((0...1).contains) || Set(ratios).count != ratios.count {
            throw ValidationError(
                "--history-ratio takes a share from 0 to 1, or several that differ, separated by commas: 1,0.5,0.3.")
        }
        if ratios.count > 1, file.export != nil || calibration {
            throw ValidationError("--export and --calibration want a single --history-ratio.")
        }
        if !(0...1).contains(modelRatio) { throw ValidationError("--model-ratio takes a share from 0 to 1.") }
        if let threads, !(1...1024).contains(threads) {
            throw ValidationError("--threads takes a count from 1 to 1024.")
        }
        if Set(seed).count != seed.count { throw ValidationError("--seed was given the same number twice.") }
    }

    public func run(in invocation: Invocation) throws -> MagicResult {
        let zoo = try invocation.state.requireZoo()
        let output = try file.output(in: invocation)
        var evaluator = try evaluator(for: zoo)
        let ratios = historyRatio.elements
        if ratios.count > 1 {
            let steps = try invocation.withProgress("Evaluating") { work in
                try ratios.enumerated().map { index, ratio in
                    let part = work.part(
                        Double(index) / Double(ratios.count)...Double(index + 1) / Double(ratios.count))
                    evaluator.historyRatio = ratio
                    return try EvaluationValue(
                        evaluator.evaluate(zoo, work: part.part(0...0.97)), threads: evaluator.threads,
                        work: part.part(0.97...1))
                }
            }
            return MagicResult(HistoryCurveValue(steps))
        }
        let value = try invocation.withProgress("Evaluating") { work in
            let evaluation = try evaluator.evaluate(zoo, work: work.part(0...0.97))
            return try EvaluationValue(
                evaluation, showsCalibration: calibration, threads: evaluator.threads, work: work.part(0.97...1))
        }
        return try MagicResult(value, writing: value.evaluation.csv(), as: "the predictions", to: output)
    }

    private func evaluator(for zoo: Zoo) throws -> Evaluator {
        var names = method
        if names.isEmpty {
            names =
                [MethodOptions.standardMethod(for: zoo), "tg:xgb:n2v"] + zoo.scores.map(\.method) + [
                    "history", "random",
                ]
        }
        if !names.contains("history") { names.append("history") }
        var seen: Set<String> = []
        var evaluator = Evaluator(methods: names.filter { seen.insert($0).inserted })
        var seenTargets: Set<Int> = []
        for name in target {
            let index = try zoo.dataset(named: name)
            if seenTargets.insert(index).inserted { evaluator.targets.append(index) }
        }
        evaluator.historyRatio = historyRatio.elements[0]
        evaluator.modelRatio = modelRatio
        evaluator.seeds = seed
        evaluator.settings = try options.settings(seed: seed[0])
        if let threads { evaluator.threads = threads }
        return evaluator
    }
}
