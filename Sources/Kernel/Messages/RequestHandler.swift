import Logging

/// Answers the requests of the shell channel, each on its shell's thread. What a request means is in the
/// extensions, one file a kind.
struct RequestHandler: Sendable {
    let interpreter: any Interpreter
    let outbox: Outbox
    let history: HistoryStore
    let comms: CommManager
    let questions: Questions
    let counter: ExecutionCounter
    let kernelInfo: KernelInfo
    let logger: Logger

    /// Answers one request, between `busy`, unless that was sent already, and `idle`.
    func handle(_ job: Shell.Job, on shell: Shell) {
        let message = job.message
        if !job.isAnnounced { outbox.send(Status.busy.message(for: message.origin)) }
        switch message.header.type {
        case "execute_request":
            if job.isAborted {
                abort(message)
            } else if execute(message, on: shell) {
                // The reply is on its way. Whatever the client had sent before it knew of the failure is behind it.
                outbox.waitUntilShellIsRead()
                shell.abortWaiting()
            }
        case "kernel_info_request": reply(message, kernelInfo.content)
        case "complete_request": complete(message)
        case "inspect_request": inspect(message)
        case "is_complete_request": isComplete(message)
        case "history_request": answerHistory(message)
        case "comm_info_request": commInfo(message)
        case "comm_open", "comm_msg", "comm_close": comms.handle(message)
        case let type: logger.warning("Nobody answers messages of type \(type); it was dropped.")
        }
        outbox.send(Status.idle.message(for: message.origin), isLast: true)
    }

    func reply(_ message: Message, _ content: JSON, after cell: Int? = nil) {
        reply(message, content.serialized, after: cell)
    }

    func reply(_ message: Message, _ content: [UInt8], after cell: Int? = nil) {
        outbox.send(message.reply(on: .shell, content), after: cell)
    }

    /// Answers a request whose content lacks something or has it in the wrong type.
    func refuse(_ message: Message, _ problem: String) {
        logger.warning("A \(message.header.type) was refused. \(problem)")
        reply(message, Self.failure("InvalidRequest", problem))
    }

    static func failure(_ name: String, _ problem: String) -> JSON {
        var content = ExecutionError(name: name, value: problem).members
        content.updateValue("error", forKey: "status", insertingAt: 0)
        return .object(content)
    }
}

extension Message {
    /// The answer to this request: `x_request` becomes `x_reply`.
    func reply(on channel: OutgoingMessage.Channel, _ content: [UInt8]) -> OutgoingMessage {
        var type = header.type
        if type.hasSuffix("_request") { type.removeLast("_request".count) }
        return OutgoingMessage(type + "_reply", on: channel, for: origin, serialized: content)
    }
}
