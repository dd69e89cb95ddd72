import ArgumentParser
import TransferGraphCore

/// The options common to all methods.
public struct MethodOptions: ParsableArguments {
    @Option(help: ArgumentHelp("How many numbers a node's vector has.", valueName: "count"))
    public var dimension: Int = 32
    @Option(
        help: ArgumentHelp("How many embeddings a tg: method takes the mean prediction of.", valueName: "count"))
    public var embeddings: Int = 4
    @Option(help: "What the predictors of the tg: methods see: metadata and distances, embeddings, or both.")
    public var features: FeatureSet = .all
    @Flag(help: "Transferability scores are features of the tg: methods too.")
    public var scoreFeatures = false
    @OptionGroup public var graph: GraphOptions

    public init() {}

    public mutating func validate() throws {
        if !(1...4096).contains(dimension) { throw ValidationError("--dimension takes a count from 1 to 4096.") }
        if !(1...100).contains(embeddings) { throw ValidationError("--embeddings takes a count from 1 to 100.") }
    }

    /// The options in the methods' own form.
    func settings(seed: UInt64) throws(UserError) -> MethodSettings {
        var settings = MethodSettings()
        settings.graph = try graph.options()
        settings.features = features
        settings.scoresAsFeatures = scoreFeatures
        settings.dimension = dimension
        settings.embeddingsPerTarget = embeddings
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
