import Foundation
import TransferGraphCore

/// What models reached on the datasets whose names have most words in common with the target's, models without results
/// like those of like names: the cosine of TF-IDF weights, squared.
struct NearestByText: PredictionMethod {
    let name = "text"

    func predict(_ workspace: TargetWorkspace) throws -> Prediction {
        let zoo = workspace.zoo.known
        let results = StandardisedResults(workspace.zoo)
        let near = TermVectors(zoo.datasets.map { NameTokens.of($0.name) }).cosines(to: workspace.zoo.target)
        var sums = [Double](repeating: 0, count: zoo.models.count)
        var weights = sums
        for entry in results.entries {
            let weight = entry.dataset == workspace.zoo.target ? 1 : near[entry.dataset] * near[entry.dataset] + 0.01
            sums[entry.model] += weight * entry.value
            weights[entry.model] += weight
        }
        let own = zip(sums, weights).map { $0 / ($1 + 0.05) }
        let words = TermVectors(zoo.models.map { NameTokens.of($0.name) })
        let values = zoo.models.indices.map { model -> Double in
            if weights[model] > 0 { return own[model] }
            var sum = 0.0
            var total = 1e-3
            for (other, cosine) in words.cosines(to: model).enumerated() where weights[other] > 0 {
                sum += cosine * cosine * own[other]
                total += cosine * cosine
            }
            return sum / total
        }
        return Prediction(method: name, target: workspace.zoo.target, values: values)
    }
}

/// Results standardised within their dataset, those known of the target too.
struct StandardisedResults {
    private(set) var entries: [PairTable.Entry] = []

    init(_ zoo: HeldOutZoo) {
        var columns = (0..<zoo.known.datasets.count).map { dataset in
            zoo.known.results.column(dataset).map {
                (Int(zoo.known.results.models[$0]), zoo.known.results.values[$0])
            }
        }
        columns[zoo.target] = zoo.revealed.map { ($0.model, $0.value) }
        for (dataset, column) in columns.enumerated() where column.count > 1 {
            let values = Statistics.standardised(column.map(\.1))
            guard values.contains(where: { $0 != 0 }) else { continue }
            for ((model, _), value) in zip(column, values) {
                entries.append(PairTable.Entry(model: model, dataset: dataset, value: value))
            }
        }
    }
}
