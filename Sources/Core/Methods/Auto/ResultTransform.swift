import Foundation

/// A transform that makes the results of all datasets comparable: within a dataset, a weighted mean of the standardised
/// result and the normal quantile of its rank (scikit-learn's `StandardScaler` and `QuantileTransformer`).
///
/// The measured result keeps how badly failed runs failed; the rank keeps the order of the many that did not.
struct ResultTransform {
    /// The weight of the standardised result, from 0 to 1; the rest is that of the rank.
    let measuredWeight: Double

    /// The dataset's results transformed, in their order; zeros where they are all equal.
    func transformed(_ results: [Double]) -> [Double] {
        let measured = Statistics.standardised(results)
        guard measured.contains(where: { $0 != 0 }) else { return measured }
        if measuredWeight == 1 { return measured }
        return zip(measured, Statistics.rankNormal(results)).map { measuredWeight * $0 + (1 - measuredWeight) * $1 }
    }
}
