import Core
import Kernel

/// The notebook's language: everything the kernel asks of it, answered from one session.
public struct TransferGraphInterpreter: Interpreter {
    public let session: Session
    public let registry: MagicRegistry

    public init(session: Session = Session(), registry: MagicRegistry = .standard) {
        self.session = session
        self.registry = registry
    }

    public var info: InterpreterInfo { .transferGraph }

    public func execute(_ cell: Cell, in context: any ExecutionContext) -> ExecutionOutcome {
        do {
            let value = try CellRunner(registry: registry, session: session).run(cell.code, in: context)
            return .success(value?.display)
        } catch {
            return .failure(ErrorDisplay.executionError(error))
        }
    }

    public func evaluate(_ expression: String) throws(ExecutionError) -> DisplayData {
        let name = expression.trimmed
        if let value = session.state.variables[name] { return value.display }
        do {
            let runner = CellRunner(registry: registry, session: session)
            guard let value = try runner.run(expression, in: SilentContext()) else {
                throw UserError("NoValue", "'\(name.singleLine(limit: 80))' gives no value.")
            }
            return value.display
        } catch {
            throw ErrorDisplay.executionError(error)
        }
    }

    public func complete(_ code: String, at cursor: Int) -> Completion {
        Completer(registry: registry, state: session.state).complete(code, at: cursor)
    }

    public func inspect(_ code: String, at cursor: Int, detail: Int) -> DisplayData? {
        Inspector(registry: registry, state: session.state).inspect(code, at: cursor, detail: detail)
    }

    public func isComplete(_ code: String) -> Completeness {
        Completeness(ofCell: code)
    }

    public func shutdown(restart: Bool) {}
}

/// Where output goes that nobody is to see.
struct SilentContext: ExecutionContext {
    var isInterrupted: Bool { false }
    func write(_ text: String, to stream: OutputStreamName) {}
    func display(_ data: DisplayData, id: String?) {}
    func update(_ data: DisplayData, id: String) {}
    func clearOutput(wait: Bool) {}
    func ask(_ prompt: String, password: Bool) throws(ExecutionError) -> String {
        throw ExecutionError(
            name: "StdinNotImplementedError", value: "No question can be asked here.", traceback: [])
    }
    func page(_ data: DisplayData) {}
    func setNextInput(_ text: String, replace: Bool) {}
    var inputHistory: [(line: Int, source: String)] { [] }
}
