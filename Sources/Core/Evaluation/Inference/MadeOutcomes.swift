import Foundation

/// Outcomes made for checking intervals by simulation: what a method's mean correlation over datasets would be is known.
///
/// Results and predictions of one dataset are a pair of standard normals with a correlation that is the dataset's own,
/// tanh(0.9 + 0.35 z) for a standard normal z. Part of what a model has in common with itself on other datasets, so that
/// datasets are not independent of each other.
package struct MadeOutcomes: Sendable {
    /// The share of the results' variance that is a model's own on all datasets.
    package let sharedResults: Double
    /// The share of the variance of the predictions' errors that is a model's own on all datasets.
    package let sharedErrors: Double

    package init(sharedResults: Double, sharedErrors: Double) {
        self.sharedResults = sharedResults
        self.sharedErrors = sharedErrors
    }

    /// The mean over all datasets of Pearson's correlation, or of Spearman's (6/π · arcsin(ρ/2)) or Kendall's
    /// (2/π · arcsin ρ), over all models; `nil` for other measures.
    package static func truth(of measure: Measure) -> Double? {
        let transform: (Double) -> Double
        switch measure {
        case .pearson: transform = { $0 }
        case .spearman: transform = { 6 / .pi * asin($0 / 2) }
        case .kendall: transform = { 2 / .pi * asin($0) }
        default: return nil
        }
        // The trapezoidal rule, which is exact to rounding for a smooth function that vanishes at both ends.
        let step = 1.0 / 64
        var sum = 0.0
        for position in -640...640 {
            let z = Double(position) * step
            sum += transform(tanh(0.9 + 0.35 * z)) * exp(-z * z / 2)
        }
        return sum * step / (2 * Double.pi).squareRoot()
    }

    /// Outcomes by target, then seed. The results are the same with every seed, the predictions' errors are not.
    package func draw(
        targets: Int, models: Int, seeds: Int = 1, from generator: inout SeededGenerator
    ) -> [[TargetOutcome]] {
        func normals() -> [Double] { (0..<models).map { _ in generator.normal() } }
        let results = normals()
        let errors = (0..<seeds).map { _ in normals() }
        return (0..<targets).map { target in
            let correlation = tanh(0.9 + 0.35 * generator.normal())
            let blur = (1 - correlation * correlation).squareRoot()
            let actual = zip(results, normals()).map { Self.mixed($0, $1, share: sharedResults) }
            return errors.map { errors in
                let own = zip(errors, normals()).map { Self.mixed($0, $1, share: sharedErrors) }
                return TargetOutcome(
                    target: "d\(target)", models: Array(0..<models),
                    predicted: zip(actual, own).map { correlation * $0 + blur * $1 }, actual: actual)
            }
        }
    }

    private static func mixed(_ shared: Double, _ own: Double, share: Double) -> Double {
        share.squareRoot() * shared + (1 - share).squareRoot() * own
    }
}
