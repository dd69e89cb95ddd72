import Foundation

/// What is known of a model beforehand: ridge regression of results standardised within their dataset on its family and
/// the logarithm of its number of parameters.
///
/// A model without a family counts to that of its architecture, else of the first part of its name; one of unknown size is
/// taken for a middling one. The penalties are those of five results a family and ten of one unit of size; the fit is by
/// backfitting (Hastie and Tibshirani, "Generalized additive models", 1990), as there may be thousands of families.
public struct FamilyAndSize: PredictionMethod {
    public let name = "family-size"
    public var scale: PredictionScale { .deviations }

    public init() {}

    /// - Complexity: O(results).
    public func predict(_ workspace: TargetWorkspace) throws -> Prediction {
        let zoo = workspace.zoo.known
        let sizes = zoo.models.map { $0.parameters.flatMap { $0 > 0 && $0.isFinite ? log($0) : nil } }
        let known = sizes.compactMap { $0 }
        let middle = known.isEmpty ? 0 : known.reduce(0, +) / Double(known.count)
        let size = sizes.map { ($0 ?? middle) - middle }
        var numbers: [String: Int] = [:]
        let families = zoo.models.map { model -> Int in
            let family = model.family ?? model.architecture ?? String(model.name.prefix { $0 != "/" })
            if let known = numbers[family] { return known }
            numbers[family] = numbers.count
            return numbers.count - 1
        }
        var effects = [Double](repeating: 0, count: numbers.count)
        var slope = 0.0
        let entries = StandardisedResults(workspace.zoo).entries
        for _ in 0..<20 {
            try workspace.work.check()
            var sum = 0.0
            var square = 10.0
            for entry in entries {
                sum += size[entry.model] * (entry.value - effects[families[entry.model]])
                square += size[entry.model] * size[entry.model]
            }
            slope = sum / square
            var sums = [Double](repeating: 0, count: numbers.count)
            var counts = [Double](repeating: 5, count: numbers.count)
            for entry in entries {
                sums[families[entry.model]] += entry.value - slope * size[entry.model]
                counts[families[entry.model]] += 1
            }
            effects = zip(sums, counts).map { $0 / $1 }
        }
        return Prediction(
            method: name, target: workspace.zoo.target,
            values: zoo.models.indices.map { effects[families[$0]] + slope * size[$0] })
    }
}
