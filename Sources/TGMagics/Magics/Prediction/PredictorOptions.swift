import ArgumentParser
import CellLanguage
import TransferGraphCore

/// The method that predicts, for the magics that use one.
public struct PredictorOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The method; the best there is where none is named.", valueName: "method"))
    public var method: String?
    @Option(help: ArgumentHelp("Where random choices come from.", valueName: "number"))
    public var seed: UInt64 = 42
    @OptionGroup public var options: MethodOptions

    public init() {}

    /// The name of the method, the default one if none was given.
    func methodName(for zoo: Zoo) -> String { method ?? MethodOptions.standardMethod(for: zoo) }

    /// Predicts every model's performance on the dataset called `target`, with its results held out.
    func predict(_ target: String, zoo: Zoo, in invocation: Invocation) throws -> Prediction {
        try predict(zoo.dataset(named: target), zoo: zoo, in: invocation).prediction
    }

    /// Predicts every model's performance on a dataset, with its results held out except those of some models.
    func predict(
        _ target: Int, revealing models: [Int] = [], zoo: Zoo, in invocation: Invocation
    ) throws -> (prediction: Prediction, zoo: HeldOutZoo) {
        let method = try MethodCatalog.method(named: methodName(for: zoo), for: zoo)
        let settings = try options.settings(seed: seed, for: [method.name])
        return try invocation.withProgress("Predicting with \(method.name)") { work in
            let workspace = TargetWorkspace(
                zoo: zoo, target: target, revealing: models, settings: settings, work: work)
            return (try method.predict(workspace), workspace.zoo)
        }
    }
}
