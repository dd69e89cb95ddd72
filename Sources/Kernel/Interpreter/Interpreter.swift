/// What a kernel runs: everything that the Jupyter protocol asks of a language. The kernel asks nothing else.
///
/// ``execute(_:in:)`` and ``info`` are enough for a kernel; the rest has an answer that every language can give.
///
/// ```swift
/// struct Echo: Interpreter {
///     let info = InterpreterInfo(
///         implementation: "echo", implementationVersion: "1.0", languageName: "echo", languageVersion: "1.0")
///
///     func execute(_ cell: Cell, in context: any ExecutionContext) -> ExecutionOutcome {
///         .success(DisplayData(text: cell.code))
///     }
/// }
/// ```
///
/// Calls may come from several threads at once: cells of the main shell run one after the other, while cells of
/// subshells, completion and inspection may run alongside. A conforming type keeps its state immutable or guarded.
public protocol Interpreter: Sendable {
    /// What `kernel_info_reply` says about the language and the program. Asked once, when the kernel starts.
    var info: InterpreterInfo { get }

    /// Runs one cell to its end. Output goes through `context`; a result or an error is returned.
    ///
    /// A long-running cell checks ``ExecutionContext/isInterrupted`` at least every 50 ms and, once it is true, fails
    /// with an ``ExecutionError`` named `KeyboardInterrupt`.
    func execute(_ cell: Cell, in context: any ExecutionContext) -> ExecutionOutcome

    /// Gives the value of a `user_expressions` entry: what a client wants to know after a cell has run.
    ///
    /// - Parameters:
    ///   - expression: The entry's text.
    ///   - context: Shows nothing and asks nothing; long work checks it for an interrupt.
    /// - Throws: What the client is told instead of a value.
    func evaluate(_ expression: String, in context: any ExecutionContext) throws(ExecutionError) -> DisplayData

    /// The completions at a cursor.
    ///
    /// - Parameters:
    ///   - code: The cell as it is.
    ///   - cursor: An offset into `code` in Unicode code points, from 0 to the code's length.
    func complete(_ code: String, at cursor: Int) -> Completion

    /// What is known of the name at a cursor; `nil` if nothing is.
    ///
    /// - Parameters:
    ///   - code: The cell as it is.
    ///   - cursor: An offset into `code` in Unicode code points, from 0 to the code's length.
    ///   - detail: 0 for what fits into a tooltip, 1 for all there is.
    func inspect(_ code: String, at cursor: Int, detail: Int) -> DisplayData?

    /// Whether a console should run `code` or let the user go on typing.
    func isComplete(_ code: String) -> Completeness

    /// The comms that clients may open, by target name. Asked once, when the kernel starts.
    var commTargets: [String: any CommTarget] { get }

    /// Called once before the kernel ends or restarts, after running cells were interrupted. It has two seconds.
    func shutdown(restart: Bool)
}

extension Interpreter {
    /// Evaluates nothing: an error named `NotImplementedError`.
    public func evaluate(_ expression: String, in context: any ExecutionContext) throws(ExecutionError) -> DisplayData {
        throw ExecutionError(name: "NotImplementedError", value: "\(info.languageName) evaluates no expressions.")
    }

    /// Completes nothing.
    public func complete(_ code: String, at cursor: Int) -> Completion { Completion(items: [], range: cursor..<cursor) }

    /// Knows nothing.
    public func inspect(_ code: String, at cursor: Int, detail: Int) -> DisplayData? { nil }

    /// Leaves it to the console, which asks for an empty line.
    public func isComplete(_ code: String) -> Completeness { .unknown }

    /// None.
    public var commTargets: [String: any CommTarget] { [:] }

    /// Does nothing.
    public func shutdown(restart: Bool) {}
}
