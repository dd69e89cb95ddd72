import Synchronization

/// A running cell: what the interpreter writes to, and what an interrupt reaches.
final class RunningCell: ExecutionContext {
    private static let count = Atomic(0)

    /// Unique within the process.
    let number = RunningCell.count.add(1, ordering: .relaxed).newValue
    let origin: Origin
    private let isSilent: Bool
    private let allowsStdin: Bool
    private let outbox: Outbox
    private let questions: Questions
    private let history: HistoryStore
    private let comms: CommManager
    private let interrupted = Atomic(false)
    private let ended = Atomic(false)
    private let collected = Monitor<[JSON]>([])

    init(
        origin: Origin, isSilent: Bool, allowsStdin: Bool, outbox: Outbox, questions: Questions, history: HistoryStore,
        comms: CommManager
    ) {
        self.origin = origin
        self.isSilent = isSilent
        self.allowsStdin = allowsStdin
        self.outbox = outbox
        self.questions = questions
        self.history = history
        self.comms = comms
    }

    /// The payloads of the reply, for the client to act on.
    var payload: [JSON] { collected.withLock { $0 } }

    func interrupt() {
        interrupted.store(true, ordering: .relaxed)
        questions.wake()
    }

    /// From here on the cell shows nothing more.
    func end() { ended.store(true, ordering: .relaxed) }

    var isInterrupted: Bool { interrupted.load(ordering: .relaxed) }

    func forgetInterrupt() { interrupted.store(false, ordering: .relaxed) }

    private var isShowing: Bool { !isSilent && !ended.load(ordering: .relaxed) }

    func write(_ text: String, to stream: OutputStreamName) {
        guard isShowing, !text.isEmpty else { return }
        outbox.write(text, to: stream, cell: number, origin: origin)
        outbox.waitForReader { isInterrupted }
    }

    func display(_ data: DisplayData, id: String?) {
        publish("display_data", data, id: id)
    }

    func update(_ data: DisplayData, id: String) {
        publish("update_display_data", data, id: id)
    }

    func clearOutput(wait: Bool) {
        guard isShowing else { return }
        outbox.send(
            OutgoingMessage("clear_output", on: .iopub, for: origin, content: ["wait": .bool(wait)]), after: number)
    }

    private func publish(_ type: String, _ data: DisplayData, id: String?) {
        guard isShowing else { return }
        let content: JSON = [
            "data": data.dataJSON, "metadata": data.metadataJSON,
            "transient": id.map { ["display_id": .string($0)] } ?? [:],
        ]
        outbox.send(
            OutgoingMessage(type, on: .iopub, for: origin, content: content, buffers: data.buffers), after: number)
        outbox.waitForReader { isInterrupted }
    }

    func ask(_ prompt: String, password: Bool) throws(ExecutionError) -> String {
        guard allowsStdin, !ended.load(ordering: .relaxed) else {
            throw ExecutionError(
                name: "StdinNotImplementedError", value: "This client answers no questions (allow_stdin is false).")
        }
        let request = OutgoingMessage(
            "input_request", on: .stdin, for: origin,
            content: ["prompt": .string(prompt), "password": .bool(password)])
        let answer = questions.ask(origin.identities) {
            outbox.send(request, after: number, isLast: true)
        } isInterrupted: {
            isInterrupted
        }
        guard let answer else {
            throw ExecutionError(name: "KeyboardInterrupt", value: "The question was interrupted.")
        }
        return answer
    }

    func page(_ data: DisplayData) {
        guard !ended.load(ordering: .relaxed) else { return }
        collected.withLock { $0.append(["source": "page", "data": data.dataJSON, "start": 0]) }
    }

    func setNextInput(_ text: String, replace: Bool) {
        guard !ended.load(ordering: .relaxed) else { return }
        collected.withLock {
            $0.append(["source": "set_next_input", "text": .string(text), "replace": .bool(replace)])
        }
    }

    func openComm(_ targetName: String, _ message: CommMessage) -> Comm? {
        isShowing ? comms.open(targetName, message, from: origin) : nil
    }

    var inputHistory: [(line: Int, source: String)] { history.inputsOfThisSession() }
}
