import JupyterKernel

/// A context that discards output and answers no question, for commands that are run to learn what they would return.
struct NullContext: ExecutionContext {
    var isInterrupted: Bool { false }
    func write(_ text: String, to stream: OutputStreamName) {}
    func display(_ data: DisplayData, id: String?) {}
    func update(_ data: DisplayData, id: String) {}
    func clearOutput(wait: Bool) {}
    func ask(_ prompt: String, password: Bool) throws(ExecutionError) -> String {
        throw ExecutionError(name: "StdinNotImplementedError", value: "Nobody can be asked.", traceback: [])
    }
    func page(_ data: DisplayData) {}
    func setNextInput(_ text: String, replace: Bool) {}
    var inputHistory: [(line: Int, source: String)] { [] }
}
