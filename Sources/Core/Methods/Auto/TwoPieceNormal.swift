import Foundation

/// The shape of a two-piece normal distribution (Wallis, "The two-piece normal, binormal, or double Gaussian distribution",
/// Statistical Science 2014) of mean 0: scaled by one factor above its mode and by another below.
///
/// Results have a ceiling that the best models come close to, and failed runs have none below.
package struct TwoPieceNormal: Sendable {
    package let above: Double
    package let below: Double
    /// The mode, so that the mean is 0.
    private let mode: Double

    /// - Parameters:
    ///   - above: the scale above the mode, and that below it.
    package init(above: Double, below: Double) {
        self.above = above
        self.below = below
        mode = (below - above) / (2 * Double.pi).squareRoot()
    }

    /// Its standard deviation: Wallis, equation 4, where either half has the probability ½.
    package var deviation: Double {
        ((above * above + below * below) / 2 - (above - below) * (above - below) / (2 * Double.pi)).squareRoot()
    }

    /// The draw that a standard normal one becomes.
    package func draw(_ normal: Double) -> Double { mode + (normal > 0 ? above : below) * normal }

    /// The probability of more than `x`.
    package func probability(above x: Double) -> Double {
        let ratio = (x - mode) / (x > mode ? above : below)
        return erfc(ratio / 2.0.squareRoot()) / 2
    }

    /// The expectation of the excess over `x`, 0 where there is none.
    package func expectedExcess(over x: Double) -> Double {
        let scale = x > mode ? above : below
        let ratio = (x - mode) / scale
        let density = exp(-ratio * ratio / 2) / (2 * Double.pi).squareRoot()
        let upper = erfc(ratio / 2.0.squareRoot()) / 2
        if x > mode { return scale * (density - ratio * upper) }
        // E max(X - x, 0) = E X - x + E max(x - X, 0).
        return -x + scale * (ratio * (1 - upper) + density)
    }
}
