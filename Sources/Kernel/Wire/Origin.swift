/// The request that an outgoing message answers or was caused by.
struct Origin: Sendable, Equatable {
    /// The request's header as it was sent.
    let header: [UInt8]
    /// The route back to who sent it.
    let identities: [[UInt8]]

    /// The origin of what the kernel says by itself.
    static let none = Origin(header: OutgoingMessage.emptyObject, identities: [])
}
