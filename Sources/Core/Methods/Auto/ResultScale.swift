import Foundation

/// A scale on which the results of all datasets can be compared: within a dataset, `share` of the standardised result
/// and the rest of the normal quantile of its rank.
///
/// The measured result keeps how badly failed runs failed; the rank keeps the order of the many that did not.
struct ResultScale {
    let share: Double

    /// The dataset's results on this scale, in their order; zeros where they are all equal.
    func values(of results: [Double]) -> [Double] {
        let measured = Statistics.standardised(results)
        guard measured.contains(where: { $0 != 0 }) else { return measured }
        if share == 1 { return measured }
        return zip(measured, Statistics.rankNormal(results)).map { share * $0 + (1 - share) * $1 }
    }
}
