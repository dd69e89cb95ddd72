import ArgumentParser
import TransferGraphCore

/// The options of learners that walk; omitted ones take their defaults. Graph networks use only the epochs and the
/// threads.
public struct WalkOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Walks that start at each node in each epoch.", valueName: "count"))
    public var walks: Int?
    @Option(help: ArgumentHelp("Nodes of a walk.", valueName: "count"))
    public var length: Int?
    @Option(help: ArgumentHelp("How far a context may be from its centre, in steps.", valueName: "count"))
    public var window: Int?
    @Option(help: ArgumentHelp("Negative samples of each window.", valueName: "count"))
    public var negatives: Int?
    @Option(help: ArgumentHelp("How often walks are drawn anew, or the passes over the edges.", valueName: "count"))
    public var epochs: Int?
    @Option(help: ArgumentHelp("The return parameter: small values keep walks near their start.", valueName: "number"))
    public var p: Double?
    @Option(help: ArgumentHelp("The in-out parameter: small values send walks far.", valueName: "number"))
    public var q: Double?
    @Option(help: ArgumentHelp("The most threads to use.", valueName: "count"))
    public var threads: Int?
    @Flag(help: "Let threads update vectors without order: faster on many threads, and not repeatable.")
    public var lockFree = false

    public init() {}

    /// The first given option that concerns walks.
    var firstOfWalks: String? {
        let given: [(String, Bool)] = [
            ("--walks", walks != nil), ("--length", length != nil), ("--window", window != nil),
            ("--negatives", negatives != nil), ("--p", p != nil), ("--q", q != nil), ("--lock-free", lockFree),
        ]
        return given.first(where: \.1)?.0
    }

    /// The learner with these options; it rejects invalid ones itself.
    func learner(dimension: Int, extended: Bool, seed: UInt64) -> Node2Vec {
        applied(to: Node2Vec(dimension: dimension, extended: extended, seed: seed))
    }

    /// The learner with the options that were given.
    func applied(to usual: Node2Vec) -> Node2Vec {
        var learner = usual
        if let walks { learner.walksPerNode = walks }
        if let length { learner.walkLength = length }
        if let window { learner.window = window }
        if let negatives { learner.negatives = negatives }
        if let epochs { learner.epochs = epochs }
        if let p { learner.p = p }
        if let q { learner.q = q }
        if let threads { learner.threads = threads }
        learner.lockFree = lockFree
        return learner
    }
}
