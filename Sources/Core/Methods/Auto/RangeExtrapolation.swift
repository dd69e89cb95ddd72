import Foundation

/// Extrapolates the range of a dataset's results to the one they would have, had all models been run on it.
///
/// Min-max normalised results of a dataset on which few models were run lie too far apart: their worst and best are seldom
/// the worst and best of all. How fast ranges grow is seen where a dataset's results are halved at random; the median
/// over halves and datasets keeps out the few in which a failed run makes the range jump. From each doubling to the next
/// the growth is damped, as results are bounded.
package struct RangeExtrapolation {
    /// The logarithm of the share that half of a dataset's results has of the range of all; 0 where that is unknown.
    private let growth: Double
    private let damping: Double

    private static let halvings = 20
    private static let fewestResults = 6

    /// - Parameters:
    ///   - columns: the results of each dataset.
    ///   - damping: the growth at one doubling as a share of that at the one before.
    package init(_ columns: [[Double]], damping: Double, seed: UInt64) {
        self.damping = damping
        var logarithms: [Double] = []
        for (index, values) in columns.enumerated() where values.count >= Self.fewestResults {
            guard let low = values.min(), let high = values.max(), high > low else { continue }
            var generator = SeededGenerator(seed: seed, purpose: .rangeHalves, item: index)
            var order = values
            for _ in 0..<Self.halvings {
                order.shuffle(using: &generator)
                let half = order.prefix((values.count + 1) / 2)
                guard let least = half.min(), let most = half.max(), most > least else { continue }
                logarithms.append(log((most - least) / (high - low)))
            }
        }
        logarithms.sort()
        growth = logarithms.isEmpty ? 0 : logarithms[logarithms.count / 2]
    }

    /// The range of `count` results as a share of that of `total`: from above 0 to 1.
    package func share(of count: Int, in total: Int) -> Double {
        guard count > 0, total > count else { return 1 }
        let doublings = log2(Double(total) / Double(count))
        // growth · (damping + damping² + …), as far as the doublings go
        return exp(growth * (damping == 1 ? doublings : damping * (1 - pow(damping, doublings)) / (1 - damping)))
    }
}
