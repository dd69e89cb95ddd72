import Foundation
import TransferGraphCore

/// The arithmetic that a network is written in: `Float` where it trains, `Double` where its gradients are checked
/// against finite differences, which single precision is too coarse for.
public protocol Real: BLASScalar {
    /// eˣ, to about the type's precision, for |x| up to 80 (further out it is held at the ends). The same bits on every
    /// processor for a `Float`, unlike ``BLASScalar/exp(_:)``.
    static func exponential(_ x: Self) -> Self
}

extension Real {
    /// 1 / (1 + e⁻ˣ).
    @inline(__always)
    static func sigmoid(_ x: Self) -> Self { 1 / (1 + exponential(-x)) }

    /// The hyperbolic tangent, as 2σ(2x) − 1.
    @inline(__always)
    static func hyperbolicTangent(_ x: Self) -> Self { 2 / (1 + exponential(-2 * x)) - 1 }
}

extension Float: Real {
    /// Range reduction to |r| ≤ ln 2 / 2 and the Taylor polynomial of degree 6 there (error below 2⁻²³ of the value).
    ///
    /// Written out rather than taken from the C library, whose variants differ between processors in the last bit,
    /// and without a branch, so that loops over it become vector code.
    @inline(__always)
    public static func exponential(_ x: Float) -> Float {
        let held = Swift.max(-80, Swift.min(80, x))
        // Adding 1.5 · 2²³ leaves the nearest whole number in the low bits of the significand.
        let shifted = held * 1.442_695_040_888_963_4 + 12_582_912
        let whole = shifted - 12_582_912
        let rest = (held - whole * 0.693_145_751_953_125) - whole * 1.428_606_820_309_417_2e-6
        var sum: Float = 1.0 / 720
        sum = sum * rest + 1.0 / 120
        sum = sum * rest + 1.0 / 24
        sum = sum * rest + 1.0 / 6
        sum = sum * rest + 0.5
        sum = sum * rest + 1
        sum = sum * rest + 1
        return Float(bitPattern: sum.bitPattern &+ (shifted.bitPattern << 23))
    }
}

extension Double: Real {
    public static func exponential(_ x: Double) -> Double { exp(Swift.max(-80, Swift.min(80, x))) }
}
