import Foundation
import JupyterKernel

/// A terminal as the place where a command's output goes: values as plain text, questions on standard input.
public struct TerminalContext: ExecutionContext {
    public init() {}

    public var isInterrupted: Bool { false }

    public func write(_ text: String, to stream: OutputStreamName) {
        let handle = stream == .stdout ? FileHandle.standardOutput : FileHandle.standardError
        handle.write(Data(text.utf8))
    }

    public func display(_ data: DisplayData, id: String?) {
        // A progress bar has no place in a file that output is sent to.
        guard id == nil, let text = data.data["text/plain"]?.string else { return }
        write(text + "\n", to: .stdout)
    }

    public func update(_ data: DisplayData, id: String) {}
    public func clearOutput(wait: Bool) {}

    public func ask(_ prompt: String, password: Bool) throws(ExecutionError) -> String {
        write(prompt, to: .stdout)
        guard let line = readLine() else {
            throw ExecutionError(name: "EndOfInput", value: "There is no answer on standard input.", traceback: [])
        }
        return line
    }

    public func page(_ data: DisplayData) { display(data, id: nil) }
    public func setNextInput(_ text: String, replace: Bool) {}
    public var inputHistory: [(line: Int, source: String)] { [] }
}
