import JupyterKernel

/// Takes no output, answers every question with yes, and interrupts what runs longer than it may.
struct HurriedContext: ExecutionContext {
    let end: ContinuousClock.Instant

    init(for time: Duration) { end = .now + time }

    var isInterrupted: Bool { .now > end }
    func write(_ text: String, to stream: OutputStreamName) {}
    func display(_ data: DisplayData, id: String?) {}
    func update(_ data: DisplayData, id: String) {}
    func clearOutput(wait: Bool) {}
    func ask(_ prompt: String, password: Bool) throws(ExecutionError) -> String { "y" }
    func page(_ data: DisplayData) {}
    func setNextInput(_ text: String, replace: Bool) {}
    var inputHistory: [(line: Int, source: String)] { [(1, "%zoo list"), (2, "a\u{202E}b")] }
}
