/// H-score: the trace of cov(f)⁺ cov(E[f|y]) (Bao et al., "An Information-Theoretic Approach to Transferability in Task
/// Transfer Learning", ICIP 2019), and its regularized form.
enum HScore {
    /// With the pseudo-inverse of the covariance, whose zero eigenvalues (constant or dependent columns, D > N) do not
    /// count. Between 0 and classes − 1.
    static func value(_ session: ScoreSession) throws -> Double {
        let spectrum = try session.centredSpectrum()
        var score = 0.0
        for k in 0..<spectrum.rank {
            for index in 0..<session.data.classCount {
                score += spectrum.projections[k, index] / Double(session.classCounts[index])
            }
        }
        return score
    }

    /// With the covariance shrunk towards a multiple of the identity (Ibrahim, Ponomareva and Mazumder, "Newer is not
    /// always better: Rethinking transferability metrics, their peculiarities, stability and performance", 2021), by
    /// the intensity of Ledoit and Wolf ("A well-conditioned estimator for large-dimensional covariance matrices",
    /// Journal of Multivariate Analysis 2004).
    static func regularized(_ session: ScoreSession) throws -> Double {
        let spectrum = try session.centredSpectrum()
        let (rows, columns) = (Double(session.data.rowCount), Double(session.data.columnCount))
        let fourthPowers = try session.centredRows().valuesOfRows(threads: session.threads, work: session.work) {
            var square = 0.0
            for value in $0 { square += value * value }
            return square * square
        }
        let meanVariance = spectrum.values.reduce(0, +) / rows / columns
        let shrinkage = ledoitWolf(
            eigenvalues: spectrum.values.map { $0 / rows }, meanVariance: meanVariance,
            fourthPowers: fourthPowers.reduce(0, +), rows: rows, columns: columns)
        var score = 0.0
        for k in 0..<spectrum.rank {
            let shrunk = (1 - shrinkage) * spectrum.values[k] / rows + shrinkage * meanVariance
            for index in 0..<session.data.classCount {
                let between = spectrum.values[k] * spectrum.projections[k, index] / Double(session.classCounts[index])
                score += between / shrunk
            }
        }
        return (1 - shrinkage) * score / (rows - 1)
    }

    /// The share of the target (`meanVariance` times the identity) in the best mix with the empirical covariance.
    ///
    /// - Parameters:
    ///   - eigenvalues: of the empirical covariance, divided by the number of rows.
    ///   - fourthPowers: Σ‖x − mean‖⁴ over the rows.
    static func ledoitWolf(
        eigenvalues: [Double], meanVariance: Double, fourthPowers: Double, rows: Double, columns: Double
    ) -> Double {
        guard columns > 1 else { return 0 }
        let squares = eigenvalues.reduce(0) { $0 + $1 * $1 }
        let noise = (fourthPowers / rows - squares) / (columns * rows)
        let spread = squares / columns - meanVariance * meanVariance
        guard noise > 0 else { return 0 }
        return noise < spread ? noise / spread : 1
    }
}
