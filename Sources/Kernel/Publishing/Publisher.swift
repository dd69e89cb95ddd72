import CZeroMQ

/// The IOPub socket: messages go to every subscriber, and none of them waits for another.
///
/// ZeroMQ would block everybody while one queue is full, or silently drop messages for that one. So each subscriber is
/// sent its own copy, under a unique topic prefix, and what its queue does not accept waits in its own backlog. A
/// subscriber that stops reading loses the oldest messages; when it reads again, a text on standard error says how many
/// were lost, cell by cell.
struct Publisher {
    private let socket: Socket
    private let connections: ConnectionMonitor
    private var subscribers: [Subscriber] = []

    init(_ sockets: Sockets) {
        socket = sockets.iopub
        connections = sockets.connections
    }

    /// Prepares a socket for a publisher, before it is bound.
    static func prepare(_ socket: Socket) throws(KernelError) {
        // Subscriptions are managed here, and a full queue is an error we see.
        try socket.set(ZMQ_XPUB_MANUAL, 1 as Int32)
        try socket.set(ZMQ_XPUB_NODROP, 1 as Int32)
    }

    /// Unsent bytes that hold up further output: those of the fastest subscriber to everything. None if all are
    /// stalled, or there are none.
    var unsent: Int {
        subscribers.lazy.filter { $0.readsEverything && !$0.isStalled }.map(\.unsent).min() ?? 0
    }

    /// When to retry what was not sent, in milliseconds from now; `nil` if all was.
    var retryTime: Int? {
        let behind = subscribers.lazy.filter(\.isBehind)
        return behind.isEmpty ? nil : behind.allSatisfy(\.isStalled) ? 100 : 5
    }

    /// Sends a message to whoever subscribed to its topic, its first part.
    mutating func publish(_ parts: [[UInt8]], origin: Origin) {
        let message = Backlog.Message(parts, origin: origin)
        let send = send
        for index in subscribers.indices { subscribers[index].publish(message, send) }
    }

    /// Sends each subscriber's backlog as far as its queue has room.
    ///
    /// - Parameter seal: Makes the parts of a message.
    mutating func flush(now: Instant, _ seal: (OutgoingMessage) -> [[UInt8]]) {
        let send = send
        for index in subscribers.indices where subscribers[index].isBehind {
            subscribers[index].flush(now: now, telling: { seal(.lost($0)) }, send)
        }
    }

    /// Sends parts under a topic; false if the subscriber's queue is full.
    private var send: ([[UInt8]], _ topic: [UInt8]) -> Bool {
        let socket = socket
        return { socket.send($0, first: $1) != .full }
    }

    /// Reads new subscriptions and forgets closed connections.
    ///
    /// - Parameter welcome: The parts of the message that welcomes a new subscriber.
    mutating func readSubscriptions(_ welcome: ([UInt8]) -> [[UInt8]]) {
        while let (parts, connection) = socket.receiveWithConnection() {
            // Before the message is used: its descriptor may have belonged to a closed connection.
            forgetEnded()
            guard let text = parts.first, let connection, let kind = text.first else { continue }
            let subscription = Array(text.dropFirst())
            switch kind {
            case 1: subscribe(connection, to: subscription, welcome)
            case 0: unsubscribe(connection, from: subscription)
            default: continue
            }
        }
        forgetEnded()
    }

    private mutating func forgetEnded() {
        let ended = connections.ended()
        if !ended.isEmpty { subscribers.removeAll { ended.contains($0.connection) } }
    }

    private mutating func subscribe(
        _ connection: Int32, to subscription: [UInt8], _ welcome: ([UInt8]) -> [[UInt8]]
    ) {
        let index: Int
        if let known = subscribers.firstIndex(where: { $0.connection == connection }) {
            index = known
        } else {
            index = subscribers.endIndex
            subscribers.append(Subscriber(connection: connection))
        }
        subscribers[index].add(subscription)
        // The address belongs to the connection that the message came over.
        let address = subscribers[index].address(of: subscription)
        zmq_setsockopt(socket.pointer, ZMQ_SUBSCRIBE, address, address.count)
        _ = send(welcome(subscription), address)
    }

    private mutating func unsubscribe(_ connection: Int32, from subscription: [UInt8]) {
        guard let index = subscribers.firstIndex(where: { $0.connection == connection }) else { return }
        let address = subscribers[index].address(of: subscription)
        zmq_setsockopt(socket.pointer, ZMQ_UNSUBSCRIBE, address, address.count)
        subscribers[index].remove(subscription)
        if subscribers[index].subscriptions.isEmpty { subscribers.remove(at: index) }
    }
}

extension OutgoingMessage {
    /// Tells a subscriber how many messages it lost, where it would have seen them.
    static func lost(_ loss: Backlog.Loss) -> OutgoingMessage {
        let what = loss.count == 1 ? "1 message was" : "\(loss.count.grouped) messages were"
        return .stream("\(what) lost here: this client did not read them in time.\n", to: .stderr, for: loss.origin)
    }
}
