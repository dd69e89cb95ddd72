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
    package var foldsPerTarget: Int { self == .oneDataset || self == .newDataset ? 1 : Self.foldCount }

    /// Whether models are asked for that no record has: what compares there is what is known of a model beforehand.
    public var asksForNewModels: Bool { self == .newModel || self == .newBoth }

    /// A zoo with the fold's results held out, and the models that are to be predicted on the target.
    ///
    /// Whether a dataset's results tell models apart is judged from those that are left.
    ///
    /// - Parameter fold: of models or results; that of datasets is the target's.
    /// - Complexity: O(results).
    package func heldOut(
        _ zoo: Zoo, target: Int, fold: Int, seed: UInt64, includingWithoutSignal: Bool = false
    ) -> (zoo: HeldOutZoo, models: [Int]) {
        let asked = heldOutModels(zoo, target: target, fold: fold, seed: seed)
        if self == .oneDataset {
            return (zoo.holdingOut(target, includingWithoutSignal: includingWithoutSignal), asked)
        }
        let datasets = Self.folds(zoo.datasets.count, seed: seed, item: 0)
        let models = Self.folds(zoo.models.count, seed: seed, item: 1)
        let results = self == .completion ? Self.folds(zoo.results.count, seed: seed, item: 2) : []
        var position = -1
        let rest = zoo.keepingResults { entry in
            position += 1
            switch self {
            case .oneDataset: return entry.dataset != target
            case .newDataset: return datasets[entry.dataset] != datasets[target]
            case .newModel: return models[entry.model] != fold
            case .newBoth: return datasets[entry.dataset] != datasets[target] && models[entry.model] != fold
            case .completion: return results[position] != fold
            }
        }
        let judged = self == .newDataset ? rest : rest.judgingSignal()
        let known = rest.results.column(target).map { Int(rest.results.models[$0]) }
        return (
            judged.holdingOut(target, revealing: known, includingWithoutSignal: includingWithoutSignal), asked
        )
    }

    /// The models that are to be predicted on the target in one fold: those whose results there are held out.
    package func heldOutModels(_ zoo: Zoo, target: Int, fold: Int, seed: UInt64) -> [Int] {
        let column = zoo.results.column(target)
        switch self {
        case .oneDataset, .newDataset: return column.map { Int(zoo.results.models[$0]) }
        case .newModel, .newBoth:
            let models = Self.folds(zoo.models.count, seed: seed, item: 1)
            return column.map { Int(zoo.results.models[$0]) }.filter { models[$0] == fold }
        case .completion:
            let results = Self.folds(zoo.results.count, seed: seed, item: 2)
            return column.filter { results[$0] == fold }.map { Int(zoo.results.models[$0]) }
        }
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
