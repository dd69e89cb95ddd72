import Glibc
import Synchronization

/// Everything that waits to be sent, in order: cells on their threads put in, the thread that owns the sockets
/// takes out.
///
/// Text written to a stream is held back for up to 20 ms and merged, so that a loop of prints becomes few
/// messages; anything else of the same cell sends what is held first, so nothing is ever reordered.
final class Outbox: Sendable {
    /// How long text waits for more of it, in milliseconds.
    static let mergeTime = 20
    /// Text of this many bytes waits no longer.
    private static let fullStream = 64 << 10
    /// With this many bytes unsent, cells that produce more output wait for the reader.
    private static let highWater = 8 << 20
    private static let hasSeveralProcessors = sysconf(Int32(_SC_NPROCESSORS_ONLN)) > 1

    private struct OpenStream {
        let cell: Int
        let origin: Origin
        let name: OutputStreamName
        let deadline: Instant
        var text: String

        var message: OutgoingMessage {
            var content = Array("{\"name\":\"\(name.rawValue)\",\"text\":".utf8)
            JSON.append(text, to: &content)
            content.append(UInt8(ascii: "}"))
            return OutgoingMessage(
                "stream", on: .iopub, for: origin, serialized: content, topic: Array("stream.\(name.rawValue)".utf8))
        }
    }

    /// How the sending thread learns of what is put in.
    enum Attention {
        /// It sleeps until it is called.
        case asleep
        /// It looks within a millisecond anyway: it is called only for what nothing follows soon.
        case looking
        /// It waits awake: see ``linger()``.
        case awake
    }

    private struct State {
        var messages: [OutgoingMessage] = []
        var streams: [OpenStream] = []
        var barriers: [Monitor<Bool>] = []
        /// Whether the sending thread was called and has not looked yet.
        var isCalled = false
        var attention = Attention.asleep
        /// Bytes put in and not yet with ZeroMQ.
        var unsent = 0

        mutating func closeStream(of cell: Int) {
            guard let index = streams.firstIndex(where: { $0.cell == cell }) else { return }
            let message = streams.remove(at: index).message
            unsent += message.size
            messages.append(message)
        }
    }

    private let state = Monitor(State())
    /// What was put in while the sending thread was awake.
    private let news = Atomic(News.none)

    private enum News: Int, AtomicRepresentable {
        case none
        /// More will follow.
        case some
        /// Nothing follows soon.
        case all
    }

    /// What the sending thread polls to learn that there is something to do.
    let wakeup = Wakeup()

    /// Puts in messages that belong together; those of a cell come after all the text the cell wrote.
    ///
    /// - Parameter isLast: Whether nothing more follows soon: then the sending thread is called at once, and what
    ///   was put in just before leaves with it.
    func send(_ messages: OutgoingMessage..., after cell: Int? = nil, isLast: Bool = false) {
        let mustCall = state.withLock { state in
            if let cell { state.closeStream(of: cell) }
            for message in messages { state.unsent += message.size }
            state.messages.append(contentsOf: messages)
            return call(&state, atOnce: isLast)
        }
        if mustCall { wakeup.call() }
    }

    /// Adds text to a cell's stream.
    func write(_ text: String, to name: OutputStreamName, cell: Int, origin: Origin) {
        let mustCall = state.withLock { state -> Bool in
            if let index = state.streams.firstIndex(where: { $0.cell == cell }) {
                if state.streams[index].name == name {
                    state.streams[index].text += text
                    guard state.streams[index].text.utf8.count >= Self.fullStream else { return false }
                    state.closeStream(of: cell)
                    return call(&state)
                }
                state.closeStream(of: cell)
            }
            state.streams.append(
                OpenStream(cell: cell, origin: origin, name: name, deadline: .now + Self.mergeTime, text: text))
            if text.utf8.count >= Self.fullStream { state.closeStream(of: cell) }
            return call(&state)
        }
        if mustCall { wakeup.call() }
    }

    /// Waits while too much is unsent, unless `isInterrupted` says that waiting makes no sense any more.
    func waitForReader(isInterrupted: () -> Bool) {
        while !isInterrupted() {
            let goOn = state.wait(until: .now + 50) { $0.unsent < Self.highWater ? true : nil }
            if goOn != nil { return }
        }
    }

    /// Returns once everything that had arrived on the shell socket is in its shell's queue.
    func waitUntilShellIsRead() {
        let barrier = Monitor(false)
        let mustCall = state.withLock { state in
            state.barriers.append(barrier)
            return call(&state, atOnce: true)
        }
        if mustCall { wakeup.call() }
        _ = barrier.wait(until: .now + 1_000) { $0 ? true : nil }
    }

    /// From here on the sending thread, which calls this, is awake.
    func stayAwake() {
        guard Self.hasSeveralProcessors else { return }
        state.withLock { state in
            state.attention = .awake
            news.store(.none, ordering: .relaxed)
        }
    }

    /// Waits for messages of a cell that was handed over after ``stayAwake()``, awake: most cells end sooner than a
    /// sleeping thread could be woken.
    ///
    /// - Returns: Whether there are some and more will follow; false where there are all, or the time is over.
    func linger(until end: Instant) -> Bool {
        guard state.withLock({ $0.attention == .awake }) else { return false }
        while true {
            switch news.load(ordering: .acquiring) {
            case .all: return false
            case .some: return true
            case .none: if Instant.now >= end { return false }
            }
        }
    }

    /// Takes out what is to be sent now.
    ///
    /// - Parameter attention: How the caller learns of what is put in from here on.
    /// - Returns: The messages, the threads that wait for the shell socket to be read, and when to come again.
    func drain(now: Instant, then attention: Attention) -> (
        messages: [OutgoingMessage], barriers: [Monitor<Bool>], next: Instant?
    ) {
        state.withLock { state in
            if state.isCalled { wakeup.answer() }
            state.isCalled = false
            state.attention = attention
            news.store(.none, ordering: .relaxed)
            for cell in state.streams.filter({ $0.deadline <= now }).map(\.cell) { state.closeStream(of: cell) }
            defer {
                state.messages = []
                state.barriers = []
            }
            return (state.messages, state.barriers, state.streams.map(\.deadline).min())
        }
    }

    /// Notes how many bytes the sending thread still holds.
    func note(unsent: Int) {
        state.change { state in
            state.unsent = state.messages.reduce(unsent) { $0 + $1.size }
        }
    }

    /// Whether the sending thread has to be called through ``wakeup``.
    private func call(_ state: inout State, atOnce: Bool = false) -> Bool {
        switch state.attention {
        case .asleep: break
        case .looking: guard atOnce else { return false }
        case .awake:
            if atOnce || news.load(ordering: .relaxed) == .none {
                news.store(atOnce ? .all : .some, ordering: .releasing)
            }
            return false
        }
        defer { state.isCalled = true }
        return !state.isCalled
    }
}
