/// Where a running cell's output goes and its questions are asked.
///
/// ```swift
/// for step in 1...100 {
///     if context.isInterrupted { return .failure(ExecutionError(name: "KeyboardInterrupt", value: "")) }
///     context.write("step \(step)\n", to: .stdout)
/// }
/// ```
///
/// Thread-safe: any thread of the cell may use it until the cell has returned; later calls do nothing. Output of one
/// thread arrives in order. A cell that writes faster than its readers read is held up while more than 8 MiB are
/// unsent.
public protocol ExecutionContext: Sendable {
    /// Whether the user asked the cell to stop. Cheap; long work checks it at least every 50 ms.
    var isInterrupted: Bool { get }

    /// From here on an interrupt sets ``isInterrupted`` instead of ending the program, as it would in a terminal.
    func catchInterrupts()

    /// Clears an interrupt that the cell has noticed, for example to ask what should become of the work.
    func forgetInterrupt()

    /// Writes text to standard output or error; it is buffered for up to 20 ms, so that many small texts become few
    /// messages, and never reordered against displays.
    func write(_ text: String, to stream: OutputStreamName)

    /// Shows a value below the cell.
    ///
    /// - Parameters:
    ///   - data: The value.
    ///   - id: A name under which ``update(_:id:)`` finds it later; `nil` if it never changes.
    func display(_ data: DisplayData, id: String?)

    /// Updates every display with this identifier.
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
    /// - Throws: An ``ExecutionError`` named `StdinNotImplementedError` if the client allows no questions, or
    ///   `KeyboardInterrupt` if the user interrupts instead of answering.
    func ask(_ prompt: String, password: Bool) throws(ExecutionError) -> String

    /// Shows a long text in the reader's pager (payload `page`).
    func page(_ data: DisplayData)

    /// Puts text into the next cell (payload `set_next_input`).
    ///
    /// - Parameters:
    ///   - text: The cell's text.
    ///   - replace: Whether it replaces the cell that runs.
    func setNextInput(_ text: String, replace: Bool)

    /// Opens a comm in the front end, for the interpreter's target of the same name; `nil` if nobody could answer
    /// through it.
    func openComm(_ targetName: String, _ message: CommMessage) -> Comm?

    /// The session's inputs so far: the line's number and the source, oldest first. O(n); read from the history.
    var inputHistory: [(line: Int, source: String)] { get }
}

extension ExecutionContext {
    /// Does nothing: interrupts are reported anyway.
    public func catchInterrupts() {}
    /// Does nothing: there are no interrupts.
    public func forgetInterrupt() {}

    /// `nil`: there is no page.
    public func openComm(_ targetName: String, _ message: CommMessage) -> Comm? { nil }
}
