import Support

/// The predictors of the paper, by the names it gives them in a method's name: what turns features into performance.
public enum Predictor: String, Sendable, CaseIterable {
    /// Linear regression.
    case linearRegression = "lr"
    /// A forest of 100 trees of depth 5, each split among the square root of the columns.
    case randomForest = "rf"
    /// 500 boosted trees of depth 5, learning rate 0.1, 80 % of the columns a tree.
    case gradientBoosting = "xgb"

    /// Learns from `training` and the result of each of its rows, and predicts for `queries`.
    ///
    /// - Parameter members: the number of such predictions that will be averaged; a forest's trees are shared among them.
    /// - Returns: a number for each row of `queries`.
    /// - Throws: ``NumericalError`` where features or results are not finite; `Cancelled`.
    package func predict(
        training: FeatureTable, results: [Float], queries: FeatureTable, members: Int, seed: UInt64, work: Work
    ) throws -> [Double] {
        switch self {
        case .linearRegression:
            return try LinearRegression.predict(training: training, results: results, queries: queries, work: work)
        case .randomForest:
            // Five trees at a time, as growing some cannot be interrupted.
            return try BoostedTrees(
                ensembles: max(1, 20 / members), rounds: 1, parallelTrees: 5, depth: 5, learningRate: 1,
                columnsPerTree: 1, columnsPerNode: 1 / Double(max(training.columnCount, 1)).squareRoot(),
                rowsPerTree: 0.632, penalty: 0, seed: seed
            ).predict(training: training, results: results, queries: queries, work: work)
        case .gradientBoosting:
            return try BoostedTrees(
                ensembles: 1, rounds: 500, parallelTrees: 1, depth: 5, learningRate: 0.1, columnsPerTree: 0.8,
                columnsPerNode: 1, rowsPerTree: 1, penalty: 1, seed: seed
            ).predict(training: training, results: results, queries: queries, work: work)
        }
    }
}
