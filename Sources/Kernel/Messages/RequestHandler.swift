import Logging

/// Answers the requests of the shell channel, each on its shell's thread. The extensions hold one kind of request per
/// file.
struct RequestHandler: Sendable {
    let interpreter: any Interpreter
    let outbox: Outbox
    let history: HistoryStore
    let comms: CommManager
    let questions: Questions
    let counter: ExecutionCounter
    let kernelInfo: KernelInfo
    let logger: Logger

    /// Answers one request, between `busy` (unless already sent) and `idle`.
    func handle(_ job: Shell.Job, on shell: Shell) {
        let inquiry = job.inquiry
        if !job.isAnnounced { outbox.send(Status.busy.message(for: inquiry.origin)) }
        switch inquiry.request {
        case .execute(let request):
            if job.isAborted {
                abort(inquiry)
            } else if execute(request, of: inquiry, on: shell) {
                // The reply is on its way. What the client sent before it knew of the failure is aborted too.
                outbox.waitUntilShellIsRead()
                shell.abortWaiting()
            }
        case .kernelInfo: reply(inquiry, kernelInfo.content)
        case .complete(let position): complete(position, of: inquiry)
        case .inspect(let position, let detail): inspect(position, detail: detail, of: inquiry)
        case .isComplete(let code): isComplete(code, of: inquiry)
        case .history(let query, let withOutput): answerHistory(query, withOutput: withOutput, of: inquiry)
        case .commInfo(let target): commInfo(of: target, inquiry)
        case .comm(let event): comms.handle(event, from: inquiry.origin)
        case .malformed(let problem): refuse(inquiry, problem)
        case .connect, .shutdown, .interrupt, .createSubshell, .deleteSubshell, .listSubshells, .inputReply, .unknown:
            logger.warning("\(inquiry.type) is not answered on the shell channel; it was dropped.")
        }
        outbox.send(Status.idle.message(for: inquiry.origin), isLast: true)
    }

    func reply(_ inquiry: Inquiry, _ content: JSON, after cell: Int? = nil) {
        reply(inquiry, content.serialized, after: cell)
    }

    func reply(_ inquiry: Inquiry, _ content: [UInt8], after cell: Int? = nil) {
        outbox.send(inquiry.reply(on: .shell, content), after: cell)
    }

    /// Answers a request in which a member is missing or has the wrong type.
    private func refuse(_ inquiry: Inquiry, _ problem: String) {
        logger.warning("The message \(inquiry.type) was refused. \(problem)")
        guard inquiry.isAnswered else { return }
        reply(inquiry, Self.failure("InvalidRequest", "The \(inquiry.type) was refused. \(problem)"))
    }

    static func failure(_ name: String, _ problem: String) -> JSON {
        failure(ExecutionError(name: name, value: problem))
    }

    /// The content of a reply that says what went wrong.
    static func failure(_ error: ExecutionError) -> JSON {
        var content = error.members
        content.updateValue("error", forKey: "status", insertingAt: 0)
        return .object(content)
    }
}
