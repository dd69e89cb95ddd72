/// The context of an expression's evaluation: no output and no questions, but an interrupt of the cell reaches it.
struct SilentContext: ExecutionContext {
    private let cell: RunningCell

    init(of cell: RunningCell) { self.cell = cell }

    var isInterrupted: Bool { cell.isInterrupted }
    func write(_ text: String, to stream: OutputStreamName) {}
    func display(_ data: DisplayData, id: String?) {}
    func update(_ data: DisplayData, id: String) {}
    func clearOutput(wait: Bool) {}
    func ask(_ prompt: String, password: Bool) throws(ExecutionError) -> String {
        throw ExecutionError(name: "StdinNotImplementedError", value: "An expression can ask no question.")
    }
    func page(_ data: DisplayData) {}
    func setNextInput(_ text: String, replace: Bool) {}
    var inputHistory: [(line: Int, source: String)] { cell.inputHistory }
}
