/// The completions of a word.
public struct Completion: Sendable, Equatable {
    /// One completion.
    public struct Item: Sendable, Equatable {
        /// The text it inserts into the code.
        public let text: String
        /// What it is (`function`, `option`, `path`, …), shown beside it by JupyterLab.
        public let type: String

        /// Makes an item.
        public init(text: String, type: String) {
            self.text = text
            self.type = type
        }
    }

    /// The completions, best first.
    public let items: [Item]
    /// What each item replaces, in Unicode code points.
    public let range: Range<Int>

    /// Makes a completion.
    public init(items: [Item], range: Range<Int>) {
        self.items = items
        self.range = range
    }
}
