import CLinux
import CZeroMQ
import Logging

/// The thread that owns the sockets: it reads requests, checks them, hands them to their shells, answers the control
/// channel itself, and sends what the outbox holds. It never runs a cell, so it always answers.
final class EventLoop {
    /// Requests read from one socket before the others have their turn.
    private static let turn = 256
    /// How long to wait for a cell that was just handed over, in microseconds.
    private static let lingerTime = 100
    /// After a message above this many bytes it is worth returning memory.
    private static let largeMessage = 4 << 20

    /// Why the loop ended.
    enum Ending: Equatable {
        case shutdown(restart: Bool)
        case terminated
        case parentGone
    }

    /// A shutdown request, and where its reply goes.
    struct Farewell {
        let inquiry: Inquiry
        let restart: Bool
        let channel: OutgoingMessage.Channel
    }

    let sockets: Sockets
    let handler: RequestHandler
    let shells: Shells
    let logger: Logger
    private var publisher: Publisher
    private var envelope: Envelope
    private var seen = SeenSignatures()
    private let interrupts: Wakeup
    private let terminations: Wakeup
    private let parentWatch: ParentWatch?
    /// The log that ``logger`` writes to.
    private let log: LimitedLog
    private var undelivered: [(parts: [[UInt8]], until: Instant)] = []
    /// Whether a shell was just given work: its first messages are fetched without a wake-up.
    private var hasHandedOver = false
    /// `nil` while the kernel serves. The first reason wins; the loop ends in one place.
    var ending: Ending?
    /// Shutdown requests that are answered when everything has ended.
    var farewells: [Farewell] = []

    init(
        sockets: Sockets, envelope: Envelope, handler: RequestHandler, shells: Shells, interrupts: Wakeup,
        terminations: Wakeup, parentWatch: ParentWatch?, log: LimitedLog
    ) {
        self.sockets = sockets
        publisher = Publisher(sockets)
        self.envelope = envelope
        self.handler = handler
        self.shells = shells
        logger = handler.logger
        self.interrupts = interrupts
        self.terminations = terminations
        self.parentWatch = parentWatch
        self.log = log
    }

    /// Serves until the kernel is told to end, then shuts everything down.
    ///
    /// - Throws: ``KernelError`` if the system has no thread for the main shell, or ZeroMQ cannot wait for messages.
    func run() throws(KernelError) -> Ending {
        try shells.main.start { [handler] job, shell in handler.handle(job, on: shell) }
        deliver(Status.starting.message(for: .none))
        var items =
            [sockets.shell, sockets.control, sockets.stdin, sockets.iopub, sockets.connections.socket].map {
                zmq_pollitem_t(socket: $0.pointer, fd: 0, events: Int16(ZMQ_POLLIN), revents: 0)
            }
            + [handler.outbox.wakeup, interrupts, terminations].map {
                zmq_pollitem_t(socket: nil, fd: $0.descriptor, events: Int16(ZMQ_POLLIN), revents: 0)
            }
        var next: Instant?
        var nextParentCheck = Instant.now + ParentWatch.period
        while true {
            let nextLine = log.writeCounts(now: .now)
            let deadlines = [next, nextLine, parentWatch == nil ? nil : nextParentCheck]
            // An immediate retry would fail immediately: for ever, and silently.
            if zmq_poll(&items, Int32(items.count), timeout(deadlines)) < 0, zmq_errno() != EINTR {
                throw KernelError("ZeroMQ cannot wait for messages any more: \(lastProblem()).")
            }
            hasHandedOver = false
            if items[6].revents != 0, interrupts.answer() { interruptAll() }
            if items[1].revents != 0 { readControl() }
            if items[3].revents != 0 || items[4].revents != 0 { readSubscriptions() }
            if items[2].revents != 0 { readAnswers() }
            if items[0].revents != 0 { readShell(atMost: Self.turn) }
            if hasHandedOver { linger() }
            next = sendWaiting()
            if items[7].revents != 0 { ending = ending ?? .terminated }
            if let parentWatch, case let now = Instant.now, now >= nextParentCheck {
                nextParentCheck = now + ParentWatch.period
                if parentWatch.isGone { ending = ending ?? .parentGone }
            }
            if let ending {
                close(ending)
                // Even those not yet due: nobody will look again.
                _ = log.writeCounts(now: .now + LogRepetitions.period)
                return ending
            }
        }
    }

