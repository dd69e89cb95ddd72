import CellLanguage
import JupyterKernel
import Presentation
import TransferGraphCore

/// What `%recommend` and `%report` choose among for one dataset, and which of its results they use.
struct ModelChoice {
    let target: Int
    /// The models whose results on the target are used; empty if its results are held out.
    let revealed: [Int]
    let candidates: Candidates
    private let delta: ResultDifference?

    /// - Parameters:
    ///   - holdsOut: whether the target's results are held out; they also are if every model has one.
    ///   - delta: the improvement that makes a run worthwhile; `nil` for 1 % of the range.
    /// - Throws: `UserError` if no model is left, or `delta` or a condition makes no sense here; ``UnknownName``;
    ///   `Cancelled`.
    init(
        _ target: Int, in zoo: Zoo, holdsOut: Bool, candidates options: CandidateOptions, delta: ResultDifference?,
        of invocation: Invocation
    ) throws {
        let name = zoo.datasets[target].name
        let tried = zoo.results.column(target).map { Int(zoo.results.models[$0]) }
        let goesBy = !holdsOut && !tried.isEmpty && tried.count < zoo.models.count
        var candidates = try options.candidates(in: zoo, holdingOut: goesBy ? nil : target, of: invocation)
        if let strangers = zoo.modalityStrangers(to: target), !strangers.models.isEmpty {
            candidates.leaveOut(
                "with results on other modalities than \(strangers.values.joined(separator: ", ")) alone"
            ) {
                strangers.models.contains($0)
            }
        }
        if goesBy {
            let known = Set(tried)
            candidates.leaveOut(Candidates.tried) { known.contains($0) }
        } else if delta != nil {
            throw UserError(
                "UsageError", "--delta is for a search that has begun: no result on '\(name)' is used here.",
                hint: "%result add \(name) MODEL VALUE brings one.")
        }
        try candidates.check(target: name)
        self.target = target
        self.candidates = candidates
        self.delta = delta
        revealed = goesBy ? tried : []
    }

    /// The recommendation based on a prediction.
    ///
    /// - Parameters:
    ///   - prediction: made from `heldOut`, the zoo that reveals the results of ``revealed`` on the target.
    ///   - top: the most models, if no budget decides it.
    ///   - leftOut: what was left out of the zoo beforehand, in a sentence.
    ///   - explains: whether to ask the method for explanations.
    ///   - isInteractive: whether charts come with tooltips.
    /// - Throws: `UserError` if the method predicts none of the remaining models; `Cancelled`; the method's errors.
    func recommendation(
        _ prediction: Prediction, in heldOut: HeldOutZoo, of zoo: Zoo, seed: UInt64, top: Int, leftOut: String? = nil,
        explains: Bool = true, isInteractive: Bool = false, work: Work
    ) throws -> any Recommendation {
        if prediction.values.indices.allSatisfy({ !candidates.isAllowed[$0] || prediction.values[$0] == nil }) {
            throw UserError(
                "NoCandidates", "\(prediction.method) predicts none of the models that are left.",
                hint: "--method auto predicts every model.")
        }
        let outlook = try prediction.outlook(
            in: heldOut, seed: seed, among: { candidates.isAllowed[$0] },
            counting: { candidates.meetsConstraints[$0] }, work: work)
        if !revealed.isEmpty || candidates.costs != nil {
            var next = try NextModelsValue(
                prediction, outlook: outlook, candidates: candidates, delta: delta, zoo: zoo, top: top,
                explains: explains, work: work)
            next.isInteractive = isInteractive
            next.leftOut = leftOut
            return next
        }
        var first = try RecommendationValue(
            prediction, zoo: zoo, top: top, candidates: candidates, outlook: outlook, explains: explains, work: work)
        first.isInteractive = isInteractive
        first.leftOut = leftOut
        return first
    }
}
