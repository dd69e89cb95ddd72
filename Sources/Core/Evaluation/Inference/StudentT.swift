import Foundation

/// Student's t distribution.
package enum StudentT {
    /// The number that |t| stays below with probability `level`.
    ///
    /// - Precondition: `degreesOfFreedom >= 1` and `level` in 0..<1.
    /// - Complexity: O(degrees of freedom).
    package static func quantile(twoSided level: Double, degreesOfFreedom: Int) -> Double {
        // Found as an angle, t = √ν tan θ, by bisection: the probability rises with it from 0 to 1.
        var (low, high) = (0.0, Double.pi / 2)
        for _ in 0..<60 {
            let middle = (low + high) / 2
            if probability(angle: middle, degreesOfFreedom) < level { low = middle } else { high = middle }
        }
        return Double(degreesOfFreedom).squareRoot() * tan((low + high) / 2)
    }

    /// P(|t| < √ν tan θ) (Abramowitz and Stegun, "Handbook of Mathematical Functions", 26.7.3 and 26.7.4).
    private static func probability(angle: Double, _ degreesOfFreedom: Int) -> Double {
        let (sine, cosine) = (sin(angle), cos(angle))
        let isOdd = degreesOfFreedom % 2 == 1
        var term = isOdd ? cosine : 1
        var sum = 0.0
        for factor in stride(from: isOdd ? 2 : 1, to: degreesOfFreedom, by: 2) {
            sum += term
            term *= cosine * cosine * Double(factor) / Double(factor + 1)
        }
        return isOdd ? 2 / .pi * (angle + sine * sum) : sine * sum
    }
}
