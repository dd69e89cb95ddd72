extension EventLoop {
    /// How long running cells have to end after an interrupt, in milliseconds.
    private static let cellsPatience = 1_000
    /// How long the interpreter has to end.
    private static let interpreterPatience = 2_000
    /// How long the disk has to take the history. Clients kill a kernel that takes more than 5 s in all.
    private static let historyPatience = 3_000

    /// Answers what arrived on the control channel.
    func readControl() {
        while let inquiry = next(on: sockets.control) {
            switch inquiry.request {
            case .shutdown(let restart): shutdown(inquiry, restart: restart, on: .control)
            case .interrupt:
                interrupt(inquiry.subshell)
                answer(inquiry, on: .control, Array(#"{"status":"ok"}"#.utf8))
            case .kernelInfo: answer(inquiry, on: .control, handler.kernelInfo.content)
            case .createSubshell: answer(inquiry, on: .control, createSubshell().serialized)
            case .deleteSubshell(let identifier):
                answer(inquiry, on: .control, deleteSubshell(identifier).serialized)
            case .listSubshells:
                let identifiers = shells.identifiers.map(JSON.string)
                answer(
                    inquiry, on: .control, (["status": "ok", "subshell_id": .array(identifiers)] as JSON).serialized)
            case .execute, .complete, .inspect, .isComplete, .history, .comm, .commInfo, .connect, .inputReply,
                .malformed, .unknown:
                logger.warning("\(inquiry.type) is not answered on the control channel; it was dropped.")
            }
        }
    }

    private func createSubshell() -> JSON {
        do throws(KernelError) {
            let shell = try shells.create { [handler] job, shell in handler.handle(job, on: shell) }
            guard let shell else {
                return RequestHandler.failure(
                    "TooManySubshells", "There are \(Shells.mostSubshells) subshells; delete one first.")
            }
            return ["status": "ok", "subshell_id": .string(shell.identifier ?? "")]
        } catch {
            return RequestHandler.failure("TooFewThreads", error.description)
        }
    }

    private func deleteSubshell(_ identifier: String) -> JSON {
        guard shells.remove(identifier) else {
            return RequestHandler.failure("UnknownSubshell", "There is no subshell \(identifier).")
        }
        return ["status": "ok"]
    }

    /// Interrupts the shell that a request names, else whatever runs.
    private func interrupt(_ subshell: String?) {
        if let subshell { shells.shell(subshell)?.interrupt() } else { interruptAll() }
    }

    func interruptAll() { for shell in shells.all { shell.interrupt() } }

    /// Notes that the kernel is to end; the reply is sent when it has.
    func shutdown(_ inquiry: Inquiry, restart: Bool, on channel: OutgoingMessage.Channel) {
        deliver(Status.busy.message(for: inquiry.origin))
        farewells.append(Farewell(inquiry: inquiry, restart: restart, channel: channel))
        ending = ending ?? .shutdown(restart: restart)
    }

    /// Interrupts what runs, gives it a second to end, lets the interpreter and the history finish, and answers every
    /// shutdown request.
    func close(_ ending: Ending) {
        if ending == .parentGone { logger.notice("The process that started the kernel has ended; so does the kernel.") }
        for shell in shells.all { shell.close() }
        let deadline = Instant.now + Self.cellsPatience
        repeat {
            interruptAll()
            _ = sendWaiting()
            if shells.all.allSatisfy(\.isIdle) { break }
            Instant.sleep(milliseconds: 2)
        } while Instant.now < deadline
        let start = Instant.now
        let isDone = Monitor(false)
        do throws(KernelError) {
            try WorkerThread.start("shutdown") { [handler] in
                handler.interpreter.shutdown(restart: ending == .shutdown(restart: true))
                isDone.change { $0 = true }
            }
        } catch {
            logger.warning("The interpreter could not be told that the kernel ends: \(error)")
        }
        handler.history.close(by: start + Self.historyPatience)
        _ = isDone.wait(until: start + Self.interpreterPatience) { $0 ? true : nil }
        _ = sendWaiting()
        // Requests that arrived meanwhile are answered too.
        readControl()
        readShell(atMost: .max)
        for farewell in farewells {
            let content: [UInt8] = (["status": "ok", "restart": .bool(farewell.restart)] as JSON).serialized
            let inquiry = farewell.inquiry
            deliver(OutgoingMessage("shutdown_reply", on: .iopub, for: inquiry.origin, serialized: content))
            deliver(inquiry.reply(on: farewell.channel, content))
            deliver(Status.idle.message(for: inquiry.origin))
        }
    }
}
