import Foundation

/// Small sums over columns of numbers.
package enum Statistics {
    /// The 0.9 quantile of the standard normal distribution: an interval of 80 % reaches so many deviations to either side.
    package static let normal90 = 1.2815515655446004

    /// Mean and standard deviation (over n); zeros for no values.
    package static func moments(_ values: some Collection<Double>) -> (mean: Double, deviation: Double) {
        guard !values.isEmpty else { return (0, 0) }
        var sum = 0.0
        for value in values { sum += value }
        let mean = sum / Double(values.count)
        var squares = 0.0
        for value in values { squares += (value - mean) * (value - mean) }
        return (mean, (squares / Double(values.count)).squareRoot())
    }

    /// The values less their mean, by their standard deviation; zeros where they do not differ.
    package static func standardised(_ values: [Double]) -> [Double] {
        // Values whose squares are beyond what a number can hold: a power of two changes no digit of them.
        let isHuge = values.contains { abs($0) > 1e140 }
        let values = isHuge ? values.map { $0 * 0x1p-600 } : values
        let (mean, deviation) = moments(values)
        guard deviation > 1e-12 * max(1, abs(mean)) else { return [Double](repeating: 0, count: values.count) }
        return values.map { ($0 - mean) / deviation }
    }

    /// The normal quantile of each value's rank, (rank - ½) / n, ties sharing their mean rank.
    ///
    /// - Complexity: O(n log n).
    static func rankNormal(_ values: [Double]) -> [Double] {
        let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
        var result = [Double](repeating: 0, count: values.count)
        var start = 0
        while start < order.count {
            var end = start + 1
            while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
            let rank = Double(start + end) / 2
            let quantile = normalQuantile(rank / Double(order.count))
            for position in start..<end { result[order[position]] = quantile }
            start = end
        }
        return result
    }

    /// The number below which a standard normal draw lies with probability `p`, to about 1e-9 of it
    /// (Acklam's rational approximation with one step of Halley's method).
    static func normalQuantile(_ p: Double) -> Double {
        if p <= 0 { return -.infinity }
        if p >= 1 { return .infinity }
        let a = [
            -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.3577518672690, -30.66479806614716,
            2.506628277459239,
        ]
        let b = [-54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572]
        let c = [
            -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968,
            2.938163982698783,
        ]
        let d = [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416]
        var x: Double
        if p < 0.02425 || p > 1 - 0.02425 {
            let q = (-2 * log(min(p, 1 - p))).squareRoot()
            let top = ((((c[0] * q + c[1]) * q + c[2]) * q + c[3]) * q + c[4]) * q + c[5]
            x = top / ((((d[0] * q + d[1]) * q + d[2]) * q + d[3]) * q + 1)
            if p > 0.5 { x = -x }
        } else {
            let q = p - 0.5
            let r = q * q
            let top = (((((a[0] * r + a[1]) * r + a[2]) * r + a[3]) * r + a[4]) * r + a[5]) * q
            x = top / (((((b[0] * r + b[1]) * r + b[2]) * r + b[3]) * r + b[4]) * r + 1)
        }
        let error = 0.5 * erfc(-x / 2.0.squareRoot()) - p
        let step = error * (2 * Double.pi).squareRoot() * exp(x * x / 2)
        x -= step / (1 + x * step / 2)
        return x
    }
}
