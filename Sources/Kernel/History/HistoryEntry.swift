/// One cell of the history.
package struct HistoryEntry: Sendable, Equatable {
    /// Counted from 1, one a start of the kernel.
    package let session: Int
    /// The cell's execution count in its session.
    package let line: Int
    package let source: String
    /// The plain text of its result, where it had one.
    package let output: String?
}
