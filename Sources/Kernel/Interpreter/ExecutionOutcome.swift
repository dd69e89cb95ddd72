/// How a cell ended.
public enum ExecutionOutcome: Sendable, Equatable {
    /// It ran to its end; the value, if any, is published as `execute_result`.
    case success(DisplayData?)
    /// It failed: the error is shown, and queued cells are aborted unless the client wants them run.
    case failure(ExecutionError)
}
