import Support

/// What a transferability score looks at where the labels are numbers to be predicted, not classes.
public struct RegressionFeatures: Sendable {
    /// N × D, a row per sample.
    public let features: FeatureMatrix
    /// One for each row.
    public let targets: [Double]

    /// - Throws: ``FeatureError``: a NaN or an infinity, or counts that differ; `Cancelled`.
    public init(features: FeatureMatrix, targets: [Double], work: Work = .unwatched) throws {
        guard features.rows > 0 && features.columns > 0 else {
            throw FeatureError.noFeatures(rows: features.rows, columns: features.columns)
        }
        guard targets.count == features.rows else {
            throw FeatureError.labelCount(targets.count, rows: features.rows)
        }
        try LabelledFeatures.checkFinite(features, of: .features, work: work)
        self.features = features
        self.targets = targets
    }

    /// The log evidence per sample of a Bayesian linear regression of the targets on the features, its prior and noise
    /// precisions fitted (You et al., ICML 2021): what LogME is for one class, of the targets as they are.
    ///
    /// - Throws: ``ScoreError``; `Cancelled`.
    /// - Complexity: O(N · D · min(N, D)).
    public func logME(settings: ScoreSettings = ScoreSettings(), work: Work = .unwatched) throws -> Double {
        NumericThreads.useOne()
        let rows = RowSource(features)
        let isWide = features.rows <= features.columns
        let values: [Double]
        let projections: [Double]
        do {
            let gram =
                try isWide
                ? rows.rowGram(threads: settings.threads, work: work)
                : rows.columnGram(threads: settings.threads, work: work)
            let eigen = try Spectrum.decompose(gram, work: work)
            let spectrum =
                isWide
                ? Spectrum(ofRows: eigen, weights: targets)
                : Spectrum(ofColumns: eigen, classSums: try weightedSum(work: work))
            values = spectrum.values
            projections = values.indices.map { spectrum.projections[$0, 0] }
        } catch let error as NumericalError {
            throw ScoreError.numerical(error)
        }
        let value = LogME.evidence(
            values: values, projections: projections, squares: targets.reduce(0) { $0 + $1 * $1 },
            rows: Double(features.rows), columns: Double(features.columns))
        guard value.isFinite else { throw ScoreError.undefined(.logME, value.isNaN ? .notANumber : .infinite) }
        return value
    }

    /// Xᵀ y as a row.
    private func weightedSum(work: Work) throws -> Matrix {
        var sum = Matrix(rows: 1, columns: features.columns)
        for start in stride(from: 0, to: features.rows, by: 256) {
            try work.check()
            let block = features.matrix(rows: Array(start..<min(start + 256, features.rows)))
            for row in 0..<block.rows {
                let weight = targets[start + row]
                for column in 0..<block.columns { sum[0, column] += weight * block[row, column] }
            }
        }
        return sum
    }

    /// The scores of continuous labels, in the order given: LogME has a value, the others a failure.
    ///
    /// - Throws: `Cancelled`.
    public func scoreAll(
        _ scores: [TransferabilityScore], settings: ScoreSettings = ScoreSettings(), work: Work = .unwatched
    ) throws -> [ScoreResult] {
        try scores.map { score in
            let start = ContinuousClock.now
            var value: Double?
            var failure: ScoreError?
            if score == .logME {
                do { value = try logME(settings: settings, work: work) } catch let error as ScoreError {
                    failure = error
                }
            } else {
                failure = .needsClasses(score)
            }
            return ScoreResult(
                score: score, value: value, failure: failure, sample: nil,
                seconds: (ContinuousClock.now - start) / .seconds(1))
        }
    }
}
