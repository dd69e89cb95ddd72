/// Where a running cell's output goes and its questions are asked.
///
/// ```swift
/// for step in 1...100 {
///     if context.isInterrupted { return .failure(ExecutionError(name: "KeyboardInterrupt", value: "")) }
///     context.write("step \(step)\n", to: .stdout)
/// }
/// ```
///
/// Thread-safe: any thread of the cell may use it until the cell has returned; afterwards calls do nothing. Output
/// arrives in the order in which one thread gave it. A cell that writes faster than its readers read is held up where
/// more than 8 MiB wait.
public protocol ExecutionContext: Sendable {
    /// Whether the user asked the cell to stop. Cheap; long work asks it at least every 50 ms.
    var isInterrupted: Bool { get }

    /// From here on an interrupt is told by ``isInterrupted``, where otherwise it would end the program, as in a terminal.
    func catchInterrupts()

    /// Forgets an interrupt that the cell has noticed, and goes on: to ask what is to become of the work, say.
    func forgetInterrupt()

    /// Text for the reader's standard output or error; gathered for up to 20 ms, so that many small texts become few
    /// messages, and never reordered against displays.
    func write(_ text: String, to stream: OutputStreamName)

    /// Shows a value below the cell.
    ///
    /// - Parameters:
    ///   - data: The value.
    ///   - id: A name under which ``update(_:id:)`` finds it later; `nil` where it stays as it is.
    func display(_ data: DisplayData, id: String?)

    /// Replaces what every display with this name shows.
    func update(_ data: DisplayData, id: String)

    /// Removes the cell's output.
    ///
    /// - Parameter wait: Whether to wait until the next output comes, so that nothing flickers.
    func clearOutput(wait: Bool)

    /// Asks the user for a line and waits for it.
    ///
    /// - Parameters:
    ///   - prompt: What the user is asked.
    ///   - password: Whether what is typed is hidden.
    /// - Throws: An ``ExecutionError`` named `StdinNotImplementedError` where the client allows no questions, and
    ///   `KeyboardInterrupt` when the user interrupts instead of answering.
    func ask(_ prompt: String, password: Bool) throws(ExecutionError) -> String

    /// Shows a long text in the reader's pager (payload `page`).
    func page(_ data: DisplayData)

    /// Puts text into the next cell (payload `set_next_input`).
    ///
    /// - Parameters:
    ///   - text: The cell's text.
    ///   - replace: Whether it takes the place of the cell that runs.
    func setNextInput(_ text: String, replace: Bool)

    /// Opens a comm in the front end, for the target that the interpreter has under the same name; `nil` where nobody could
    /// answer through it.
    func openComm(_ targetName: String, _ message: CommMessage) -> Comm?

    /// The session's inputs so far: the line's number and the source, oldest first. O(n); read from the history.
    var inputHistory: [(line: Int, source: String)] { get }
}

extension ExecutionContext {
    /// Nothing: an interrupt is told anyway.
    public func catchInterrupts() {}
    /// Nothing: a place without interrupts.
    public func forgetInterrupt() {}

    /// None: a place without a page.
    public func openComm(_ targetName: String, _ message: CommMessage) -> Comm? { nil }
}
