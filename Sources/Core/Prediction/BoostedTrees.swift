import CXGBoost
import Foundation
import Support

/// Regression trees of the XGBoost library (Chen and Guestrin, "XGBoost: A Scalable Tree Boosting System", KDD 2016).
///
/// Each ensemble grows on one thread, so that the histograms' sums have one order; several targets run side by side instead.
struct BoostedTrees: Sendable {
    /// How many are grown, each with a seed of its own; the prediction is their mean.
    var ensembles: Int
    var rounds: Int
    var parallelTrees: Int
    var depth: Int
    var learningRate: Double
    /// Shares, above 0 and at most 1.
    var columnsPerTree: Double
    var columnsPerNode: Double
    var rowsPerTree: Double
    /// The weight of the squared leaf values in the objective.
    var penalty: Double
    /// The fewest rows of a leaf; the library's own where `nil`.
    var leastRows: Int?
    var seed: UInt64
    /// Of each column whether the prediction may only rise with it; of none where empty.
    var rising: [Bool] = []

    /// Learns from `training` and predicts for `queries`; a `nan` is a missing value to both.
    ///
    /// - Throws: ``NumericalError`` where the library refuses a call; `Cancelled` between two rounds.
    func predict(training: FeatureTable, results: [Float], queries: FeatureTable, work: Work) throws -> [Double] {
        precondition(training.rowCount == results.count, "a result for each row")
        let base = results.reduce(0) { $0 + Double($1) } / Double(max(results.count, 1))
        guard training.rowCount > 1, training.columnCount > 0 else {
            return [Double](repeating: base, count: queries.rowCount)
        }
        let matrix = try XGBoostMatrix(training, labels: results)
        let queryMatrix = try XGBoostMatrix(queries, labels: nil)
        var sums = [Double](repeating: 0, count: queries.rowCount)
        for number in 0..<ensembles {
            let booster = try XGBoostModel(matrix, parameters: parameters(base: base, number: number))
            for round in 0..<rounds {
                try work.check()
                try booster.update(round: round, with: matrix)
            }
            for (row, value) in try booster.predict(queryMatrix).enumerated() { sums[row] += value }
        }
        return sums.map { $0 / Double(ensembles) }
    }

    private func parameters(base: Double, number: Int) -> [String: String] {
        var parameters = [
            "objective": "reg:squarederror", "tree_method": "hist", "max_bin": "32", "nthread": "1", "verbosity": "0",
            "max_depth": "\(depth)", "eta": "\(learningRate)", "lambda": "\(penalty)", "subsample": "\(rowsPerTree)",
            "colsample_bytree": "\(columnsPerTree)", "colsample_bynode": "\(columnsPerNode)",
            "num_parallel_tree": "\(parallelTrees)", "base_score": "\(base)",
            "seed": "\(SeededGenerator.seed(seed, for: .trees, number) % 0x7FFF_FFFF)",
        ]
        if !rising.isEmpty {
            parameters["monotone_constraints"] = "(\(rising.map { $0 ? "1" : "0" }.joined(separator: ",")))"
        }
        if let leastRows { parameters["min_child_weight"] = "\(leastRows)" }
        return parameters
    }
}

/// Owns a `DMatrix` of the library. Used by one thread at a time.
private final class XGBoostMatrix {
    let handle: DMatrixHandle
    let rowCount: Int

    init(_ table: FeatureTable, labels: [Float]?) throws {
        var handle: DMatrixHandle?
        try check(
            XGDMatrixCreateFromMat_omp(
                table.values, bst_ulong(table.rowCount), bst_ulong(table.columnCount), .nan, &handle, 1))
        guard let handle else { throw NumericalError.xgboost(message: "no matrix was made") }
        self.handle = handle
        rowCount = table.rowCount
        if let labels { try check(XGDMatrixSetFloatInfo(handle, "label", labels, bst_ulong(labels.count))) }
    }

    deinit { XGDMatrixFree(handle) }
}

/// Owns a `Booster` of the library. Used by one thread at a time.
private final class XGBoostModel {
    private let handle: BoosterHandle

    init(_ matrix: XGBoostMatrix, parameters: [String: String]) throws {
        var handle: BoosterHandle?
        let matrices: [DMatrixHandle?] = [matrix.handle]
        try check(XGBoosterCreate(matrices, 1, &handle))
        guard let handle else { throw NumericalError.xgboost(message: "no booster was made") }
        self.handle = handle
        for (name, value) in parameters.sorted(by: { $0.key < $1.key }) {
            try check(XGBoosterSetParam(handle, name, value))
        }
    }

    func update(round: Int, with matrix: XGBoostMatrix) throws {
        try check(XGBoosterUpdateOneIter(handle, Int32(round), matrix.handle))
    }

    func predict(_ matrix: XGBoostMatrix) throws -> [Double] {
        var count: bst_ulong = 0
        var values: UnsafePointer<Float>?
        try check(XGBoosterPredict(handle, matrix.handle, 0, 0, 0, &count, &values))
        guard let values, Int(count) == matrix.rowCount else {
            throw NumericalError.xgboost(message: "\(count) predictions for \(matrix.rowCount) rows")
        }
        return UnsafeBufferPointer(start: values, count: Int(count)).map(Double.init)
    }

    deinit { XGBoosterFree(handle) }
}

private func check(_ status: Int32) throws {
    if status != 0 { throw NumericalError.xgboost(message: String(cString: XGBGetLastError())) }
}
