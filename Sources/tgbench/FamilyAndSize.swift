import Foundation
import TransferGraphCore

/// Ridge regression of results standardised within their dataset on a model's family and the logarithm of its size.
struct FamilyAndSize: PredictionMethod {
    let name = "family and size"

    func predict(_ workspace: TargetWorkspace) throws -> Prediction {
        let zoo = workspace.zoo.known
        let sizes = zoo.models.map { $0.parameters.flatMap { $0 > 0 ? log($0) : nil } }
        let known = sizes.compactMap { $0 }
        let middle = known.isEmpty ? 0 : known.reduce(0, +) / Double(known.count)
        var numbers: [String: Int] = [:]
        let families = zoo.models.map { model -> Int in
            let family = model.family ?? model.architecture ?? String(model.name.prefix { $0 != "/" })
            if let known = numbers[family] { return known }
            numbers[family] = numbers.count
            return numbers.count - 1
        }
        // By backfitting: there may be thousands of families.
        var effects = [Double](repeating: 0, count: numbers.count)
        var slope = 0.0
        let entries = StandardisedResults(workspace.zoo).entries
        for _ in 0..<20 {
            var sum = 0.0
            var square = 10.0
            for entry in entries {
                let size = (sizes[entry.model] ?? middle) - middle
                sum += size * (entry.value - effects[families[entry.model]])
                square += size * size
            }
            slope = sum / square
            var sums = [Double](repeating: 0, count: numbers.count)
            var counts = [Double](repeating: 5, count: numbers.count)
            for entry in entries {
                let size = (sizes[entry.model] ?? middle) - middle
                sums[families[entry.model]] += entry.value - slope * size
                counts[families[entry.model]] += 1
            }
            effects = zip(sums, counts).map { $0 / $1 }
        }
        return Prediction(
            method: name, target: workspace.zoo.target,
            values: zoo.models.indices.map { effects[families[$0]] + slope * ((sizes[$0] ?? middle) - middle) })
    }
}
