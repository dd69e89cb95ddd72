import Foundation
import JupyterKernel
import Presentation
import Support
import Synchronization

/// A terminal as the place where a command's output goes: values on standard output, progress below it where standard
/// error is a screen, questions on standard input.
public final class TerminalContext: ExecutionContext {
    private let format: OutputFormat
    private struct State {
        /// Whether a progress bar stands on the screen's last line.
        var showsBar = false
        /// Whether standard output holds an exported file, and must hold nothing else.
        var holdsExport = false
    }
    private let state = Mutex(State())

    public init(format: OutputFormat = .table) {
        self.format = format
    }

    /// The width of the screen behind a descriptor; `nil` if it is not a screen.
    static func columns(of descriptor: Int32) -> Int? {
        var size = winsize()
        guard isatty(descriptor) == 1, ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
            return nil
        }
        return Int(size.ws_col)
    }

    /// Set by the signal once ``catchInterrupts()`` was called.
    nonisolated(unsafe) private static var interrupts: sig_atomic_t = 0

    public var isInterrupted: Bool { Self.interrupts != 0 }

    /// The first interrupt is reported, so that finished work is kept; the next ends the program. If whoever started
    /// the program ignores interrupts, they stay ignored.
    public func catchInterrupts() {
        let before = signal(SIGINT) { _ in
            if TerminalContext.interrupts != 0 {
                signal(SIGINT, SIG_DFL)
                raise(SIGINT)
            }
            TerminalContext.interrupts = 1
        }
        if Self.isIgnoring(before) { signal(SIGINT, SIG_IGN) }
    }

    private static func isIgnoring(_ handler: sighandler_t?) -> Bool {
        unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
    }

    /// Does what waits for a person or another program; meanwhile an interrupt ends the program.
    func waiting<Value, Failure: Error>(_ body: () throws(Failure) -> Value) throws(Failure) -> Value {
        let before = signal(SIGINT, SIG_DFL)
        if Self.isIgnoring(before) { signal(SIGINT, SIG_IGN) }
        defer { signal(SIGINT, before) }
        return try body()
    }

    public func forgetInterrupt() { Self.interrupts = 0 }

    public func write(_ text: String, to stream: OutputStreamName) {
        // Output for programs is not mixed with sentences.
        let isForPrograms = format != .table || state.withLock { $0.holdsExport }
        put(text, isForPrograms ? .stderr : stream)
    }

    /// Writes `value` in the format that was asked for.
    ///
    /// - Throws: `UserError` if the value has no such form.
    func show(_ value: any SessionValue) throws(UserError) {
        let text = try format.text(of: value)
        let stream: OutputStreamName = state.withLock { $0.holdsExport } ? .stderr : .stdout
        // A name may hold terminal control characters.
        let isScreen = isatty(stream == .stdout ? STDOUT_FILENO : STDERR_FILENO) == 1
        put(isScreen ? text.visibleControls : text, stream)
    }

    /// Writes a file's content to the program's own output.
    func writeExport(_ bytes: [UInt8], to stream: OutputStreamName) {
        if stream == .stdout { state.withLock { $0.holdsExport = true } }
        put(bytes, stream)
    }

    public func display(_ data: DisplayData, id: String?) {
        guard id == nil else { return bar(data) }
        guard let text = data.data["text/plain"]?.string else { return }
        write(text + "\n", to: .stdout)
    }

    public func update(_ data: DisplayData, id: String) { bar(data) }

    public func clearOutput(wait: Bool) {}

    public func ask(_ prompt: String, password: Bool) throws(ExecutionError) -> String {
        write(prompt, to: .stdout)
        guard let line = waiting({ readLine() }) else {
            throw ExecutionError(name: "EndOfInput", value: "There is no answer on standard input.", traceback: [])
        }
        return line
    }

    public func page(_ data: DisplayData) { display(data, id: nil) }
    public func setNextInput(_ text: String, replace: Bool) {}

    /// The program's command line, as a shell takes it.
    public var inputHistory: [(line: Int, source: String)] {
        let program = LocalPath(CommandLine.arguments.first ?? "", home: nil).name
        return [(1, ([program] + CommandLine.arguments.dropFirst()).map(\.shellQuoted).joined(separator: " "))]
    }

    /// Draws a progress bar over the last one, on one line of the screen.
    private func bar(_ data: DisplayData) {
        guard isatty(STDERR_FILENO) == 1 else { return }
        let columns = Self.columns(of: STDERR_FILENO) ?? 80
        let text = (data.data["text/plain"]?.string ?? "").singleLine(limit: columns - 1)
        state.withLock { state in
            if !state.showsBar, text.isEmpty { return }
            state.showsBar = !text.isEmpty
            _ = SignalFree.write("\r\u{1B}[2K" + text, to: STDERR_FILENO) { false }
        }
    }

    private func put(_ text: String, _ stream: OutputStreamName) { put(Array(text.utf8), stream) }

    private func put(_ bytes: [UInt8], _ stream: OutputStreamName) {
        state.withLock { state in
            if state.showsBar { _ = SignalFree.write("\r\u{1B}[2K", to: STDERR_FILENO) { false } }
            state.showsBar = false
            let descriptor = stream == .stdout ? STDOUT_FILENO : STDERR_FILENO
            guard let problem = SignalFree.write(bytes, to: descriptor, isCancelled: { false }) else { return }
            // The reader has read enough: that is no error.
            if problem == EPIPE { exit(EXIT_SUCCESS) }
            let reason = String(cString: strerror(problem))
            _ = SignalFree.write("OutputError: The output cannot be written: \(reason).\n", to: STDERR_FILENO) { false }
            exit(EXIT_FAILURE)
        }
    }
}

extension String {
    /// The text quoted as one word for a shell.
    fileprivate var shellQuoted: String {
        let isPlain =
            !isEmpty
            && utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: "-_./:=,+@%".utf8.contains(byte)
                }
            }
        return isPlain ? self : "'" + replacing("'", with: #"'\''"#) + "'"
    }
}
