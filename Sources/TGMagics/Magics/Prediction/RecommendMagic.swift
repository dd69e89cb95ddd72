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

    public static let bindingOptions = ColumnOptions.binding

    @Argument(help: ArgumentHelp("The dataset.", valueName: "dataset"))
    public var target: String
    @Option(
        help: ArgumentHelp(
            "How many models; 5 where it is not said. A budget decides it by itself.", valueName: "count"))
    public var top: Int?
    @OptionGroup public var candidates: CandidateOptions
    @Option(
        help: ArgumentHelp(
            "By how much a model has to be better to be worth a run: in the dataset's units, or as a share of what results can be, such as 2%; 1% where it is not said.",
            valueName: "difference"))
    public var delta: ResultDifference?
    @Flag(help: "Recommend as if the dataset had no result, to see how good the choice would have been.")
    public var holdOut = false
    @OptionGroup public var training: TrainedOnOption
    @OptionGroup public var predictor: PredictorOptions
    @OptionGroup public var look: InteractiveOption

    public init() {}

    public mutating func validate() throws {
        if let top, top < 1 { throw ValidationError("--top takes a count of 1 or more.") }
        try delta?.check()
    }

    public func run(in invocation: Invocation) throws -> MagicResult {
        let whole = try invocation.state.requireZoo()
        let (zoo, leftOut) = training.applied(to: whole)
        let index = try zoo.dataset(named: target)
        let choice = try ModelChoice(
            index, in: zoo, holdsOut: holdOut || whole.results.column(index).count == whole.models.count,
            candidates: candidates, delta: delta, of: invocation)
        let (prediction, heldOut) = try predictor.predict(
            index, revealing: choice.revealed, zoo: zoo, in: invocation)
        let value = try invocation.withProgress("Collecting the evidence") { work in
            try choice.recommendation(
                prediction, in: heldOut, of: zoo, seed: predictor.seed, top: top ?? 5, leftOut: leftOut,
                isInteractive: look.interactive, work: work)
        }
        return MagicResult(value)
    }
}
