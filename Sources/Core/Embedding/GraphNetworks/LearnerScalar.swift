import Foundation

/// The numbers that graph networks compute with: `Float` when learning, `Double` where the last digits are looked at.
package protocol LearnerScalar: BLASScalar {
    static func exponential(_ x: Self) -> Self
}

extension Float: LearnerScalar {
    package static func exponential(_ x: Float) -> Float { Foundation.exp(x) }
}

extension Double: LearnerScalar {
    package static func exponential(_ x: Double) -> Double { Foundation.exp(x) }
}