    /// Sends the first output of a cell that was just handed over.
    private func linger() {
        let end = Instant.now.adding(microseconds: Self.lingerTime)
        while handler.outbox.linger(until: end) { _ = sendWaiting(then: .awake(.nothing)) }
    }

    /// How long the sockets may be polled, in milliseconds; -1 for as long as it takes.
    private func timeout(_ deadlines: [Instant?]) -> Int {
        var times = deadlines.compactMap { $0 }.map { Instant.now.milliseconds(until: $0) }
        if let time = publisher.retryTime { times.append(time) }
        if !undelivered.isEmpty { times.append(50) }
        if hasHandedOver { times.append(1) }
        return times.min() ?? -1
    }

    // MARK: Reading

    /// The next message on a socket that is whole, signed and new; others are logged and dropped.
    func next(on socket: Socket) -> Inquiry? {
        while let parts = socket.receive() {
            do throws(MalformedMessage) {
                return Inquiry(try admit(parts))
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

    func readShell(atMost count: Int) {
        for _ in 0..<count {
            guard let inquiry = next(on: sockets.shell) else { return }
            route(inquiry)
        }
    }

    private func route(_ inquiry: Inquiry) {
        switch inquiry.request {
        case .shutdown(let restart):
            shutdown(inquiry, restart: restart, on: .shell)
        case .connect:
            answer(inquiry, on: .shell, sockets.connectContent)
        case .kernelInfo where inquiry.subshell == nil && shells.main.isIdle:
            // Nothing runs, so its turn has come, and needs no detour through the shell's thread.
            _ = sendWaiting()
            answer(inquiry, on: .shell, handler.kernelInfo.content)
        default:
            if let shell = shells.shell(inquiry.subshell) {
                handOver(inquiry, to: shell)
            } else {
                let problem = "There is no subshell \(inquiry.subshell ?? "")."
                answer(inquiry, on: .shell, RequestHandler.failure("UnknownSubshell", problem).serialized)
            }
        }
    }

    private func handOver(_ inquiry: Inquiry, to shell: Shell) {
        // If nothing runs, `busy` is sent while the shell's thread is still waking up.
        let isIdle = shell.isIdle
        if isIdle { _ = sendWaiting() }
        if !hasHandedOver { handler.outbox.stayAwake() }
        hasHandedOver = true
        guard shell.add(Shell.Job(inquiry: inquiry, isAnnounced: isIdle)) else { return }
        if isIdle { deliver(Status.busy.message(for: inquiry.origin)) }
    }

    private func readSubscriptions() {
        publisher.readSubscriptions { subscription in
            envelope.seal(
                OutgoingMessage(
                    "iopub_welcome", on: .iopub, for: .none,
                    content: ["subscription": .string(String(decoding: subscription, as: UTF8.self))],
                    topic: subscription))
        }
    }

    private func readAnswers() {
        while let inquiry = next(on: sockets.stdin) {
            guard case .inputReply(let value) = inquiry.request else { continue }
            handler.questions.answer(value, from: inquiry.origin.identities)
        }
    }

    // MARK: Sending

    /// Answers a request immediately.
    func answer(_ inquiry: Inquiry, on channel: OutgoingMessage.Channel, _ content: [UInt8]) {
        deliver(Status.busy.message(for: inquiry.origin))
        deliver(inquiry.reply(on: channel, content))
        deliver(Status.idle.message(for: inquiry.origin))
    }

    /// Sends what the outbox holds, and returns when to look again.
    func sendWaiting(then attention: Attention? = nil) -> Instant? {
        let now = Instant.now
        let (messages, barriers, next) = handler.outbox.drain(
            now: now, then: attention ?? (hasHandedOver ? .looking : .asleep))
        let unsent = publisher.unsent
        for message in messages { deliver(message) }
        publisher.flush(now: now) { envelope.seal($0) }
        if !messages.isEmpty || unsent != publisher.unsent { handler.outbox.note(unsent: publisher.unsent) }
        if !undelivered.isEmpty { retryUndelivered(now) }
        if !barriers.isEmpty {
            readShell(atMost: .max)
            for barrier in barriers { barrier.change { $0 = true } }
        }
        return next
    }

    func deliver(_ message: OutgoingMessage) {
        let parts = envelope.seal(message)
        switch message.channel {
        case .iopub: publisher.publish(parts, origin: message.origin)
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
}
