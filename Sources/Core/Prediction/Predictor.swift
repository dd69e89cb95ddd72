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
    /// - Returns: a number for each row of `queries`.
    /// - Throws: ``Cancelled``.
    func predict(
        training: FeatureTable, results: [Float], queries: FeatureTable, seed: UInt64, work: Work
    ) throws -> [Double] {
        switch self {
        case .linearRegression:
            return try LinearRegression.predict(training: training, results: results, queries: queries, work: work)
        case .randomForest:
            // Ten parts of ten trees, as one part cannot be interrupted.
            var sums = [Double](repeating: 0, count: queries.rowCount)
            for part in 0..<10 as Range<UInt64> {
                let forest = BoostedTrees(
                    rounds: 1, parallelTrees: 10, depth: 5, learningRate: 1, columnsPerTree: 1,
                    columnsPerNode: 1 / Double(max(training.columnCount, 1)).squareRoot(), rowsPerTree: 0.632,
                    penalty: 0, seed: seed &* 10 &+ part)
                let values = try forest.predict(training: training, results: results, queries: queries, work: work)
                for (row, value) in values.enumerated() { sums[row] += value / 10 }
            }
            return sums
        case .gradientBoosting:
            return try BoostedTrees(
                rounds: 500, parallelTrees: 1, depth: 5, learningRate: 0.1, columnsPerTree: 0.8, columnsPerNode: 1,
                rowsPerTree: 1, penalty: 1, seed: seed
            ).predict(training: training, results: results, queries: queries, work: work)
        }
    }
}
