import CLinux
import CZeroMQ
import Logging

/// The thread that owns the sockets: it reads requests, checks them, hands them to their shells, answers the control
/// channel itself, and sends what everybody puts into the outbox. It never runs a cell, so it always answers.
final class EventLoop {
    /// Requests read from one socket before the others have their turn.
    private static let turn = 256
    /// How long a cell that was just handed over is waited for, in microseconds.
    private static let lingerTime = 100
    /// A message above this many bytes leaves memory behind that is worth giving back.
    private static let largeMessage = 4 << 20

    /// Why the loop ended.
    enum Ending {
        case shutdown(restart: Bool)
        case terminated
        case parentGone
    }

    private let sockets: Sockets
    private var publisher: Publisher
    private var envelope: Envelope
    private var seen = SeenSignatures()
    private let handler: RequestHandler
    private let shells: Shells
    private let interrupts: Wakeup
    private let terminations: Wakeup
    private let parentWatch: ParentWatch?
    private let logger: Logger
    private var undelivered: [(parts: [[UInt8]], until: Instant)] = []
    /// Whether a shell was just given work: its first messages are fetched without its having to call.
    private var hasHandedOver = false
    private var ending: Ending?

    init(
        sockets: Sockets, envelope: Envelope, handler: RequestHandler, shells: Shells, interrupts: Wakeup,
        terminations: Wakeup, parentWatch: ParentWatch?
    ) {
        self.sockets = sockets
        publisher = Publisher(sockets.iopub)
        self.envelope = envelope
        self.handler = handler
        self.shells = shells
        logger = handler.logger
        self.interrupts = interrupts
        self.terminations = terminations
        self.parentWatch = parentWatch
    }

    /// Serves until the kernel is told to end.
    func run() -> Ending {
        shells.main.start { [handler] job, shell in handler.handle(job, on: shell) }
        deliver(Status.starting.message(for: .none))
        var items =
            [sockets.shell, sockets.control, sockets.stdin, sockets.iopub].map {
                zmq_pollitem_t(socket: $0.pointer, fd: 0, events: Int16(ZMQ_POLLIN), revents: 0)
            }
            + [handler.outbox.wakeup, interrupts, terminations].map {
                zmq_pollitem_t(socket: nil, fd: $0.descriptor, events: Int16(ZMQ_POLLIN), revents: 0)
            }
        var next: Instant?
        var nextParentCheck = Instant.now + ParentWatch.period
        while ending == nil {
            _ = zmq_poll(&items, Int32(items.count), timeout(next, parentWatch == nil ? nil : nextParentCheck))
            hasHandedOver = false
            if items[5].revents != 0, interrupts.answer() { interruptAll() }
            if items[6].revents != 0 { ending = .terminated }
            if items[1].revents != 0 { readControl() }
            if items[3].revents != 0 { welcome() }
            if items[2].revents != 0 { readAnswers() }
            if items[0].revents != 0 { readShell(atMost: Self.turn) }
            if hasHandedOver { linger() }
            next = sendWaiting()
            if let parentWatch, case let now = Instant.now, now >= nextParentCheck {
                nextParentCheck = now + ParentWatch.period
                if parentWatch.isGone, ending == nil { ending = .parentGone }
            }
        }
        return ending ?? .terminated
    }

    /// Sends what a cell that was just handed over says at once.
    private func linger() {
        let end = Instant.now.adding(microseconds: Self.lingerTime)
        while handler.outbox.linger(until: end) { _ = sendWaiting(then: .awake) }
    }

    /// How long the sockets may be polled, in milliseconds; -1 for as long as it takes.
    private func timeout(_ deadlines: Instant?...) -> Int {
        var times = deadlines.compactMap { $0 }.map { Instant.now.milliseconds(until: $0) }
        if publisher.isWaiting { times.append(Publisher.retryTime) }
        if !undelivered.isEmpty { times.append(50) }
        if hasHandedOver { times.append(1) }
        return times.min() ?? -1
    }

    // MARK: Reading

    /// The next message on a socket that is whole, signed and new; the others are logged and dropped.
    private func next(on socket: Socket) -> Message? {
        while let parts = socket.receive() {
            do throws(MalformedMessage) {
                return try admit(parts)
            } catch {
                logger.warning("A message was dropped. \(error)")
            }
        }
        return nil
    }

    private func admit(_ parts: [[UInt8]]) throws(MalformedMessage) -> Message {
        let frames: Frames
        do { frames = try Frames(parts) } catch { throw .frames(error) }
        guard envelope.signer.isValid(frames) else { throw .wrongSignature }
        if envelope.signer.isSigning, !seen.insert(frames.signature) { throw .replayed }
        defer { if frames.content.count > Self.largeMessage { malloc_trim(0) } }
        return try Message(frames)
    }

    private func readShell(atMost count: Int) {
        for _ in 0..<count {
            guard let message = next(on: sockets.shell) else { return }
            route(message)
        }
    }

    private func route(_ message: Message) {
        switch message.header.type {
        case "shutdown_request":
            shutdown(message, on: .shell)
        case "connect_request":
            answer(message, on: .shell, sockets.connectContent)
        case "kernel_info_request" where message.header.subshell == nil && shells.main.isIdle:
            // Nothing runs, so its turn has come, and the detour through the shell's thread can be saved.
            _ = sendWaiting()
            answer(message, on: .shell, handler.kernelInfo.content)
        default:
            if let shell = shells.shell(message.header.subshell) {
                handOver(message, to: shell)
            } else {
                let problem = "There is no subshell \(message.header.subshell ?? "")."
                answer(message, on: .shell, RequestHandler.failure("UnknownSubshell", problem).serialized)
            }
        }
    }

