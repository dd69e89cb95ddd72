/// Text that a cell has written to a stream, held back to be merged with more.
struct OpenStream {
    let cell: Int
    let origin: Origin
    let name: OutputStreamName
    /// When it is sent at the latest.
    let deadline: Instant
    var text: String

    var message: OutgoingMessage { .stream(text, to: name, for: origin) }
}

extension OutgoingMessage {
    /// A `stream` message with the text as it was written.
    static func stream(_ text: String, to name: OutputStreamName, for origin: Origin) -> OutgoingMessage {
        var content = Array("{\"name\":\"\(name.rawValue)\",\"text\":".utf8)
        JSON.append(text, to: &content)
        content.append(UInt8(ascii: "}"))
        return OutgoingMessage(
            "stream", on: .iopub, for: origin, serialized: content, topic: Array("stream.\(name.rawValue)".utf8))
    }
}
