import ArgumentParser
import JupyterKernel
import TransferGraphCore

/// Which edges enter a graph.
public struct GraphOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The kinds of edges, separated by commas: results, scores, similarity, pretraining, lineage. All are usual; by the paper's recipe results, similarity, pretraining.",
            valueName: "kinds"))
    public var edges: String?
    @Option(help: ArgumentHelp("A normalised result above this is an edge (paper; usually 0.5).", valueName: "number"))
    public var threshold: Double?
    @Option(help: ArgumentHelp("A normalised score above this is an edge (paper; usually 0.5).", valueName: "number"))
    public var scoreThreshold: Double?
    @Option(
        help: ArgumentHelp("A similarity of datasets above this is an edge (paper; usually 0).", valueName: "number"))
    public var similarityThreshold: Double?
    @Flag(help: "Take in datasets whose results hardly tell models apart.")
    public var includeWithoutSignal = false

    public init() {}

    public mutating func validate() throws {
        // Edges must exceed their threshold, and an edge needs a weight above 0.
        let shares = [
            ("--threshold", threshold), ("--score-threshold", scoreThreshold),
            ("--similarity-threshold", similarityThreshold),
        ]
        for (name, value) in shares where !(value.map((0...1).contains) ?? true) {
            throw ValidationError("\(name) takes a number from 0 to 1.")
        }
    }

    /// The options in the graph's own form.
    ///
    /// - Throws: `UserError` named `UsageError` with the nearest kinds.
    func options(recipe: ZooGraph.Recipe = .paper) throws(UserError) -> ZooGraph.Options {
        var options = recipe == .own ? ZooGraph.Options.own : ZooGraph.Options()
        if recipe == .own, let option = firstThreshold {
            throw UserError(
                "UsageError", "The own recipe has no thresholds, and \(option) is one.",
                hint: "Add --recipe paper, or leave it out.")
        }
        options.includesWithoutSignal = includeWithoutSignal
        if let threshold { options.resultThreshold = threshold }
        if let scoreThreshold { options.scoreThreshold = scoreThreshold }
        if let similarityThreshold { options.similarityThreshold = similarityThreshold }
        guard let edges else { return options }
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
        return options
    }

    /// The first threshold that was given.
    var firstThreshold: String? {
        let given = [
            ("--threshold", threshold != nil), ("--score-threshold", scoreThreshold != nil),
            ("--similarity-threshold", similarityThreshold != nil),
        ]
        return given.first(where: \.1)?.0
    }
}
