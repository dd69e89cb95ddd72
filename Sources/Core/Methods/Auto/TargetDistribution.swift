import Foundation
import Support

/// The joint predictive distribution of the models' results on a target, in the target's own units with higher better,
/// given the results that are known of it (``HeldOutZoo/revealed``).
///
/// What a method predicts is a result relative to the dataset's other results. Level and spread of the target's results
/// have a prior, the levels and spreads of similar datasets, and a posterior where results are known. Given the spread
/// results are normal.
///
/// ```swift
/// let prediction = try Auto().predict(TargetWorkspace(zoo.holdingOut(target)))
/// let known = [RevealedResult(model: 3, value: 0.81), RevealedResult(model: 7, value: 0.78)]
/// if let results = try prediction.results?(known, .unwatched) {
///     let isWorthIt = results.chanceOfImprovement(by: 0.005)
/// }
/// ```
public struct TargetDistribution: Sendable {
    /// Each model's expected result; the known one where it is known.
    public let means: [Double]
    /// The standard deviation of each model's result, noise included; 0 where it is known.
    public let deviations: [Double]
    /// The models whose results are known, ascending, and the best of those results; `nil` where none is.
    public let tried: [Int]
    public let best: Double?
    let samples: PosteriorSamples
    /// The mixture over spreads: weights, and each model's mean and variance given one.
    let components: [Component]

    struct Component: Sendable {
        let weight: Double
        let means: [Double]
        let variances: [Double]
    }

    /// The posterior means of level and spread: a result is level + spread · (result relative to the dataset's others).
    let level: Double
    let spread: Double
    /// How wide 80 % intervals are, as a share of those of a normal distribution with ``deviations``: what holds on the other
    /// datasets; `nil` where no result is known.
    let intervalShare: Double?

    /// The untried models that samples are drawn for: those that may be the best.
    public var candidates: [Int] { samples.candidates }
    public var sampleCount: Int { samples.sampleCount }

    /// Sample number `index` of the candidates' results, in their order.
    public func sample(_ index: Int) -> ArraySlice<Double> { samples.sample(index) }

    /// How much each of some models' results is expected to lie above `incumbent`, counting nothing where it lies below (expected
    /// improvement; Jones et al., "Efficient global optimization of expensive black-box functions", 1998); the known
    /// result's own excess where it is known.
    ///
    /// - Parameters:
    ///   - models: all where `nil`.
    ///   - incumbent: the best known result, in the dataset's units.
    public func expectedImprovement(of models: [Int]? = nil, over incumbent: Double) -> [Double] {
        (models ?? Array(means.indices)).map { model in
            if deviations[model] == 0 { return max(0, means[model] - incumbent) }
            return components.reduce(0) { sum, component in
                let deviation = component.variances[model].squareRoot()
                guard deviation > 0 else { return sum + component.weight * max(0, component.means[model] - incumbent) }
                return sum + component.weight
                    * Self.expectedExcess(component.means[model], deviation, over: incumbent)
            }
        }
    }

    /// The chance that a model's result exceeds a value; 0 or 1 where it is known.
    public func chance(of model: Int, above value: Double) -> Double {
        if deviations[model] == 0 { return means[model] > value ? 1 : 0 }
        return components.reduce(0) { sum, component in
            let deviation = component.variances[model].squareRoot()
            guard deviation > 0 else { return sum + (component.means[model] > value ? component.weight : 0) }
            return sum + component.weight * erfc((value - component.means[model]) / deviation / 2.0.squareRoot()) / 2
        }
    }

    /// E max(X - x, 0) of a normal X: σ (z Φ(z) + φ(z)) with z = (μ - x) / σ (Jones, Schonlau and Welch, 1998).
    static func expectedExcess(_ mean: Double, _ deviation: Double, over x: Double) -> Double {
        guard deviation > 0 else { return max(0, mean - x) }
        let ratio = (mean - x) / deviation
        let below = erfc(-ratio / 2.0.squareRoot()) / 2
        return max(0, deviation * (ratio * below + exp(-ratio * ratio / 2) / (2 * Double.pi).squareRoot()))
    }

    /// The chance that the best untried model exceeds the best tried one by more than `delta`, among the samples; `nil`
    /// where no result is known.
    public func chanceOfImprovement(by delta: Double) -> Double? {
        guard let best, sampleCount > 0 else { return nil }
        let count = (0..<sampleCount).count { (sample($0).max() ?? -.infinity) > best + delta }
        return Double(count) / Double(sampleCount)
    }

    /// What fine-tuning some untried models is expected to add to the best tried one, among the samples: the expectation
    /// of the best of both less the best tried one. Models that are no ``candidates`` add nothing.
    public func expectedGain(of models: [Int]) -> Double? {
        guard let best, sampleCount > 0 else { return nil }
        let chosen = Set(models)
        let columns = candidates.indices.filter { chosen.contains(candidates[$0]) }
        let sum = (0..<sampleCount).reduce(0.0) { sum, index in
            let drawn = sample(index)
            return sum + columns.reduce(0.0) { max($0, drawn[drawn.startIndex + $1] - best) }
        }
        return sum / Double(sampleCount)
    }
}
