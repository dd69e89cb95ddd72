/// A cell to run, as `execute_request` brings it.
public struct Cell: Sendable, Equatable {
    /// What the user typed.
    public let code: String
    /// Whether the cell asks to leave no trace: no count, no history, no output but errors. The kernel sees to that.
    public let silent: Bool
    /// The number shown beside the cell.
    public let executionCount: Int

    /// Makes a cell, for an interpreter's own tests.
    public init(code: String, silent: Bool = false, executionCount: Int = 1) {
        self.code = code
        self.silent = silent
        self.executionCount = executionCount
    }
}
