/// A connection to IOPub: its subscriptions, and the messages it has not taken yet.
struct Subscriber {
    /// How long to wait for one that takes nothing, in milliseconds.
    static let patience = 5_000
    /// The most to keep for one, in bytes: twice what ten thousand short cells at once put out.
    private static let mostBytes = 64 << 20

    /// The protocol has two dozen topics; more would waste the kernel's time.
    private static let mostSubscriptions = 64

    /// Whether it takes what is sent.
    private enum Progress {
        case moving
        /// It has taken nothing since then.
        case still(since: Instant)
        /// It took nothing for so long that nobody waits for it.
        case stalled
    }

    /// The connection's file descriptor.
    let connection: Int32
    /// Follows its subscription at the start of a topic on the wire. Unguessable, so that nobody can subscribe to
    /// another's messages.
    private let mark = Array("@\(String(UInt64.random(in: .min ... .max), radix: 36))/".utf8)
    /// The prefixes of its messages' topics; an empty one means everything.
    private(set) var subscriptions: [[UInt8]] = []
    private var backlog = Backlog(limit: Self.mostBytes)
    private var progress = Progress.moving

    init(connection: Int32) { self.connection = connection }

    /// Bytes in its backlog.
    var unsent: Int { backlog.size }
    var isBehind: Bool { !backlog.isEmpty }
    var readsEverything: Bool { subscriptions.contains([]) }
    var isStalled: Bool {
        if case .stalled = progress { return true }
        return false
    }

    /// Adds a subscription, unless there are too many.
    mutating func add(_ subscription: [UInt8]) {
        guard subscriptions.count < Self.mostSubscriptions, !subscriptions.contains(subscription) else { return }
        subscriptions.append(subscription)
    }

    mutating func remove(_ subscription: [UInt8]) { subscriptions.removeAll { $0 == subscription } }

    /// The prefix on the wire of one subscription's topics, which no other subscriber shares.
    func address(of subscription: [UInt8]) -> [UInt8] { subscription + mark }

    /// A topic as sent to this subscriber; `nil` if it did not subscribe to it.
    func address(topic: [UInt8]) -> [UInt8]? {
        guard let subscription = subscriptions.first(where: topic.starts(with:)) else { return nil }
        return address(of: subscription) + topic.dropFirst(subscription.count)
    }

    /// Sends a message, or queues it behind others.
    ///
    /// - Parameter send: Sends parts under a topic; returns false if the subscriber's queue is full.
    mutating func publish(_ message: Backlog.Message, _ send: ([[UInt8]], [UInt8]) -> Bool) {
        guard let topic = message.parts.first.flatMap(address(topic:)) else { return }
        if backlog.isEmpty, send(message.parts, topic) { return }
        backlog.append(message)
    }

    /// Sends the backlog as far as there is room, reports of lost messages first.
    ///
    /// - Parameter tell: The parts of the message that reports a loss.
    mutating func flush(
        now: Instant, telling tell: (Backlog.Loss) -> [[UInt8]], _ send: ([[UInt8]], [UInt8]) -> Bool
    ) {
        while let item = backlog.first {
            let parts =
                switch item {
                case .loss(let loss): tell(loss)
                case .message(let message): message.parts
                }
            // A subscriber without the report's topic is not told.
            if let topic = parts.first.flatMap(address(topic:)), !send(parts, topic) { return standStill(now) }
            backlog.removeFirst()
            progress = .moving
        }
    }

    private mutating func standStill(_ now: Instant) {
        switch progress {
        case .moving: progress = .still(since: now)
        case .still(let since) where now >= since + Self.patience: progress = .stalled
        case .still, .stalled: break
        }
    }
}
