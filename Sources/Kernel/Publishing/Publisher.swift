import CZeroMQ
import DequeModule

/// The IOPub socket and what could not yet be sent on it.
///
/// A subscriber that reads slowly is waited for; one that has stopped reading loses messages rather than holding up
/// the others or filling the memory.
struct Publisher {
    /// With more than this unsent, a subscriber may be still for ``shortPatience`` only.
    private static let manyBytes = 24 << 20
    /// More than this is never kept.
    private static let tooManyBytes = 96 << 20
    /// In milliseconds.
    private static let shortPatience = 5_000
    private static let longPatience = 30_000
    /// How often a full socket is tried again, in milliseconds.
    static let retryTime = 5

    let socket: Socket
    private var waiting: Deque<[[UInt8]]> = []
    private(set) var unsent = 0
    private var stillSince: Instant?

    init(_ socket: Socket) {
        self.socket = socket
        // Every new subscriber is welcomed, also to a topic that others know; a full queue is an error we see.
        socket.set(ZMQ_XPUB_VERBOSE, 1)
        socket.set(ZMQ_XPUB_NODROP, 1)
    }

    var isWaiting: Bool { !waiting.isEmpty }

    /// Sends a message now or, behind others, as soon as there is room.
    mutating func publish(_ parts: [[UInt8]]) {
        if waiting.isEmpty, socket.send(parts) != .full {
            stillSince = nil
            return
        }
        waiting.append(parts)
        unsent += Self.size(parts)
    }

    /// Sends what waits, as far as there is room.
    mutating func flush(now: Instant) {
        while let first = waiting.first {
            if socket.send(first) != .full {
                stillSince = nil
            } else if isPatienceOver(now) {
                socket.set(ZMQ_XPUB_NODROP, 0)
                socket.send(first)
                socket.set(ZMQ_XPUB_NODROP, 1)
            } else {
                return
            }
            waiting.removeFirst()
            unsent -= Self.size(first)
        }
    }

    private mutating func isPatienceOver(_ now: Instant) -> Bool {
        guard let since = stillSince else {
            stillSince = now
            return unsent > Self.tooManyBytes
        }
        if unsent > Self.tooManyBytes { return true }
        return now > since + (unsent > Self.manyBytes ? Self.shortPatience : Self.longPatience)
    }

    private static func size(_ parts: [[UInt8]]) -> Int { parts.reduce(0) { $0 + $1.count + 64 } }

    /// The topics that clients newly subscribed to.
    func newSubscriptions() -> [[UInt8]] {
        var topics: [[UInt8]] = []
        while let parts = socket.receive() {
            if let part = parts.first, part.first == 1 { topics.append(Array(part.dropFirst())) }
        }
        return topics
    }
}
