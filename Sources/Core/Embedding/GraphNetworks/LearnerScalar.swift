import Foundation

/// The numbers that graph networks compute with: `Float` when learning, `Double` where the last digits are looked at.
package protocol LearnerScalar: BLASScalar {
    static func exponential(_ x: Self) -> Self

    /// log(1 + x), exact for small x.
    static func logarithmOfOnePlus(_ x: Self) -> Self
}

extension Float: LearnerScalar {
    package static func exponential(_ x: Float) -> Float { Foundation.exp(x) }
    package static func logarithmOfOnePlus(_ x: Float) -> Float { Foundation.log1p(x) }
}

extension Double: LearnerScalar {
    package static func exponential(_ x: Double) -> Double { Foundation.exp(x) }
    package static func logarithmOfOnePlus(_ x: Double) -> Double { Foundation.log1p(x) }
}
