import Foundation

/// exp(xᵢ) / Σ exp(x), without overflow.
enum Softmax {
    /// Replaces the values by their softmax, and returns the logarithm of the sum of their exponentials.
    @discardableResult
    static func apply<Values: MutableCollection>(to values: inout Values) -> Double where Values.Element == Double {
        guard let largest = values.max() else { return -.infinity }
        var sum = 0.0
        for index in values.indices {
            values[index] = exp(values[index] - largest)
            sum += values[index]
        }
        for index in values.indices { values[index] /= sum }
        return largest + log(sum)
    }
}
