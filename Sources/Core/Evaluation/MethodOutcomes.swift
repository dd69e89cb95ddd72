/// What a method predicted on each target of an evaluation, beside what came out.
public struct MethodOutcomes: Sendable {
    /// The method's name.
    public let method: String
    /// Its outcomes by target, then seed, then fold; on every target as many.
    public let byTarget: [[TargetOutcome]]
    /// Into how many folds the models of a target are divided with each seed.
    public let foldCount: Int

    public init(method: String, byTarget: [[TargetOutcome]], foldCount: Int = 1) {
        self.method = method
        self.byTarget = byTarget
        self.foldCount = foldCount
    }
}

extension Evaluation {
    /// The outcomes of each method.
    public var outcomes: [MethodOutcomes] {
        methods.map { method in
            MethodOutcomes(
                method: method, byTarget: targets.map { cells(of: method, target: $0).map(\.outcome) },
                foldCount: holdOut.foldsPerTarget)
        }
    }
}

extension MethodOutcomes {
    /// Whether a correlation could say by how much it is uncertain: one of two models is 1 or -1, whichever two they are, and
    /// an interval around it would claim a certainty that is not there.
    var canVary: Bool {
        byTarget.contains { $0.contains { $0.predictedCount > 2 } }
    }
}
