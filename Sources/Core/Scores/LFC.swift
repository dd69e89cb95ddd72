import Support

/// The label–feature correlation (Deshpande et al., "A linearized framework and a new benchmark for model selection for
/// fine-tuning", 2021): the correlation, over all pairs of samples, of their similarity with whether they are of one
/// class.
enum LFC {
    /// How alike two samples are.
    enum Similarity {
        /// The inner product of their features, as in the paper.
        case dot
        /// The cosine of the angle between them.
        case cosine
        /// Pearson's correlation of the two rows of features.
        case correlation
        /// Minus their Euclidean distance.
        case euclidean
    }

    /// - Complexity: O(N D²), or O(N² D) for wide features; for the distances O(n² D) with n at most the session's
    ///   sample limit.
    static func value(_ session: ScoreSession, _ similarity: Similarity) throws -> Double {
        switch similarity {
        case .euclidean: try byDistances(session.sampled())
        case .dot: try byProducts(session, RowSource(session.data.features))
        case .cosine: try byProducts(session, UnitRows.source(session, centred: false))
        case .correlation: try byProducts(session, UnitRows.source(session, centred: true))
        }
    }

    /// With similarities Θ = ZZᵀ all sums over pairs are sums over Z's columns: ΣΘ = ‖Σz‖², ΣΘ over pairs of one class
    /// likewise class by class, and ΣΘ² = ‖ZᵀZ‖².
    private static func byProducts(_ session: ScoreSession, _ rows: RowSource) throws -> Double {
        let sums = try rows.sums(
            of: session.data.classes, classCount: session.data.classCount, threads: session.threads,
            work: session.work)
        var total = [Double](repeating: 0, count: rows.columns)
        var within = 0.0
        for index in 0..<sums.rows {
            for (column, value) in sums.row(index).enumerated() {
                total[column] += value
                within += value * value
            }
        }
        let gram =
            try session.isWide
            ? rows.rowGram(threads: session.threads, work: session.work)
            : rows.columnGram(threads: session.threads, work: session.work)
        return try correlation(
            sum: total.reduce(0) { $0 + $1 * $1 }, squares: gram.values.reduce(0) { $0 + $1 * $1 }, within: within,
            session)
    }

    private static func byDistances(_ session: ScoreSession) throws -> Double {
        let distances = try PairwiseDistances(session, .euclidean)
        let classes = session.data.classes
        let parts = try distances.forEachBlock(session) { rows, values in
            var sums = (sum: 0.0, squares: 0.0, within: 0.0)
            for (position, row) in rows.enumerated() {
                let index = classes[row]
                for other in classes.indices {
                    let distance = values[position * classes.count + other]
                    sums.sum -= distance
                    sums.squares += distance * distance
                    if classes[other] == index { sums.within -= distance }
                }
            }
            return sums
        }
        return try correlation(
            sum: parts.reduce(0) { $0 + $1.sum }, squares: parts.reduce(0) { $0 + $1.squares },
            within: parts.reduce(0) { $0 + $1.within }, session)
    }

    /// Pearson's correlation over all N² pairs, from the sums of the similarities, of their squares, and of those
    /// within classes.
    private static func correlation(
        sum: Double, squares: Double, within: Double, _ session: ScoreSession
    ) throws -> Double {
        let pairs = Double(session.data.rowCount) * Double(session.data.rowCount)
        let same = session.classCounts.reduce(0.0) { $0 + Double($1) * Double($1) }
        let covariance = within - sum * same / pairs
        let variance = squares - sum * sum / pairs
        guard variance > squares * 1e-14 else {
            throw ScoreError.Cause.equalSimilarities
        }
        return covariance / variance.squareRoot() / (same - same * same / pairs).squareRoot()
    }
}
