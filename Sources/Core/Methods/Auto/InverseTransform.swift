/// The inverse of a ``ResultTransform``, to min-max normalised results: the mean, over datasets, of the monotone curves
/// that lead from the one to the other.
///
/// What is predicted is a normal distribution of the transformed result; what is given is the expectation of its inverse
/// transform, by Gauss–Hermite quadrature.
struct InverseTransform {
    /// Nodes and weights of Gauss–Hermite quadrature with nine points, for the standard normal distribution.
    private static let quadrature: [(node: Double, weight: Double)] = [
        (-4.512745863399783, 2.2345844007746607e-05), (-3.20542900285647, 0.0027891413212317692),
        (-2.07684797867783, 0.04991640676521782), (-1.0232556637891326, 0.24409750289493953),
        (0, 0.40634920634920635), (1.0232556637891326, 0.24409750289493953), (2.07684797867783, 0.04991640676521782),
        (3.20542900285647, 0.0027891413212317692), (4.512745863399783, 2.2345844007746607e-05),
    ]

    /// A dataset's results in ascending order.
    private struct Curve {
        let transformed: [Double]
        let normalised: [Double]

        /// The normalised result at `place`, between its neighbours in proportion, beyond the ends as at the ends.
        func value(at place: Double) -> Double {
            let last = transformed.count - 1
            if place <= transformed[0] { return normalised[0] }
            if place >= transformed[last] { return normalised[last] }
            var low = 0
            var high = last
            while high - low > 1 {
                let middle = (low + high) / 2
                if transformed[middle] <= place { low = middle } else { high = middle }
            }
            let width = transformed[high] - transformed[low]
            let part = width > 0 ? (place - transformed[low]) / width : 0
            return normalised[low] + part * (normalised[high] - normalised[low])
        }
    }

    private let curves: [Curve?]
    private let count: Int

    /// - Parameter columns: each dataset's results transformed and min-max normalised, in the same order. Datasets of
    ///   fewer than five results count only where no dataset has more.
    init(_ columns: [(transformed: [Double], normalised: [Double])]) {
        let enough = columns.contains { $0.transformed.count >= 5 } ? 5 : 1
        curves = columns.map { column in
            guard column.transformed.count >= enough else { return nil }
            let order = column.transformed.indices.sorted {
                (column.transformed[$0], $0) < (column.transformed[$1], $1)
            }
            return Curve(
                transformed: order.map { column.transformed[$0] }, normalised: order.map { column.normalised[$0] })
        }
        count = curves.count { $0 != nil }
    }

    /// The expected normalised results of models whose transformed results are normally distributed.
    ///
    /// - Parameter without: the position of a dataset whose curve must not be used.
    func expectations(_ means: [Double], variances: [Double], without: Int? = nil) -> [Double] {
        let used = curves.enumerated().compactMap { $0.offset == without ? nil : $0.element }
        // With no curve to go by, about the range of a normalised result is as good as any.
        guard !used.isEmpty else { return means.map { 0.5 + 0.2 * $0 } }
        return zip(means, variances).map { mean, variance in
            let deviation = max(variance, 0).squareRoot()
            var sum = 0.0
            for (node, weight) in Self.quadrature {
                let place = mean + deviation * node
                var total = 0.0
                for curve in used { total += curve.value(at: place) }
                sum += weight * total
            }
            return sum / Double(used.count)
        }
    }
}
