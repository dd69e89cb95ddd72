/// A message as it travels: identities, the delimiter, a signature, four JSON objects, and binary buffers.
package struct Frames: Equatable, Sendable {
    /// ZeroMQ's routing prefix; on IOPub the one topic.
    package var identities: [[UInt8]]
    /// The signature in hexadecimal; empty if messages are not signed.
    package var signature: [UInt8]
    package var header: [UInt8]
    package var parentHeader: [UInt8]
    package var metadata: [UInt8]
    package var content: [UInt8]
    package var buffers: [[UInt8]]

    package static let delimiter = Array("<IDS|MSG>".utf8)

    /// Why a multipart message is not a Jupyter message.
    package enum Malformed: Error, Equatable {
        case noDelimiter
        /// Fewer than the signature and four objects after the delimiter.
        case tooFew(Int)
    }

    /// Parses a multipart message.
    package init(_ parts: [[UInt8]]) throws(Malformed) {
        guard let delimiter = parts.firstIndex(of: Self.delimiter) else { throw .noDelimiter }
        let rest = parts[(delimiter + 1)...]
        guard rest.count >= 5 else { throw .tooFew(rest.count) }
        let first = rest.startIndex
        identities = Array(parts[..<delimiter])
        signature = rest[first]
        header = rest[first + 1]
        parentHeader = rest[first + 2]
        metadata = rest[first + 3]
        content = rest[first + 4]
        buffers = Array(rest[(first + 5)...])
    }

    package init(
        identities: [[UInt8]], signature: [UInt8], header: [UInt8], parentHeader: [UInt8], metadata: [UInt8],
        content: [UInt8], buffers: [[UInt8]]
    ) {
        self.identities = identities
        self.signature = signature
        self.header = header
        self.parentHeader = parentHeader
        self.metadata = metadata
        self.content = content
        self.buffers = buffers
    }

    /// The multipart message, ready to be sent.
    package var parts: [[UInt8]] {
        identities + [Self.delimiter, signature, header, parentHeader, metadata, content] + buffers
    }
}
