import ArgumentParser
import CellLanguage
import TransferGraphCore

/// `%predict`
public struct PredictMagic: ListingMagic {
    public static let configuration = CommandConfiguration(
        commandName: "predict", abstract: "Predicts how well every model will do on a dataset, its results held out.",
        discussion: """
            %predict --target pets --method tg:xgb:n2v --top 10

            --edges and the thresholds are for tg: methods; graph: methods make a graph of their own.
            """)

    @Option(help: ArgumentHelp("The dataset to predict for.", valueName: "dataset"))
    public var target: String
    @Option(help: ArgumentHelp("Show so many models, 10 where it is not said.", valueName: "count"))
    public var top: Int?
    @OptionGroup public var file: ExportOption
    @OptionGroup public var predictor: PredictorOptions
    @OptionGroup public var training: TrainedOnOption
    @OptionGroup public var look: InteractiveOption

    public init() {}

    public mutating func validate() throws {
        if let top, top < 1 { throw ValidationError("--top takes a count of 1 or more.") }
    }

    public func run(in invocation: Invocation) throws -> MagicResult {
        let (zoo, note) = training.applied(to: try invocation.state.requireZoo())
        let output = try file.output(in: invocation)
        let prediction = try predictor.predict(target, zoo: zoo, in: invocation)
        var value = PredictionValue(prediction, zoo: zoo, top: top ?? 10)
        value.isInteractive = look.interactive
        value.leftOut = note
        return try MagicResult(
            value,
            writing: PredictionExport.csv([prediction], zoo: zoo), as: ExportOption.words(zoo, [prediction.target]),
            to: output)
    }

    public mutating func listAll() {
        if top == nil { top = .max }
    }
}
