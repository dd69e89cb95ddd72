import JupyterKernel
import Presentation
import Support

/// The notebook's language: answers everything the kernel asks, from one session.
///
/// ```swift
/// let interpreter = CellInterpreter(registry: MagicRegistry([EchoMagic.self]), info: info)
/// try KernelServer(connection: ConnectionFile(path: path), interpreter: interpreter).run()
/// ```
public struct CellInterpreter: Interpreter {
    public let session: Session
    public let registry: MagicRegistry
    public let info: InterpreterInfo
    public let commTargets: [String: any CommTarget]

    public init(
        registry: MagicRegistry, info: InterpreterInfo, session: Session = Session(),
        commTargets: [String: any CommTarget] = [:]
    ) {
        self.commTargets = commTargets
        self.registry = registry
        self.info = info
        self.session = session
    }

    public func execute(_ cell: Cell, in context: any ExecutionContext) -> ExecutionOutcome {
        do {
            let value = try CellRunner(registry: registry, session: session).run(cell.code, in: context)
            guard let value else { return .success(nil) }
            let (figures, display) = (value.figures, value.display)
            try LargeOutput.check(figures + [display], in: context)
            for figure in figures { context.display(figure, id: nil) }
            return .success(display)
        } catch {
            return .failure(ErrorDisplay.executionError(error, vocabulary: registry.vocabulary))
        }
    }

    public func evaluate(_ expression: String, in context: any ExecutionContext) throws(ExecutionError) -> DisplayData {
        let name = expression.trimmed
        if let value = session.state.variables[name] { return value.display }
        do {
            let runner = CellRunner(registry: registry, session: session)
            guard let value = try runner.run(expression, in: context) else {
                throw UserError("NoValue", "'\(name.singleLine(limit: 80))' gives no value.")
            }
            return value.display
        } catch {
            throw ErrorDisplay.executionError(error, vocabulary: registry.vocabulary)
        }
    }

    public func complete(_ code: String, at cursor: Int) -> Completion {
        Completer(registry: registry, state: session.state).complete(code, at: cursor)
    }

    public func inspect(_ code: String, at cursor: Int, detail: Int) -> DisplayData? {
        Inspector(registry: registry, state: session.state).inspect(code, at: cursor, detail: detail)
    }

    public func isComplete(_ code: String) -> Completeness {
        Completeness(ofCell: code, nesting: registry.nesting)
    }

    public func shutdown(restart: Bool) {}
}
