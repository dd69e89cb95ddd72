/// One cell of the history.
package struct HistoryEntry: Sendable, Equatable {
    /// Counted from 1, one per kernel start.
    package let session: Int
    /// The cell's execution count in its session.
    package let line: Int
    package let source: String
    /// The plain text of its result, if it had one.
    package let output: String?
}
