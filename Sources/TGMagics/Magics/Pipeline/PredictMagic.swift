import ArgumentParser
import Core

/// `%predict`
public struct PredictMagic: Magic {
    public static let configuration = CommandConfiguration(
        commandName: "predict", abstract: "Predicts how well every model will do on a dataset, its results held out.",
        discussion: "%predict --target pets --method tg:xgb:n2v --top 10")

    @Option(help: ArgumentHelp("The dataset to predict for.", valueName: "dataset"))
    public var target: String
    @Option(help: ArgumentHelp("The method; the best there is where none is named.", valueName: "method"))
    public var method: String?
    @Option(help: ArgumentHelp("Show so many models.", valueName: "count"))
    public var top: Int = 10
    @Option(help: ArgumentHelp("Where random choices come from.", valueName: "number"))
    public var seed: UInt64 = 42
    @Option(
        help: ArgumentHelp(
            "Write every prediction to this file: method,target,model,predicted,actual.", valueName: "file"))
    public var export: String?
    @OptionGroup public var options: MethodOptions

    public init() {}

    public mutating func validate() throws {
        if export?.trimmed.isEmpty == true { throw ValidationError("--export takes the name of a file.") }
        if top < 1 { throw ValidationError("--top takes a count of 1 or more.") }
    }

    public func run(in invocation: Invocation) throws -> MagicResult {
        let zoo = try invocation.state.requireZoo()
        let prediction = try options.predict(target, method: method, seed: seed, zoo: zoo, in: invocation)
        if let export {
            try FileOutput.write(PredictionExport.csv([prediction], zoo: zoo), to: export)
            invocation.context.write("Wrote the predictions to \(export.singleLine()).\n", to: .stdout)
        }
        return MagicResult(PredictionValue(prediction, zoo: zoo, top: top))
    }
}

extension MethodOptions {
    /// Predicts every model's performance on the dataset called `target`.
    func predict(
        _ target: String, method: String?, seed: UInt64, zoo: Zoo, in invocation: Invocation
    ) throws -> Prediction {
        let index = try zoo.dataset(named: target)
        let settings = try settings(seed: seed)
        let method = try MethodCatalog.method(named: method ?? Self.standardMethod(for: zoo), for: zoo)
        let heldOut = zoo.holdingOut(index, includingWithoutSignal: settings.graph.includesWithoutSignal)
        return try invocation.withProgress("Predicting with \(method.name)") { work in
            try method.predict(TargetWorkspace(heldOut, settings: settings, work: work))
        }
    }
}
