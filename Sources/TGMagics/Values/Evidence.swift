import Presentation
import TransferGraphCore

/// What speaks for a model on a target, for methods that cannot explain themselves: plain facts of the zoo, none of
/// them a result on the target.
struct Evidence {
    private let zoo: Zoo
    private let target: Int
    private let normalised: PairTable
    private let means: [Double?]
    private let nearest: [Int]

    init(_ zoo: Zoo, target: Int) {
        self.zoo = zoo
        self.target = target
        let heldOut = zoo.holdingOut(target)
        normalised = heldOut.normalised
        means = HistoryMean(normalised, modelCount: zoo.models.count).means
        let distances = zoo.distances
        nearest = zoo.targets.filter { $0 != target && distances?[target, $0] != nil }
            .sorted { (distances?[target, $0] ?? 0) < (distances?[target, $1] ?? 0) }
    }

    /// Up to `limit` facts about `model`, in words.
    func facts(_ model: Int, limit: Int = 3) -> [String] {
        var facts: [String] = []
        let figure = NumberFormat.decimals(2).text
        if let mean = means[model] {
            let better = means.count { ($0 ?? -1) > mean }
            facts.append("history \(figure(mean)), rank \(better + 1) of \(means.count { $0 != nil })")
        } else {
            facts.append("no history")
        }
        for dataset in nearest.prefix(2) {
            if let value = normalised[model: model, dataset: dataset] {
                facts.append("\(figure(value)) on the near \(zoo.datasets[dataset].name)")
            }
        }
        for score in zoo.scores {
            if let value = score.values[model: model, dataset: target] {
                let column = score.values.column(target)
                let better = column.count { score.values.values[$0] > value }
                facts.append("\(score.name) rank \(better + 1) of \(column.count)")
            }
        }
        if let source = zoo.models[model].pretrainingDataset {
            facts.append("pre-trained on \(zoo.datasets[source].name)")
        }
        return Array(facts.prefix(limit))
    }
}
