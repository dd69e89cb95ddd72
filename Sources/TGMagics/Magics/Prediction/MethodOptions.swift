import ArgumentParser
import TransferGraphCore

/// The options that some methods have in common.
public struct MethodOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "How many numbers a node's vector has in tg: and graph: methods; 32 where it is not said.",
            valueName: "count"))
    public var dimension: Int?
    @Option(
        help: ArgumentHelp(
            "How many embeddings a tg: method takes the mean prediction of; 4 where it is not said.",
            valueName: "count"))
    public var embeddings: Int?
    @Option(
        help:
            "What the predictors of the tg: methods see: metadata and distances, embeddings, or both, which is usual.")
    public var features: FeatureSet?
    @Flag(help: "Transferability scores are features of the tg: methods too.")
    public var scoreFeatures = false
    @OptionGroup public var graph: GraphOptions

    public init() {}

    public mutating func validate() throws {
        if let dimension, !(1...4096).contains(dimension) {
            throw ValidationError("--dimension takes a count from 1 to 4096.")
        }
        if let embeddings, !(1...100).contains(embeddings) {
            throw ValidationError("--embeddings takes a count from 1 to 100.")
        }
    }

    /// The options in the methods' own form.
    ///
    /// - Parameter methods: those that are to predict.
    /// - Throws: `UserError` named `UsageError` for an option that none of them uses.
    func settings(seed: UInt64, for methods: [String]) throws(UserError) -> MethodSettings {
        for word in words where word != GraphOptions.wordForWithoutSignal {
            let option = word.prefix { $0 != "=" }
            let kinds = option == "--dimension" ? ["tg:", "graph:"] : ["tg:"]
            if methods.contains(where: { method in kinds.contains { method.hasPrefix($0) } }) { continue }
            let chosen =
                methods.count == 1 ? "\(methods[0]) is none" : "none of \(methods.joined(separator: ", ")) is one"
            throw UserError(
                "UsageError", "\(option) is for \(kinds.joined(separator: " and ")) methods, and \(chosen).",
                hint: "Leave it out, or name such a method: --method tg:xgb:n2v.")
        }
        var settings = MethodSettings()
        settings.graph = try graph.options()
        settings.scoresAsFeatures = scoreFeatures
        if let features { settings.features = features }
        if let dimension { settings.dimension = dimension }
        if let embeddings { settings.embeddingsPerTarget = embeddings }
        settings.seed = seed
        return settings
    }

    /// The default method: the project's best available one.
    static func standardMethod(for zoo: Zoo) -> String {
        let names = MethodCatalog.entries(for: zoo).map(\.name)
        return ["auto", "tg:xgb:n2v"].first(where: names.contains) ?? "history"
    }
}

extension FeatureSet: ExpressibleByArgument {}
