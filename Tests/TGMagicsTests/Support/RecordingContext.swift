import JupyterKernel
import Synchronization

/// Keeps all that a cell sends out, and answers its questions.
final class RecordingContext: ExecutionContext {
    struct Output {
        var text: [OutputStreamName: String] = [:]
        var displays: [(data: DisplayData, id: String?)] = []
        var updates: [(data: DisplayData, id: String)] = []
        var pages: [DisplayData] = []
        var clears = 0
    }

    private let output = Mutex(Output())
    private let interruption = Mutex(false)
    let answers: [String]
    let inputHistory: [(line: Int, source: String)]
    private let asked = Mutex(0)

    init(answers: [String] = [], history: [(line: Int, source: String)] = []) {
        self.answers = answers
        inputHistory = history
    }

    var recorded: Output { output.withLock { $0 } }
    var stdout: String { recorded.text[.stdout] ?? "" }

    func interrupt() { interruption.withLock { $0 = true } }
    var isInterrupted: Bool { interruption.withLock { $0 } }
    func write(_ text: String, to stream: OutputStreamName) {
        output.withLock { $0.text[stream, default: ""] += text }
    }
    func display(_ data: DisplayData, id: String?) { output.withLock { $0.displays.append((data, id)) } }
    func update(_ data: DisplayData, id: String) { output.withLock { $0.updates.append((data, id)) } }
    func clearOutput(wait: Bool) { output.withLock { $0.clears += 1 } }
    func ask(_ prompt: String, password: Bool) throws(ExecutionError) -> String {
        let number = asked.withLock { count in
            count += 1
            return count - 1
        }
        guard number < answers.count else {
            throw ExecutionError(name: "StdinNotImplementedError", value: "No questions.", traceback: [])
        }
        return answers[number]
    }
    func page(_ data: DisplayData) { output.withLock { $0.pages.append(data) } }
    func setNextInput(_ text: String, replace: Bool) {}
}
