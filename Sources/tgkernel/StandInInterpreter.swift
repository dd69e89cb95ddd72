import Kernel

struct StandInInterpreter: Interpreter {

    var info: InterpreterInfo {
        InterpreterInfo(
            implementation: "transfergraph", implementationVersion: "0.1.0", languageName: "transfergraph",
            languageVersion: "0.1.0", mimetype: "text/x-transfergraph", fileExtension: ".tg", pygmentsLexer: nil,
            codeMirrorMode: nil, banner: "TransferGraph", helpLinks: [])
    }
    func execute(_ cell: Cell, in context: any ExecutionContext) -> ExecutionOutcome {
        if cell.code.hasPrefix("%echo ") { context.write(String(cell.code.dropFirst(6)) + "\n", to: .stdout) }
        return .success(nil)
    }
    func evaluate(_ expression: String) throws(ExecutionError) -> DisplayData { DisplayData(text: expression) }
    func complete(_ code: String, at cursor: Int) -> Completion { Completion(items: [], range: cursor..<cursor) }
    func inspect(_ code: String, at cursor: Int, detail: Int) -> DisplayData? { nil }
    func isComplete(_ code: String) -> Completeness { .complete }
    func shutdown(restart: Bool) {}
}
