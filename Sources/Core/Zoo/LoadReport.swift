/// What loading a zoo repaired or left out, for the table shown after it.
public struct LoadReport: Sendable, Equatable {
    public struct Item: Sendable, Equatable {
        public enum Action: String, Sendable {
            case repaired
            case merged
            case leftOut = "left out"
            case noted
        }
        /// What was done.
        public let action: Action
        /// To what and why, in a few words.
        public let what: String
        /// How many times.
        public let count: Int
        /// The first few, by name or by file and line.
        public let examples: [String]
        /// The choice of runs that would have taken these; `nil` where none would.
        public let takenBy: FineTuning?
        /// The choice of the reading that decides otherwise; `nil` where none does.
        public let choice: Choice?

        /// What whoever reads a zoo may choose, where a line of the report depends on it.
        public enum Choice: Sendable {
            case metric
            case scale
            case mergeNames
        }
    }

    public private(set) var items: [Item] = []

    public init() {}

    /// Adds a line, unless `count` is 0.
    public mutating func add(
        _ action: Item.Action, _ what: String, choice: Item.Choice? = nil, count: Int, examples: [String] = [],
        takenBy: FineTuning? = nil
    ) {
        guard count > 0 else { return }
        items.append(
            Item(
                action: action, what: what, count: count, examples: Array(examples.prefix(3)), takenBy: takenBy,
                choice: choice))
    }

    /// Adds another report's lines.
    mutating func add(contentsOf other: LoadReport) { items += other.items }
}
