import JupyterKernel

/// A language of one idea: a cell comes back, word by word.
struct Echo: Interpreter {
    let info = InterpreterInfo(
        implementation: "echo", implementationVersion: "1.0", languageName: "echo", languageVersion: "1.0")

    func execute(_ cell: Cell, in context: any ExecutionContext) -> ExecutionOutcome {
        let words = cell.code.split(whereSeparator: \.isWhitespace)
        for word in words {
            guard word != "?" else {
                return .failure(ExecutionError(name: "NoAnswer", value: "An echo answers no questions."))
            }
            context.write("\(word)\n", to: .stdout)
        }
        return .success(DisplayData(text: "\(words.count) words"))
    }
}

let file = try ConnectionFile(path: CommandLine.arguments[1])
try KernelServer(connection: file, interpreter: Echo(), options: .forProgram()).run()
