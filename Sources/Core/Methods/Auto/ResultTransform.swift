import Foundation

/// A transform that makes the results of all datasets comparable: within a dataset, a weighted mean of the standardised
/// result and the normal quantile of its rank (scikit-learn's `StandardScaler` and `QuantileTransformer`).
///
/// The measured result keeps how badly failed runs failed; the rank keeps the order of the many that did not.
struct ResultTransform: Sendable {
    /// The weight of the standardised result, from 0 to 1; the rest is that of the rank.
    let measuredWeight: Double

    /// A dataset's results both ways, made once for all transforms; zeros where they are all equal.
    struct Column {
        let measured: [Double]
        let ranked: [Double]

        init(_ results: [Double]) {
            measured = Statistics.standardised(results)
            ranked = measured.contains { $0 != 0 } ? Statistics.rankNormal(results) : measured
        }
    }

    /// The dataset's results transformed, in their order.
    func transformed(_ column: Column) -> [Double] {
        zip(column.measured, column.ranked).map { measuredWeight * $0 + (1 - measuredWeight) * $1 }
    }
}