    private func handOver(_ message: Message, to shell: Shell) {
        // Where nothing runs the client hears that something does while the shell's thread is still waking up.
        let isIdle = shell.isIdle
        if isIdle { _ = sendWaiting() }
        if !hasHandedOver { handler.outbox.stayAwake() }
        hasHandedOver = true
        shell.add(Shell.Job(message: message, isAnnounced: isIdle))
        if isIdle { deliver(Status.busy.message(for: message.origin)) }
    }

    private func welcome() {
        for topic in publisher.newSubscriptions() {
            deliver(
                OutgoingMessage(
                    "iopub_welcome", on: .iopub, for: .none,
                    content: ["subscription": .string(String(decoding: topic, as: UTF8.self))], topic: topic))
        }
    }

    private func readAnswers() {
        while let message = next(on: sockets.stdin) {
            guard message.header.type == "input_reply" else { continue }
            handler.questions.answer(message.content["value"]?.string ?? "", from: message.identities)
        }
    }

    // MARK: Control

    private func readControl() {
        while ending == nil, let message = next(on: sockets.control) {
            switch message.header.type {
            case "shutdown_request": shutdown(message, on: .control)
            case "interrupt_request":
                interrupt(message)
                answer(message, on: .control, Array(#"{"status":"ok"}"#.utf8))
            case "kernel_info_request": answer(message, on: .control, handler.kernelInfo.content)
            case "create_subshell_request", "delete_subshell_request", "list_subshell_request":
                answer(message, on: .control, answerSubshell(message).serialized)
            case let type: logger.warning("Nobody answers \(type) on the control channel; it was dropped.")
            }
        }
    }

    private func answer(_ message: Message, on channel: OutgoingMessage.Channel, _ content: [UInt8]) {
        deliver(Status.busy.message(for: message.origin))
        deliver(message.reply(on: channel, content))
        deliver(Status.idle.message(for: message.origin))
    }

    private func answerSubshell(_ message: Message) -> JSON {
        switch message.header.type {
        case "create_subshell_request":
            guard let shell = shells.create() else {
                return RequestHandler.failure(
                    "TooManySubshells", "There are \(Shells.mostSubshells) subshells; delete one first.")
            }
            shell.start { [handler] job, shell in handler.handle(job, on: shell) }
            return ["status": "ok", "subshell_id": .string(shell.identifier ?? "")]
        case "delete_subshell_request":
            let identifier = message.content["subshell_id"]?.string ?? ""
            guard shells.remove(identifier) else {
                return RequestHandler.failure("UnknownSubshell", "There is no subshell \(identifier).")
            }
            return ["status": "ok"]
        default:
            return ["status": "ok", "subshell_id": .array(shells.identifiers.map(JSON.string))]
        }
    }

    /// Interrupts the shell that the request names, else whatever runs.
    private func interrupt(_ message: Message) {
        if let identifier = message.header.subshell {
            shells.shell(identifier)?.interrupt()
        } else {
            interruptAll()
        }
    }

    private func interruptAll() { for shell in shells.all { shell.interrupt() } }

    private func shutdown(_ message: Message, on channel: OutgoingMessage.Channel) {
        let restart = message.content["restart"]?.bool ?? false
        deliver(Status.busy.message(for: message.origin))
        close(restart: restart)
        let content: [UInt8] = (["status": "ok", "restart": .bool(restart)] as JSON).serialized
        deliver(OutgoingMessage("shutdown_reply", on: .iopub, for: message.origin, serialized: content))
        deliver(message.reply(on: channel, content))
        deliver(Status.idle.message(for: message.origin))
        ending = .shutdown(restart: restart)
    }

    // MARK: Sending

    /// Sends what the outbox holds, and tells when to look again.
    private func sendWaiting(then attention: Outbox.Attention? = nil) -> Instant? {
        let now = Instant.now
        let (messages, barriers, next) = handler.outbox.drain(
            now: now, then: attention ?? (hasHandedOver ? .looking : .asleep))
        let unsent = publisher.unsent
        for message in messages { deliver(message) }
        publisher.flush(now: now)
        if !messages.isEmpty || unsent != publisher.unsent { handler.outbox.note(unsent: publisher.unsent) }
        if !undelivered.isEmpty { retryUndelivered(now) }
        if !barriers.isEmpty {
            readShell(atMost: .max)
            for barrier in barriers { barrier.change { $0 = true } }
        }
        return next
    }

    private func deliver(_ message: OutgoingMessage) {
        let parts = envelope.seal(message)
        switch message.channel {
        case .iopub: publisher.publish(parts)
        case .shell: sockets.shell.send(parts)
        case .control: sockets.control.send(parts)
        case .stdin:
            // The client's stdin connection may be a moment later than the others.
            if sockets.stdin.send(parts) == .unreachable { undelivered.append((parts, .now + 10_000)) }
        }
    }

    private func retryUndelivered(_ now: Instant) {
        undelivered.removeAll { sockets.stdin.send($0.parts) != .unreachable || $0.until < now }
    }

    // MARK: Ending

    /// Interrupts what runs, gives it a second to end, and lets the interpreter and the history finish.
    func close(restart: Bool) {
        for shell in shells.all { shell.close() }
        let deadline = Instant.now + 1_000
        repeat {
            interruptAll()
            _ = sendWaiting()
            if shells.all.allSatisfy(\.isIdle) { break }
            Instant.sleep(milliseconds: 2)
        } while Instant.now < deadline
        let isDone = Monitor(false)
        WorkerThread.start("shutdown") { [handler] in
            handler.interpreter.shutdown(restart: restart)
            handler.history.close()
            isDone.change { $0 = true }
        }
        _ = isDone.wait(until: .now + 2_000) { $0 ? true : nil }
        _ = sendWaiting()
    }
}
