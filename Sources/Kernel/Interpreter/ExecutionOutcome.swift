/// How a cell ended.
public enum ExecutionOutcome: Sendable, Equatable {
    /// It ran to its end; the value, where it has one, is published as `execute_result`.
    case success(DisplayData?)
    /// It failed: the error is shown, and the cells that wait behind it are left out unless the client wants them run.
    case failure(ExecutionError)
}
