/// A way to choose which model to fine-tune next.
public enum SearchStrategy: Sendable, Hashable {
    /// A method's list, in its order, whatever comes of the runs.
    case list(method: String)
    /// After each run the model that is expected to add most, given all results so far.
    case sequential(method: String)

    /// `auto` is sequential and `auto:list` its list; `history:sequential` is the history mean, one result after the other.
    /// Any other method alone is its list.
    public init(_ name: String) {
        if name.hasSuffix(":list") {
            self = .list(method: String(name.dropLast(5)))
        } else if name.hasSuffix(":sequential") {
            self = .sequential(method: String(name.dropLast(11)))
        } else {
            self = name == "auto" ? .sequential(method: name) : .list(method: name)
        }
    }

    public var method: String {
        switch self {
        case .list(let method), .sequential(let method): method
        }
    }

    /// Its name as ``init(_:)`` reads it.
    public var name: String {
        switch self {
        case .list(let method): method == "auto" ? "auto:list" : method
        case .sequential(let method): method == "auto" ? "auto" : "\(method):sequential"
        }
    }
}
