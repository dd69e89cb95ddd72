import Foundation

/// A pseudo-random generator whose whole sequence follows from its seed: xoshiro256**, seeded through SplitMix64
/// (Blackman and Vigna, "Scrambled Linear Pseudorandom Number Generators", ACM TOMS 2021).
///
/// Every random choice in `Core` is drawn from one of these, so that a seed fixes an answer to the last bit.
/// Work that is split over threads gives each *item* (a node's walks, a model's row) a stream of its own with
/// ``init(seed:stream:)``, never each thread, so that the number of threads changes nothing.
public struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: (UInt64, UInt64, UInt64, UInt64)

    /// A generator that depends on `seed` alone.
    public init(seed: UInt64) {
        var mixer = seed
        state = (
            Self.splitMix(&mixer), Self.splitMix(&mixer), Self.splitMix(&mixer), Self.splitMix(&mixer)
        )
    }

    /// The generator numbered `stream` of the family that `seed` names; different streams are independent.
    public init(seed: UInt64, stream: UInt64) {
        var mixer = stream &* 0xD1B5_4A32_D192_ED03 &+ 0x8CB9_2BA7_2F3D_8DD7
        self.init(seed: seed ^ Self.splitMix(&mixer))
    }

    /// A seed that depends on all of `parts`, for work that is numbered in several ways.
    public static func seed(_ parts: UInt64...) -> UInt64 {
        var mixed: UInt64 = 0
        for part in parts {
            mixed ^= part
            mixed = splitMix(&mixed)
        }
        return mixed
    }

    public mutating func next() -> UInt64 {
        let result = rotated(state.1 &* 5, by: 7) &* 9
        let shifted = state.1 << 17
        state.2 ^= state.0
        state.3 ^= state.1
        state.1 ^= state.2
        state.0 ^= state.3
        state.2 ^= shifted
        state.3 = rotated(state.3, by: 45)
        return result
    }

    /// A number uniform in 0..<1, with 53 random bits.
    @inline(__always)
    public mutating func uniform() -> Double {
        Double(next() >> 11) * 0x1p-53
    }

    /// A whole number uniform in `0..<bound`, by Lemire's multiplication (bias below 2⁻³² for bounds that fit 32 bits).
    ///
    /// - Precondition: `bound > 0`.
    @inline(__always)
    public mutating func index(below bound: Int) -> Int {
        Int(truncatingIfNeeded: next().multipliedFullWidth(by: UInt64(bound)).high)
    }

    /// A draw from the standard normal distribution (Marsaglia's polar method).
    public mutating func normal() -> Double {
        while true {
            let x = 2 * uniform() - 1
            let y = 2 * uniform() - 1
            let square = x * x + y * y
            if square > 0 && square < 1 {
                return x * (-2 * log(square) / square).squareRoot()
            }
        }
    }

    @inline(__always)
    private func rotated(_ value: UInt64, by count: UInt64) -> UInt64 {
        (value << count) | (value >> (64 - count))
    }

    private static func splitMix(_ state: inout UInt64) -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
