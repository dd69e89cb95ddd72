import Foundation

/// How large errors are by the predicted place of a model in its dataset, as a share of the errors of all.
///
/// The best models of a dataset lie close together and err little; failed runs are far off. Sizes are mean absolute errors,
/// smoothed by a Gaussian kernel over places (Nadaraya and Watson) and drawn towards 1.
package struct ErrorByRank: Sendable {
    private static let nodes = 41
    private let factors: [Double]

    /// - Parameters:
    ///   - places: each error's model's, from 0 for the lowest prediction to 1.
    ///   - errors: in whatever unit.
    ///   - weights: of errors; on the mean an error counts for one case.
    ///   - prior: how many cases of the mean size are added.
    /// - Complexity: O(n) for n errors.
    package init(places: [Double], errors: [Double], weights: [Double], bandwidth: Double, prior: Double) {
        let total = weights.reduce(0, +)
        let mean = total > 0 ? zip(weights, errors).reduce(0) { $0 + $1.0 * abs($1.1) } / total : 0
        guard mean > 0, mean.isFinite else {
            factors = [Double](repeating: 1, count: Self.nodes)
            return
        }
        let unit = Double(errors.count) / total
        factors = (0..<Self.nodes).map { node in
            let place = Double(node) / Double(Self.nodes - 1)
            var (sum, mass) = (prior * mean, prior)
            for (index, other) in places.enumerated() {
                let away = (place - other) / bandwidth
                let weight = unit * weights[index] * exp(-away * away / 2)
                sum += weight * abs(errors[index])
                mass += weight
            }
            return sum / mass / mean
        }
    }

    /// The share at a place, between nodes in proportion.
    package func factor(at place: Double) -> Double {
        let scaled = min(max(place, 0), 1) * Double(Self.nodes - 1)
        let low = min(Int(scaled), Self.nodes - 2)
        let part = scaled - Double(low)
        return factors[low] + part * (factors[low + 1] - factors[low])
    }

    /// The places of values among themselves, above 0 and below 1: the share of smaller ones and half of the equal.
    package static func places(_ values: [Double]) -> [Double] {
        let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
        var result = [Double](repeating: 0.5, count: values.count)
        var start = 0
        while start < order.count {
            var end = start + 1
            while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
            for item in order[start..<end] { result[item] = Double(start + end) / 2 / Double(values.count) }
            start = end
        }
        return result
    }
}
