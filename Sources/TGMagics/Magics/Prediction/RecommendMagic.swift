import ArgumentParser
import CellLanguage
import TransferGraphCore

/// `%recommend`
public struct RecommendMagic: Magic {
    public static let configuration = CommandConfiguration(
        commandName: "recommend",
        abstract: "Names the models to fine-tune first for a dataset, or next where some have results there.",
        discussion: """
            %recommend pets --top 5
            %recommend mine --where "parameters < 100e6" --exclude org/model-a
            %recommend mine --budget 500e6 --cost parameters

            Results that the dataset has, such as those of %result add, are gone by: models tried are listed apart, and the \
            others come with what they are expected to add. Where every model has a result the results are held out, as \
            with --hold-out.
            """)

    @Argument(help: ArgumentHelp("The dataset.", valueName: "dataset"))
    public var target: String
    @Option(
        help: ArgumentHelp(
            "How many models; 5 where it is not said. A budget decides it by itself.", valueName: "count"))
    public var top: Int?
    @OptionGroup public var candidates: CandidateOptions
    @Option(
        help: ArgumentHelp(
            "By how much a model has to be better to be worth a run, in the dataset's units; 1 % of their range where it is not said.",
            valueName: "number"))
    public var delta: Double?
    @Flag(help: "Recommend as if the dataset had no result, to see how good the choice would have been.")
    public var holdOut = false
    @OptionGroup public var training: TrainedOnOption
    @OptionGroup public var predictor: PredictorOptions
    @OptionGroup public var look: InteractiveOption

    public init() {}

    public mutating func validate() throws {
        if let top, top < 1 { throw ValidationError("--top takes a count of 1 or more.") }
        if let delta, !(delta.isFinite && delta >= 0) { throw ValidationError("--delta takes a number of 0 or more.") }
    }

    public func run(in invocation: Invocation) throws -> MagicResult {
        let whole = try invocation.state.requireZoo()
        let (zoo, leftOut) = training.applied(to: whole)
        let index = try zoo.dataset(named: target)
        let tried = zoo.results.column(index).map { Int(zoo.results.models[$0]) }
        let conditions = !holdOut && !tried.isEmpty && whole.results.column(index).count < zoo.models.count
        var candidates = try candidates.candidates(in: zoo, context: invocation.context)
        if conditions {
            let known = Set(tried)
            candidates.leaveOut("tried already") { known.contains($0) }
        } else if delta != nil {
            throw UserError(
                "UsageError", "--delta is for a search that has begun: no result on '\(target)' is gone by here.",
                hint: "%result add \(target) MODEL VALUE brings one.")
        }
        try candidates.check(target: target)
        let (prediction, heldOut) = try predictor.predict(
            index, revealing: conditions ? tried : [], zoo: zoo, in: invocation)
        if prediction.values.indices.allSatisfy({ !candidates.isAllowed[$0] || prediction.values[$0] == nil }) {
            throw UserError(
                "NoCandidates", "\(prediction.method) says nothing of the models that are left.",
                hint: "--method auto says something of every model.")
        }
        let chosen = candidates
        let value: any SessionValue = try invocation.withProgress("Collecting the evidence") { work in
            let outlook = try prediction.outlook(
                in: heldOut, seed: predictor.seed, among: { chosen.isAllowed[$0] }, work: work)
            if conditions || chosen.costs != nil {
                var next = try NextModelsValue(
                    prediction, outlook: outlook, candidates: chosen, delta: delta, zoo: zoo, top: top ?? 5, work: work)
                next.isInteractive = look.interactive
                next.leftOut = leftOut
                return next
            }
            var first = try RecommendationValue(
                prediction, zoo: zoo, top: top ?? 5, candidates: chosen, outlook: outlook, work: work)
            first.isInteractive = look.interactive
            first.leftOut = leftOut
            return first
        }
        return MagicResult(value)
    }
}
