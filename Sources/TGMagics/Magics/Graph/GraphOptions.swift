import ArgumentParser
import JupyterKernel
import TransferGraphCore

/// Which edges enter a graph.
public struct GraphOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The kinds of edges, separated by commas: results, scores, similarity, pretraining, lineage.",
            valueName: "kinds"))
    public var edges: String = "results,pretraining,similarity"
    @Option(help: ArgumentHelp("A normalised result above this is an edge.", valueName: "number"))
    public var threshold: Double = 0.5
    @Option(help: ArgumentHelp("A normalised score above this is an edge.", valueName: "number"))
    public var scoreThreshold: Double = 0.5
    @Option(help: ArgumentHelp("A similarity of datasets above this is an edge.", valueName: "number"))
    public var similarityThreshold: Double = 0
    @Flag(help: "Take in datasets on which nearly every run stayed at chance.")
    public var includeWithoutSignal = false

    public init() {}

    public mutating func validate() throws {
        // Edges lie above a threshold, and an edge needs a weight above 0.
        let shares = [
            ("--threshold", threshold), ("--score-threshold", scoreThreshold),
            ("--similarity-threshold", similarityThreshold),
        ]
        for (name, value) in shares where !(0...1).contains(value) {
            throw ValidationError("\(name) takes a number from 0 to 1.")
        }
    }

    /// The options as the graph takes them.
    ///
    /// - Throws: `UserError` named `UsageError` with the nearest kinds.
    func options() throws(UserError) -> ZooGraph.Options {
        var options = ZooGraph.Options()
        options.kinds = []
        for name in edges.split(separator: ",").map({ String($0).trimmed }) where !name.isEmpty {
            guard let kind = ZooGraph.EdgeKind(rawValue: name) else {
                let names = ZooGraph.EdgeKind.allCases.map(\.rawValue)
                let near = NearestNames.nearest(to: name, in: names)
                throw UserError(
                    "UsageError", "There are no edges of the kind '\(name)'.",
                    hint: near.isEmpty
                        ? "Known: \(names.joined(separator: ", "))." : "Did you mean \(near.joined(separator: ", "))?")
            }
            options.kinds.insert(kind)
        }
        options.resultThreshold = threshold
        options.scoreThreshold = scoreThreshold
        options.similarityThreshold = similarityThreshold
        options.includesWithoutSignal = includeWithoutSignal
        return options
    }
}
