/// A connection to IOPub: what it subscribed to, and the messages that it has not taken yet.
struct Subscriber {
    /// How long one that takes nothing is waited for, in milliseconds.
    static let patience = 5_000
    /// The most that is kept for one, in bytes.
    private static let mostBytes = 32 << 20

    /// The protocol has two dozen topics; who asks for more asks for the kernel's time.
    private static let mostSubscriptions = 64

    /// How it stands with what was sent to it.
    private enum Progress {
        case moving
        /// It has taken nothing since then.
        case still(since: Instant)
        /// It was still for so long that nobody waits for it any more.
        case stalled
    }

    /// The connection's file descriptor.
    let connection: Int32
    /// What begins its topics on the wire, behind what it subscribed to. Not to be guessed, so that nobody subscribes
    /// to what another is sent.
    private let mark = Array("@\(String(UInt64.random(in: .min ... .max), radix: 36))/".utf8)
    /// What the topics of its messages begin with; one that is empty means everything.
    private(set) var subscriptions: [[UInt8]] = []
    private var backlog = Backlog(limit: Self.mostBytes)
    private var progress = Progress.moving

    init(connection: Int32) { self.connection = connection }

    /// Bytes that wait for it.
    var unsent: Int { backlog.size }
    var isBehind: Bool { !backlog.isEmpty }
    var readsEverything: Bool { subscriptions.contains([]) }
    var isStalled: Bool {
        if case .stalled = progress { return true }
        return false
    }

    /// Adds a subscription; one too many is left out.
    mutating func add(_ subscription: [UInt8]) {
        guard subscriptions.count < Self.mostSubscriptions, !subscriptions.contains(subscription) else { return }
        subscriptions.append(subscription)
    }

    mutating func remove(_ subscription: [UInt8]) { subscriptions.removeAll { $0 == subscription } }

    /// What the topics that one subscription brings begin with on the wire, and no other subscriber's.
    func address(of subscription: [UInt8]) -> [UInt8] { subscription + mark }

    /// A topic as it goes to this subscriber; `nil` where it did not subscribe to such.
    func address(topic: [UInt8]) -> [UInt8]? {
        guard let subscription = subscriptions.first(where: topic.starts(with:)) else { return nil }
        return address(of: subscription) + topic.dropFirst(subscription.count)
    }

    /// Sends a message or, behind others, keeps it.
    ///
    /// - Parameter send: Sends parts under a topic; returns false where the subscriber's queue is full.
    mutating func publish(_ message: Backlog.Message, _ send: ([[UInt8]], [UInt8]) -> Bool) {
        guard let topic = message.parts.first.flatMap(address(topic:)) else { return }
        if backlog.isEmpty, send(message.parts, topic) { return }
        backlog.append(message)
    }

    /// Sends what waits, as far as there is room; what was lost is told first.
    ///
    /// - Parameter tell: The parts of the message that tells of a loss.
    mutating func flush(
        now: Instant, telling tell: (Backlog.Loss) -> [[UInt8]], _ send: ([[UInt8]], [UInt8]) -> Bool
    ) {
        while let item = backlog.first {
            let parts =
                switch item {
                case .loss(let loss): tell(loss)
                case .message(let message): message.parts
                }
            // One that did not subscribe to what tells of a loss is not told.
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
