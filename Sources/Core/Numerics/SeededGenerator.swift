import Foundation

/// A pseudo-random generator whose whole sequence follows from its seed: xoshiro256**, seeded through SplitMix64
/// (Blackman and Vigna, "Scrambled Linear Pseudorandom Number Generators", ACM TOMS 2021).
///
/// Every random choice in `Core` is drawn from one of these, so that a seed fixes an answer to the last bit. What is drawn
/// for one ``Purpose`` has nothing to do with what is drawn for another with the same seed, and each *item* (a target, a
/// walk, a node's vector) has a stream of its own, never each thread, so that the number of threads changes nothing.
///
/// ```swift
/// var generator = SeededGenerator(seed: settings.seed, purpose: .randomPrediction, item: target)
/// let chances = models.map { _ in generator.uniform() }
/// ```
///
/// Transferability scores that look at a sample have a constant seed each, whatever the user's, so that a score is one
/// number.
public struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: (UInt64, UInt64, UInt64, UInt64)

    /// What random numbers are drawn for. The numbers are part of what a seed means: they stay, and new ones are added.
    public enum Purpose: UInt64, Sendable, CaseIterable {
        /// Which of the known results an evaluation with part of the history keeps; by target.
        case historySubset = 1
        /// Which of the models an evaluation with part of the models keeps; by target.
        case modelSubset = 2
        /// What the method `random` predicts; by target.
        case randomPrediction = 3
        /// The seed of an embedding that a `tg:` method learns; by target and number.
        case embedding = 4
        /// The seed of a predictor that a `tg:` method fits; by target and number.
        case predictor = 5
        /// The seed of an ensemble of trees; by number.
        case trees = 6
        /// Which results `auto` fits its variances on; by target.
        case likelihoodSubset = 7
        /// The halves by which `auto` extrapolates ranges; by training dataset.
        case rangeHalves = 8
        /// The joint samples of `auto`'s predictive distribution; by target.
        case posteriorSamples = 9
        /// One random walk; by its number.
        case walk = 10
        /// The order in which walks start.
        case walkOrder = 11
        /// Where a node's vector begins; by node.
        case initialVector = 12
        /// Windows and negative samples of one walk; by its number and block.
        case negativeSamples = 13
        /// A graph network's first weights, pairs and neighbours.
        case graphNetwork = 14
        /// Which edges are held out to judge an embedding.
        case linkSplit = 15
        /// Which pairs a classifier of pairs is fitted to.
        case linkPairs = 16
        /// Which of the folds of an evaluation datasets, models or pairs belong to.
        case folds = 21
        /// Resamples of an evaluation; by number.
        case bootstrap = 17
        /// Signs or orders of a permutation test.
        case permutation = 18
        /// Where the nodes of a drawing begin.
        case layout = 19
        /// Zoos, graphs and evaluations that are made to measure something on; by number.
        case madeZoo = 20
        /// Which fold of a `graph:` method each dataset is in; by target.
        case graphFolds = 41
        /// The seed of a predictor that a `graph:` method fits; by target and scale.
        case graphPredictor = 42
        /// What may come of fine-tuning the models that are not tried; by target.
        case outlook = 31
        /// How far the tails of a search's draws are stretched.
        case studentTails = 38
        /// The order in which random search tries models; by target and run.
        case randomSearch = 32
        /// Where the factors of the method `factorisation` begin; by target.
        case factors = 51
    }

    /// The generator of one item of one purpose; all others are independent of it.
    public init(seed: UInt64, purpose: Purpose, item: Int = 0) {
        self.init(seed: Self.seed(seed, for: purpose, item))
    }

    /// A generator that depends on `seed` alone.
    public init(seed: UInt64) {
        var mixer = seed
        state = (
            Self.splitMix(&mixer), Self.splitMix(&mixer), Self.splitMix(&mixer), Self.splitMix(&mixer)
        )
    }

    /// The seed of one item of one purpose, for work that takes a seed; an item may be numbered in two ways.
    public static func seed(_ seed: UInt64, for purpose: Purpose, _ item: Int, _ part: Int = 0) -> UInt64 {
        let forPurpose = mixed(mixed(seed) ^ purpose.rawValue)
        return mixed(mixed(forPurpose ^ UInt64(bitPattern: Int64(item))) ^ UInt64(bitPattern: Int64(part)))
    }

    /// A well mixed number that depends on `number` alone (a step of SplitMix64).
    @inline(__always)
    public static func mixed(_ number: UInt64) -> UInt64 {
        var state = number
        return splitMix(&state)
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
