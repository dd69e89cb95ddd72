import Glibc
import Synchronization

/// The queue of outgoing messages, in order: cells enqueue from their threads, and the thread that owns the sockets
/// drains it.
///
/// Text written to a stream is held back for up to 20 ms and merged, so that a loop of prints becomes few
/// messages; anything else of the same cell sends what is held first, so nothing is ever reordered.
package final class Outbox: Sendable {
    /// How long text is held back to be merged, in milliseconds.
    static let mergeTime = 20
    /// Text of this many bytes is sent at once.
    private static let fullStream = 64 << 10
    /// With this many bytes unsent, cells that produce more output wait for the reader.
    private static let highWater = 8 << 20
    private static let hasSeveralProcessors = sysconf(Int32(_SC_NPROCESSORS_ONLN)) > 1

    private struct State {
        var messages: [OutgoingMessage] = []
        var streams: [OpenStream] = []
        var barriers: [Monitor<Bool>] = []
        /// Bytes enqueued and not yet handed to ZeroMQ.
        var unsent = 0

        mutating func closeStream(of cell: Int) {
            guard let index = streams.firstIndex(where: { $0.cell == cell }) else { return }
            let message = streams.remove(at: index).message
            unsent += message.size
            messages.append(message)
        }
    }

    private let state = Monitor(State())
    /// Changed only under the state's lock; read without it by the one thread that waits awake.
    private let attention = Atomic(Attention.asleep)
    /// What the sending thread polls to learn that there is something to do.
    package let wakeup: Wakeup
    private let call: @Sendable (Wakeup) -> Void

    /// - Parameter call: How the sending thread is woken.
    package init(wakeup: Wakeup, call: @escaping @Sendable (Wakeup) -> Void = { $0.call() }) {
        self.wakeup = wakeup
        self.call = call
    }

    // MARK: Producers

    /// Enqueues messages that belong together; those of a cell come after all its text.
    ///
    /// - Parameter isLast: Whether nothing more follows soon: then the sending thread is woken at once, and sends what
    ///   was enqueued just before too.
    package func send(_ messages: OutgoingMessage..., after cell: Int? = nil, isLast: Bool = false) {
        put(isLast: isLast) { state in
            if let cell { state.closeStream(of: cell) }
            for message in messages { state.unsent += message.size }
            state.messages.append(contentsOf: messages)
            return true
        }
    }

    /// Adds text to a cell's stream.
    package func write(_ text: String, to name: OutputStreamName, cell: Int, origin: Origin) {
        put(isLast: false) { state in
            if let index = state.streams.firstIndex(where: { $0.cell == cell }) {
                if state.streams[index].name == name {
                    state.streams[index].text += text
                    guard state.streams[index].text.utf8.count >= Self.fullStream else { return false }
                    state.closeStream(of: cell)
                    return true
                }
                state.closeStream(of: cell)
            }
            state.streams.append(
                OpenStream(cell: cell, origin: origin, name: name, deadline: .now + Self.mergeTime, text: text))
            if text.utf8.count >= Self.fullStream { state.closeStream(of: cell) }
            return true
        }
    }

    /// Waits while too much is unsent, unless `isInterrupted` says that waiting is pointless.
    func waitForReader(isInterrupted: () -> Bool) {
        while !isInterrupted() {
            let goOn = state.wait(until: .now + 50) { $0.unsent < Self.highWater ? true : nil }
            if goOn != nil { return }
        }
    }

    /// Returns once everything that had arrived on the shell socket is in its shell's queue.
    func waitUntilShellIsRead() {
        let barrier = Monitor(false)
        put(isLast: true) { state in
            state.barriers.append(barrier)
            return true
        }
        _ = barrier.wait(until: .now + 1_000) { $0 ? true : nil }
    }

    /// Changes the state, and wakes the sending thread if it would not look by itself.
    ///
    /// - Parameter change: Returns whether there is something new to drain.
    private func put(isLast: Bool, _ change: (inout State) -> Bool) {
        let mustCall = state.withLock { state in
            guard change(&state) else { return false }
            var now = attention.load(ordering: .relaxed)
            defer { attention.store(now, ordering: .releasing) }
            return now.note(isLast: isLast)
        }
        // Without the lock, so that the thread that wakes up finds it free.
        if mustCall { call(wakeup) }
    }

    // MARK: Consumer

    /// Marks the sending thread, which calls this, as awake.
    func stayAwake() {
        guard Self.hasSeveralProcessors else { return }
        state.withLock { _ in attention.store(.awake(.nothing), ordering: .relaxed) }
    }

    /// Waits without sleeping for messages of a cell that was handed over after ``stayAwake()``: most cells end sooner
    /// than a sleeping thread could be woken.
    ///
    /// - Returns: Whether there are some with more to follow; false if all are there or time is up.
    func linger(until end: Instant) -> Bool {
        while true {
            switch attention.load(ordering: .acquiring) {
            case .awake(.some): return true
            case .awake(.nothing): if Instant.now >= end { return false }
            case .awake(.everything), .asleep, .looking, .called: return false
            }
        }
    }

    /// Drains what is to be sent now, and resets the wake-up.
    ///
    /// - Parameter next: What the caller does from here on.
    /// - Returns: The messages, the threads that wait for the shell socket to be read, and when to drain again.
    package func drain(now: Instant, then next: Attention) -> (
        messages: [OutgoingMessage], barriers: [Monitor<Bool>], next: Instant?
    ) {
        // First: a message is enqueued before its call, so it is drained below.
        wakeup.answer()
        return state.withLock { state in
            attention.store(next, ordering: .relaxed)
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
}
