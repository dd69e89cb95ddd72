/// What ties a target to the other datasets of a zoo, so that a prediction for it can be more than the general order of
/// the models.
public struct Ties: Sendable, Equatable {
    /// It is nearer to some datasets with results than to others.
    public let hasDistances: Bool
    /// Models have transferability scores on it.
    public let hasScores: Bool
    /// Its size or number of classes is known, and that of other datasets too.
    public let hasDescription: Bool
    /// Another dataset's results differ from model to model.
    public let hasHistory: Bool

    public init(_ zoo: Zoo, target: Int) {
        hasDistances =
            zoo.distances.map { distances in
                zoo.datasets.indices.contains {
                    $0 != target && !zoo.results.column($0).isEmpty && distances[target, $0] != nil
                }
            } ?? false
        hasScores = zoo.scores.contains { !$0.values.column(target).isEmpty }
        let own = zoo.datasets[target]
        hasDescription = zoo.datasets.indices.contains { index in
            let other = zoo.datasets[index]
            return index != target && !zoo.results.column(index).isEmpty
                && (own.size != nil && other.size != nil || own.classes != nil && other.classes != nil)
        }
        hasHistory = zoo.datasets.indices.contains { index in
            let column = zoo.results.column(index)
            guard index != target, let first = column.first else { return false }
            return column.contains { zoo.results.values[$0] != zoo.results.values[first] }
        }
    }

    /// Whether anything tells the models apart on the target.
    public var tellsModelsApart: Bool { hasScores || hasHistory }

    public var isTied: Bool { hasDistances || hasScores || hasDescription }
}
