import Support

/// The outcome of one transferability score among several.
public struct ScoreResult: Sendable {
    public let score: TransferabilityScore
    /// `nil` where the score has no value on these features, or what it needs was not given.
    public let value: Double?
    /// Why there is no value; `nil` where there is one.
    public let failure: ScoreError?
    /// How many rows it is of, where it is of a sample only, and how many there are.
    public let sample: (rows: Int, all: Int)?
    /// How long it took, without what an earlier score had already computed.
    public let seconds: Double

    package init(
        score: TransferabilityScore, value: Double?, failure: ScoreError?, sample: (rows: Int, all: Int)?,
        seconds: Double
    ) {
        self.score = score
        self.value = value
        self.failure = failure
        self.sample = sample
        self.seconds = seconds
    }
}

extension TransferabilityScore {
    /// Several scores of the same features, in the order given; the means, products and decompositions that more than
    /// one of them needs are computed once.
    ///
    /// A score that is undefined, or lacks source probabilities, has a failure instead of a value.
    ///
    /// - Throws: `Cancelled`.
    public static func scoreAll(
        _ scores: [TransferabilityScore] = allCases, of data: LabelledFeatures,
        settings: ScoreSettings = ScoreSettings(), work: Work = .unwatched
    ) throws -> [ScoreResult] {
        var results: [ScoreResult] = []
        let session = ScoreSession(
            data, sampleLimit: settings.sampleLimit, threads: settings.threads,
            work: work.quiet)
        for (position, score) in scores.enumerated() {
            work.report(score.name, Double(position) / Double(scores.count))
            let start = ContinuousClock.now
            var value: Double?
            var failure: ScoreError?
            var sample: (rows: Int, all: Int)?
            do {
                value = try score.value(session)
                if score.usesSample && data.rowCount > settings.sampleLimit {
                    sample = (session.sampled().data.rowCount, data.rowCount)
                }
            } catch let error as ScoreError {
                failure = error
            }
            results.append(
                ScoreResult(
                    score: score, value: value, failure: failure, sample: sample,
                    seconds: (ContinuousClock.now - start) / .seconds(1)))
        }
        return results
    }
}
