/// A request with its sender: what the kernel answers.
struct Inquiry: Sendable {
    let request: Request
    /// The message's type as it was sent.
    let type: String
    /// The request that an answer names as its parent, and whom it goes to.
    let origin: Origin
    /// The subshell that is to answer; `nil` means the main shell (JEP 91).
    let subshell: String?

    init(_ message: Message) {
        request = Request(message)
        type = message.header.type
        origin = Origin(header: message.header.raw, identities: message.identities)
        subshell = message.header.subshell
    }

    private static let suffix = "_request"

    /// Whether the client waits for a reply.
    var isAnswered: Bool { type.hasSuffix(Self.suffix) }

    /// The answer: `x_request` becomes `x_reply`.
    func reply(on channel: OutgoingMessage.Channel, _ content: [UInt8]) -> OutgoingMessage {
        let name = isAnswered ? String(type.dropLast(Self.suffix.count)) : type
        return OutgoingMessage(name + "_reply", on: channel, for: origin, serialized: content)
    }
}
