import DequeModule

/// The unsent messages of one subscriber: the latest up to a size, and how many older ones were dropped.
package struct Backlog {
    package struct Message {
        package let parts: [[UInt8]]
        /// The request that caused it.
        let origin: Origin
        /// In bytes, including the overhead of the parts.
        let size: Int

        package init(_ parts: [[UInt8]], origin: Origin) {
            self.parts = parts
            self.origin = origin
            size = parts.reduce(0) { $0 + $1.count + 64 }
        }
    }

    /// Consecutive messages of one request that the subscriber does not get.
    package struct Loss: Equatable {
        package let origin: Origin
        package var count: Int

        package init(origin: Origin, count: Int) {
            self.origin = origin
            self.count = count
        }
    }

    /// What comes next.
    package enum Item {
        case loss(Loss)
        case message(Message)
    }

    /// Beyond this many, losses are merged.
    private static let mostLosses = 64

    private let limit: Int
    private var messages: Deque<Message> = []
    private var losses: Deque<Loss> = []
    /// The size of the messages, in bytes.
    package private(set) var size = 0

    /// - Parameter limit: The most bytes to keep.
    package init(limit: Int) { self.limit = limit }

    package var isEmpty: Bool { messages.isEmpty && losses.isEmpty }

    /// The oldest item: losses come before all messages that are kept.
    package var first: Item? {
        if let loss = losses.first { return .loss(loss) }
        return messages.first.map(Item.message)
    }

    /// Takes the oldest item out. O(1).
    package mutating func removeFirst() {
        if losses.popFirst() != nil { return }
        if let message = messages.popFirst() { size -= message.size }
    }

    /// Appends a message; the oldest ones are dropped beyond the limit. Amortised O(1).
    package mutating func append(_ message: Message) {
        messages.append(message)
        size += message.size
        while size > limit, let oldest = messages.popFirst() {
            size -= oldest.size
            lose(oldest)
        }
    }

    private mutating func lose(_ message: Message) {
        if losses.last?.origin == message.origin {
            losses[losses.count - 1].count += 1
        } else {
            losses.append(Loss(origin: message.origin, count: 1))
        }
        if losses.count > Self.mostLosses {
            let oldest = losses.removeFirst()
            losses[0].count += oldest.count
        }
    }
}
