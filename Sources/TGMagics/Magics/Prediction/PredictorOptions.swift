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

    /// The name of the method, the standard one where none was given.
    func methodName(for zoo: Zoo) -> String { method ?? MethodOptions.standardMethod(for: zoo) }

    /// Predicts every model's performance on the dataset called `target`.
    func predict(_ target: String, zoo: Zoo, in invocation: Invocation) throws -> Prediction {
        let index = try zoo.dataset(named: target)
        let settings = try options.settings(seed: seed)
        let method = try MethodCatalog.method(named: methodName(for: zoo), for: zoo)
        return try invocation.withProgress("Predicting with \(method.name)") { work in
            try method.predict(TargetWorkspace(zoo: zoo, target: index, settings: settings, work: work))
        }
    }
}
