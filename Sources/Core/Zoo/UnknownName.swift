/// A name that means nothing where it was looked up.
///
/// What was looked in comes along, so that the names that would have been right need not be listed before somebody
/// asks for them.
public enum UnknownName: Error, Sendable {
    case dataset(String, in: Zoo)
    case model(String, in: Zoo)
    /// Neither a model nor a dataset.
    case node(String, in: Zoo)
    case method(String, in: Zoo)
    case score(String)

    /// The name as it was given.
    public var name: String {
        switch self {
        case .dataset(let name, _), .model(let name, _), .node(let name, _), .method(let name, _), .score(let name):
            name
        }
    }

    /// The names that would have been right.
    ///
    /// - Complexity: O(names), each time.
    public var known: [String] {
        switch self {
        case .dataset(_, let zoo): zoo.datasets.map(\.name)
        case .model(_, let zoo): zoo.models.map(\.name)
        case .node(_, let zoo): zoo.models.map(\.name) + zoo.datasets.map(\.name)
        case .method(_, let zoo): MethodCatalog.entries(for: zoo).map(\.name)
        case .score: TransferabilityScore.allCases.map(\.spelling)
        }
    }

    /// Those of them that the user brought in.
    ///
    /// - Complexity: O(datasets), each time.
    public var own: [String] {
        switch self {
        case .dataset(_, let zoo), .node(_, let zoo):
            zoo.datasets.indices.filter(zoo.isOwnDataset).map { zoo.datasets[$0].name }
        case .model, .method, .score: []
        }
    }
}
