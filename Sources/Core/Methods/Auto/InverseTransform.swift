import Foundation

/// The inverse of a ``ResultTransform``: from transformed results back to results standardised within their dataset, by the
/// mean over datasets of the monotone curves that lead from the one to the other.
///
/// What is predicted is a normal distribution of the transformed result; what is given back is the expectation of its image.
struct InverseTransform: Sendable {
    /// Nodes and weights of Gauss–Hermite quadrature with nine points, for the standard normal distribution.
    private static let quadrature: [(node: Double, weight: Double)] = [
        (-4.512745863399783, 2.2345844007746607e-05), (-3.20542900285647, 0.0027891413212317692),
        (-2.07684797867783, 0.04991640676521782), (-1.0232556637891326, 0.24409750289493953),
        (0, 0.40634920634920635), (1.0232556637891326, 0.24409750289493953), (2.07684797867783, 0.04991640676521782),
        (3.20542900285647, 0.0027891413212317692), (4.512745863399783, 2.2345844007746607e-05),
    ]
    /// Curves are kept at places 1/64 apart from -6 to 6.
    private static let density = 64.0
    private static let end = 6.0
    private static let places = 769

    /// By dataset its curve; `nil` for datasets of too few results. And the sum over all.
    private let curves: [[Double]?]
    private let sum: [Double]
    private let count: Int

    /// - Parameter columns: each dataset's results transformed and standardised, in the same order. Datasets of fewer
    ///   than five results count only where no dataset has more.
    /// - Complexity: O(n log n) for n results.
    init(_ columns: [(transformed: [Double], standardised: [Double])]) {
        let enough = columns.contains { $0.transformed.count >= 5 } ? 5 : 1
        curves = columns.map { column in
            column.transformed.count >= enough ? Self.curve(column.transformed, column.standardised) : nil
        }
        var sum = [Double](repeating: 0, count: Self.places)
        for curve in curves {
            if let curve { for place in sum.indices { sum[place] += curve[place] } }
        }
        self.sum = sum
        count = curves.count { $0 != nil }
    }

    /// The standardised result at each place, between its neighbours in proportion, beyond the ends as at the ends.
    private static func curve(_ transformed: [Double], _ standardised: [Double]) -> [Double] {
        let order = transformed.indices.sorted { (transformed[$0], $0) < (transformed[$1], $1) }
        var next = 0
        return (0..<places).map { index in
            let place = Double(index) / density - end
            while next < order.count && transformed[order[next]] < place { next += 1 }
            if next == 0 { return standardised[order[0]] }
            if next == order.count { return standardised[order[next - 1]] }
            let (low, high) = (order[next - 1], order[next])
            let width = transformed[high] - transformed[low]
            let part = width > 0 ? (place - transformed[low]) / width : 0
            return standardised[low] + part * (standardised[high] - standardised[low])
        }
    }

    /// The expected standardised result of a model whose transformed result is normally distributed.
    ///
    /// - Parameter without: the position of a dataset whose curve must not be used.
    /// - Complexity: O(1).
    func expectation(_ mean: Double, variance: Double, without: Int? = nil) -> Double {
        let own = without.flatMap { curves[$0] }
        let used = Double(own == nil ? count : count - 1)
        // With no curve to go by the transformed result is as good as any.
        guard used > 0 else { return mean }
        let deviation = max(variance, 0).squareRoot()
        var total = 0.0
        for (node, weight) in Self.quadrature {
            let position = min(max(mean + deviation * node, -Self.end), Self.end)
            let scaled = (position + Self.end) * Self.density
            let low = min(Int(scaled), Self.places - 2)
            let part = scaled - Double(low)
            var value = sum[low] + part * (sum[low + 1] - sum[low])
            if let own { value -= own[low] + part * (own[low + 1] - own[low]) }
            total += weight * value
        }
        return total / used
    }
}
