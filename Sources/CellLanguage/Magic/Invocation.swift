import JupyterKernel
import Presentation
import Support

/// What a magic gets to do its work: the session as it was when the line began, and where its output goes.
public struct Invocation: Sendable {
    /// Where output goes and questions are asked.
    public let context: any ExecutionContext
    /// The session's state when the line began; it does not change while the magic runs.
    public let state: SessionState
    /// Runs other lines in the same session, for magics such as `%time`.
    public let runner: CellRunner
    /// The statement after the name of a magic that takes one; see ``Magic/takesStatement``.
    public let statement: Statement?
    /// A cell magic's body: what stands below its line.
    public let body: String?
    /// The line of the cell in which ``body`` begins.
    public let bodyLine: Int

    /// Whether more lines follow in this session: not in a terminal, where the program ends with its command.
    public var sessionGoesOn: Bool { !(context is TerminalContext) }

    /// Does long work with a progress bar below the cell; the bar is gone when the work is done, however it ends.
    ///
    /// - Parameters:
    ///   - title: the bar's heading before the work names its first stage.
    ///   - body: the work, given a handle for reporting progress and noticing cancellation.
    /// - Throws: what `body` throws; `OutOfMemory` if the work was stopped because the process's memory was nearly used
    ///   up.
    public func withProgress<Value>(_ title: String, _ body: (Work) throws -> Value) throws -> Value {
        let bar = ProgressBar(title: title, in: context)
        defer { bar.finish() }
        let context = context
        let memory = MemoryWatch()
        let work = Work(
            isCancelled: { context.isInterrupted || memory.isShort }, report: { bar.report($0, $1) })
        do { return try body(work) } catch let error as Cancelled {
            if context.isInterrupted { throw error }
            throw memory.shortage ?? error
        }
    }
}
