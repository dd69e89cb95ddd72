import ArgumentParser
import CellLanguage
import TransferGraphCore

/// `%predict`
public struct PredictMagic: Magic {
    public static let configuration = CommandConfiguration(
        commandName: "predict", abstract: "Predicts how well every model will do on a dataset, its results held out.",
        discussion: "%predict --target pets --method tg:xgb:n2v --top 10")

    @Option(help: ArgumentHelp("The dataset to predict for.", valueName: "dataset"))
    public var target: String
    @Option(help: ArgumentHelp("Show so many models.", valueName: "count"))
    public var top: Int = 10
    @OptionGroup public var file: ExportOption
    @OptionGroup public var predictor: PredictorOptions

    public init() {}

    public mutating func validate() throws {
        if top < 1 { throw ValidationError("--top takes a count of 1 or more.") }
    }

    public func run(in invocation: Invocation) throws -> MagicResult {
        let zoo = try invocation.state.requireZoo()
        let prediction = try predictor.predict(target, zoo: zoo, in: invocation)
        try file.write(PredictionExport.csv([prediction], zoo: zoo), in: invocation)
        return MagicResult(PredictionValue(prediction, zoo: zoo, top: top))
    }
}
