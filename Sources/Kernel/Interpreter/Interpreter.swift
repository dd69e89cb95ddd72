/// What a kernel runs. Everything the Jupyter protocol asks of a language is here; the kernel asks nothing else.
///
/// Calls may come from several threads at once: cells of the main shell run one after the other, while cells of
/// subshells, completion and inspection may run beside them. A conforming type keeps its state immutable or guarded.
public protocol Interpreter: Sendable {
    /// What `kernel_info_reply` says about the language and the program.
    var info: InterpreterInfo { get }

    /// Runs one cell to its end. Output goes through `context`; a result or an error is returned.
    func execute(_ cell: Cell, in context: any ExecutionContext) -> ExecutionOutcome

    /// Gives the value of a `user_expressions` entry as a MIME bundle.
    func evaluate(_ expression: String) throws(ExecutionError) -> DisplayData

    /// What could stand at `cursor`, an offset into `code` in Unicode code points.
    func complete(_ code: String, at cursor: Int) -> Completion

    /// What is known of the name at `cursor` (in code points); `nil` where nothing is. Detail 1 asks for more than 0.
    func inspect(_ code: String, at cursor: Int, detail: Int) -> DisplayData?

    /// Whether a console should run `code` or let the user go on typing.
    func isComplete(_ code: String) -> Completeness

    /// The comms that clients may open, by target name. Asked once, when the kernel starts.
    var commTargets: [String: any CommTarget] { get }

    /// Told once before the kernel ends or restarts, after running cells were interrupted.
    func shutdown(restart: Bool)
}

extension Interpreter {
    public var commTargets: [String: any CommTarget] { [:] }
}

/// A cell to run, as `execute_request` brings it.
public struct Cell: Sendable {
    public let code: String
    /// Whether the cell asks to leave no trace: no count, no history, no output but errors.
    public let silent: Bool
    /// The number shown beside the cell.
    public let executionCount: Int
    public init(code: String, silent: Bool, executionCount: Int) {
        self.code = code
        self.silent = silent
        self.executionCount = executionCount
    }
}

/// Where a running cell's output goes and its questions are asked. Thread-safe: any thread of the cell may use it
/// until the cell has returned; afterwards calls do nothing.
public protocol ExecutionContext: Sendable {
    /// Whether the user asked the cell to stop. Cheap; long work asks it at least every 50 ms.
    var isInterrupted: Bool { get }
    /// Text for the reader's standard output or error; batched, never reordered against displays.
    func write(_ text: String, to stream: OutputStreamName)
    /// Shows a value below the cell; with an identifier it can be updated later by ``update(_:id:)``.
    func display(_ data: DisplayData, id: String?)
    /// Replaces what every display with this identifier shows.
    func update(_ data: DisplayData, id: String)
    /// Removes the cell's output; with `wait`, only when the next output comes.
    func clearOutput(wait: Bool)
    /// Asks the user for a line.
    ///
    /// - Throws: an ``ExecutionError`` named `StdinNotImplementedError` where the client allows no questions, and
    ///   `KeyboardInterrupt` when the user interrupts instead of answering.
    func ask(_ prompt: String, password: Bool) throws(ExecutionError) -> String
    /// Shows a long text in the reader's pager (payload `page`).
    func page(_ data: DisplayData)
    /// Puts text into the next cell (payload `set_next_input`).
    func setNextInput(_ text: String, replace: Bool)
    /// The session's inputs so far, for `%history`: the line's number and the source, oldest first.
    var inputHistory: [(line: Int, source: String)] { get }
}

public enum OutputStreamName: String, Sendable {
    case stdout
    case stderr
}

/// How a cell ended.
public enum ExecutionOutcome: Sendable {
    /// It ran to its end; the value, where it has one, is published as `execute_result`.
    case success(DisplayData?)
    case failure(ExecutionError)
}

/// An error as a notebook shows it.
public struct ExecutionError: Error, Sendable, Equatable {
    /// Its name, such as `UnknownDataset`.
    public let name: String
    /// One line that says what is wrong.
    public let value: String
    /// The lines shown below the cell; may hold ANSI colours.
    public let traceback: [String]
    public init(name: String, value: String, traceback: [String]) {
        self.name = name
        self.value = value
        self.traceback = traceback
    }
}

/// The possible endings of a word.
public struct Completion: Sendable, Equatable {
    public struct Item: Sendable, Equatable {
        public let text: String
        /// What it is (`magic`, `option`, `dataset`, `model`, `method`, `path`, …), shown beside it by JupyterLab.
        public let type: String
        public init(text: String, type: String) {
            self.text = text
            self.type = type
        }
    }
    public let items: [Item]
    /// What each item replaces, in Unicode code points.
    public let range: Range<Int>
    public init(items: [Item], range: Range<Int>) {
        self.items = items
        self.range = range
    }
}

public enum Completeness: Sendable, Equatable {
    case complete
    /// More is expected; the next line begins with `indent`.
    case incomplete(indent: String)
    case invalid
    case unknown
}

/// The constant part of `kernel_info_reply`.
public struct InterpreterInfo: Sendable {
    public struct Link: Sendable {
        public let text: String
        public let url: String
        public init(text: String, url: String) {
            self.text = text
            self.url = url
        }
    }
    public let implementation: String
    public let implementationVersion: String
    public let languageName: String
    public let languageVersion: String
    public let mimetype: String
    public let fileExtension: String
    public let pygmentsLexer: String?
    public let codeMirrorMode: String?
    public let banner: String
    public let helpLinks: [Link]
    public init(
        implementation: String, implementationVersion: String, languageName: String, languageVersion: String,
        mimetype: String, fileExtension: String, pygmentsLexer: String?, codeMirrorMode: String?, banner: String,
        helpLinks: [Link]
    ) {
        self.implementation = implementation
        self.implementationVersion = implementationVersion
        self.languageName = languageName
        self.languageVersion = languageVersion
        self.mimetype = mimetype
        self.fileExtension = fileExtension
        self.pygmentsLexer = pygmentsLexer
        self.codeMirrorMode = codeMirrorMode
        self.banner = banner
        self.helpLinks = helpLinks
    }
}
