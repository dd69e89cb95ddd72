/// An outgoing message: complete but for the header, which is made and signed on sending.
package struct OutgoingMessage: Sendable {
    package enum Channel: Sendable {
        case shell
        case control
        case stdin
        case iopub
    }

    static let emptyObject = Array("{}".utf8)

    var channel: Channel
    package var type: String
    package var origin: Origin
    package var content: [UInt8]
    var metadata: [UInt8] = emptyObject
    var buffers: [[UInt8]] = []
    /// The topic by which IOPub subscribers filter; the message type by default.
    var topic: [UInt8]?

    package init(
        _ type: String, on channel: Channel, for origin: Origin, content: JSON, metadata: JSON? = nil,
        buffers: [[UInt8]] = [], topic: [UInt8]? = nil
    ) {
        self.init(
            type, on: channel, for: origin, serialized: content.serialized, metadata: metadata?.serialized,
            buffers: buffers, topic: topic)
    }

    init(
        _ type: String, on channel: Channel, for origin: Origin, serialized content: [UInt8],
        metadata: [UInt8]? = nil, buffers: [[UInt8]] = [], topic: [UInt8]? = nil
    ) {
        self.channel = channel
        self.type = type
        self.origin = origin
        self.content = content
        self.metadata = metadata ?? Self.emptyObject
        self.buffers = buffers
        self.topic = topic
    }

    /// The memory that the queued message takes, in bytes.
    var size: Int { content.count + metadata.count + buffers.reduce(0) { $0 + $1.count } + 512 }
}
