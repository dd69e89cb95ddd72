import Foundation

/// ln x, for losses that are reported, not trained on.
func naturalLogarithm(_ x: Double) -> Double { log(x) }
