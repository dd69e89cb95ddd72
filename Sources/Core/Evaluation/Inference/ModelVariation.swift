/// How a mean over targets varies with the models that are drawn.
package struct ModelVariation: Sendable {
    /// Sums over targets on each resample, and how many targets they are of.
    private var sums: [Double]
    private var counts: [Int]
    /// The sum of the variances that each target has by itself.
    private var ownVariance = 0.0
    private var targetCount = 0

    package init(resamples: Int) {
        sums = [Double](repeating: 0, count: resamples)
        counts = [Int](repeating: 0, count: resamples)
    }

    /// Adds a target's values on the resamples, NaN where undefined; a target without any is passed over.
    package mutating func add(_ values: [Double]) {
        let defined = values.filter(\.isFinite)
        guard !defined.isEmpty else { return }
        for (resample, value) in values.enumerated() where value.isFinite {
            sums[resample] += value
            counts[resample] += 1
        }
        ownVariance += Self.variance(defined)
        targetCount += 1
    }

    /// The mean over targets on each resample that has one.
    var means: [Double] {
        zip(sums, counts).compactMap { $1 > 0 ? $0 / Double($1) : nil }
    }

    /// The covariance of two targets' values that their common models bring about: the part of the mean's variance that
    /// the spread of the targets' values does not show. 0 where it is estimated to be less.
    ///
    /// With T targets the variance of the mean over the resamples is the sum of the targets' own variances over T², plus
    /// (T - 1)/T times that covariance.
    package var sharedVariance: Double {
        guard targetCount > 1 else { return 0 }
        let count = Double(targetCount)
        return max(0, (Self.variance(means) - ownVariance / (count * count)) * count / (count - 1))
    }

    private static func variance(_ values: [Double]) -> Double {
        guard values.count > 1 else { return 0 }
        let mean = values.reduce(0, +) / Double(values.count)
        return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)
    }
}
