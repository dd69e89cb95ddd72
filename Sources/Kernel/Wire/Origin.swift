/// The request that an outgoing message answers or was caused by.
package struct Origin: Sendable, Equatable {
    /// The request's header as it was sent.
    let header: [UInt8]
    /// The route back to its sender.
    let identities: [[UInt8]]

    package init(header: [UInt8], identities: [[UInt8]]) {
        self.header = header
        self.identities = identities
    }

    /// The origin of messages that no request caused.
    package static let none = Origin(header: OutgoingMessage.emptyObject, identities: [])
}
