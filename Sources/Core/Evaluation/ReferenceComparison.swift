import Support

/// One method of an evaluation beside the figures someone else has for it, on the targets that both have.
public struct ReferenceComparison: Sendable {
    public let method: String
    /// The targets that both have.
    public let targets: [String]
    /// The mean over ``targets`` of each measure: in the evaluation, and in the reference.
    public let means: [Measure: (here: Double, there: Double)]
    /// The difference of the Pearson correlations (here minus there) on each of ``targets``.
    public let differences: [Double?]
    /// Where the mean Pearson correlation here lies for other models like these.
    public let interval: Interval?
    /// The two-sided p-value of the sign-flip test over the targets' differences. Both sides saw the same models, of which
    /// only the reference's means are known, so the targets are all that chance can be judged by.
    public let pValue: Double

    /// Whether the Pearson correlations are the same on every target, up to the digits that files are written with.
    public var isEqual: Bool { differences.allSatisfy { $0.map { abs($0) <= 0.001 } ?? true } }

    /// Whether the means differ by more than the choice of targets explains: ``pValue`` is at most 0.05.
    public var isDistinguishable: Bool { !isEqual && pValue <= 0.05 }

    /// - Returns: `nil` where the reference has nothing on this method and any of the evaluation's targets.
    public init?(
        of method: String, in evaluation: Evaluation, with reference: ReferenceFigures,
        bootstrap: ModelBootstrap = ModelBootstrap(resamples: 500), work: Work = .unwatched
    ) throws(Cancelled) {
        var pairs: [(target: Int, row: ReferenceFigures.Row)] = []
        for target in evaluation.targets {
            let name = evaluation.zoo.datasets[target].name
            if let row = reference.row(method: method, target: name) { pairs.append((target, row)) }
        }
        guard !pairs.isEmpty else { return nil }
        self.method = method
        targets = pairs.map { evaluation.zoo.datasets[$0.target].name }
        var means: [Measure: (here: Double, there: Double)] = [:]
        for measure in reference.measures {
            let both = pairs.compactMap { pair -> (Double, Double)? in
                guard let here = evaluation.value(measure, method: method, target: pair.target),
                    let there = pair.row.values[measure], there.isFinite
                else { return nil }
                return (here, there)
            }
            guard !both.isEmpty else { continue }
            let count = Double(both.count)
            means[measure] = (
                both.reduce(0) { $0 + $1.0 } / count, both.reduce(0) { $0 + $1.1 } / count
            )
        }
        self.means = means
        differences = pairs.map { pair in
            PairedComparison.difference(
                evaluation.value(.pearson, method: method, target: pair.target), pair.row.values[.pearson])
        }
        let named = Set(targets)
        interval = try bootstrap.interval(
            of: .pearson, over: evaluation.outcomes(of: method).filter { named.contains($0.target) }, work: work)
        pValue = try PairedComparison.signFlipPValue(differences.compactMap(\.self), work: work)
    }

    /// The target on which the Pearson correlations differ most, and by how much.
    public var farthest: (target: String, difference: Double)? {
        zip(targets, differences).compactMap { target, difference in difference.map { (target, $0) } }
            .max { abs($0.1) < abs($1.1) }
    }

}
