import Foundation

/// The logistic function read from a table over −8…8, to 0.001; beyond, the value at the end.
package struct SigmoidTable: Sendable {
    private static let limit: Float = 8
    private static let count = 4096
    private let values: [Float]

    package init() {
        values = (0..<Self.count).map { index in
            let x = (Double(index) + 0.5) / Double(Self.count) * 2 * Double(Self.limit) - Double(Self.limit)
            return Float(1 / (1 + exp(-x)))
        }
    }

    /// - Complexity: O(1).
    @inline(__always)
    subscript(x: Float) -> Float {
        let scaled = (x + Self.limit) * (Float(Self.count) / (2 * Self.limit))
        // Written so that a NaN reads the first value rather than trapping.
        guard scaled > 0 else { return values[0] }
        return values[scaled < Float(Self.count) ? Int(scaled) : Self.count - 1]
    }
}
