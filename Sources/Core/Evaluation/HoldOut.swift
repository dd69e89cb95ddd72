/// What of a zoo is held out to be predicted: the protocols of ModelLens (arXiv 2605.07075), in five folds each.
public enum HoldOut: String, Sendable, CaseIterable {
    /// One dataset's results after the other: leave-one-dataset-out.
    case oneDataset = "one-dataset"
    /// All results of a fifth of the datasets.
    case newDataset = "new-dataset"
    /// All results of a fifth of the models; those of the others are known, on the target too.
    case newModel = "new-model"
    /// All results of a fifth of the datasets and of a fifth of the models.
    case newBoth = "new-both"
    /// A fifth of all results; the others are known, on the target too.
    case completion

    public static let foldCount = 5

    /// How often a target is predicted with one seed: once a fold that holds any of its results.
    var foldsPerTarget: Int { self == .oneDataset || self == .newDataset ? 1 : Self.foldCount }

    /// A zoo with the fold's results held out, and the models that are to be predicted on the target.
    ///
    /// - Parameter fold: of models or results; that of datasets is the target's.
    /// - Complexity: O(results).
    package func heldOut(
        _ zoo: Zoo, target: Int, fold: Int, seed: UInt64, includingWithoutSignal: Bool = false
    ) -> (zoo: HeldOutZoo, models: [Int]) {
        let column = zoo.results.column(target)
        let run = column.map { Int(zoo.results.models[$0]) }
        if self == .oneDataset {
            return (zoo.holdingOut(target, includingWithoutSignal: includingWithoutSignal), run)
        }
        let datasets = Self.folds(zoo.datasets.count, seed: seed, item: 0)
        let models = Self.folds(zoo.models.count, seed: seed, item: 1)
        let results = self == .completion ? Self.folds(zoo.results.count, seed: seed, item: 2) : []
        func position(_ entry: PairTable.Entry) -> Int? {
            zoo.results.position(model: entry.model, dataset: entry.dataset)
        }
        func isHeldOut(_ entry: PairTable.Entry) -> Bool {
            switch self {
            case .oneDataset: entry.dataset == target
            case .newDataset: datasets[entry.dataset] == datasets[target]
            case .newModel: models[entry.model] == fold
            case .newBoth: datasets[entry.dataset] == datasets[target] || models[entry.model] == fold
            case .completion: position(entry).map { results[$0] == fold } ?? false
            }
        }
        let asked: [Int]
        switch self {
        case .oneDataset, .newDataset: asked = run
        case .newModel, .newBoth: asked = run.filter { models[$0] == fold }
        case .completion: asked = column.filter { results[$0] == fold }.map { Int(zoo.results.models[$0]) }
        }
        let isAsked = Set(asked)
        let known = self == .newModel || self == .completion ? run.filter { !isAsked.contains($0) } : []
        let whole = zoo.holdingOut(target, revealing: known, includingWithoutSignal: includingWithoutSignal)
        return (whole.keeping { !isHeldOut($0) }, asked)
    }

    /// The fold of each of `count` items, drawn by `seed`; folds differ in size by one at most.
    private static func folds(_ count: Int, seed: UInt64, item: Int) -> [Int] {
        var generator = SeededGenerator(seed: seed, purpose: .folds, item: item)
        var order = Array(0..<count)
        order.shuffle(using: &generator)
        var folds = [Int](repeating: 0, count: count)
        for (place, index) in order.enumerated() { folds[index] = place % foldCount }
        return folds
    }
}
