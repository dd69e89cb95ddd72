import ArgumentParser
import CellLanguage
import TransferGraphCore

/// `%recommend`
public struct RecommendMagic: Magic {
    public static let configuration = CommandConfiguration(
        commandName: "recommend",
        abstract: "Names the models to fine-tune first for a dataset, and the evidence for each.",
        discussion: "%recommend pets --top 5")

    @Argument(help: ArgumentHelp("The dataset.", valueName: "dataset"))
    public var target: String
    @Option(help: ArgumentHelp("How many models.", valueName: "count"))
    public var top: Int = 5
    @OptionGroup public var predictor: PredictorOptions

    public init() {}

    public mutating func validate() throws {
        if top < 1 { throw ValidationError("--top takes a count of 1 or more.") }
    }

    public func run(in invocation: Invocation) throws -> MagicResult {
        let zoo = try invocation.state.requireZoo()
        let prediction = try predictor.predict(target, zoo: zoo, in: invocation)
        let value = try invocation.withProgress("Collecting the evidence") { work in
            try RecommendationValue(prediction, zoo: zoo, top: top, work: work)
        }
        return MagicResult(value)
    }
}
