/// A message that arrived whole and signed.
struct Message: Sendable {
    let identities: [[UInt8]]
    let header: MessageHeader
    let content: JSON
    let metadata: JSON
    let buffers: [[UInt8]]

    /// Reads the frames of a message whose signature was checked.
    init(_ frames: Frames) throws(MalformedMessage) {
        identities = frames.identities
        header = try MessageHeader(frames.header)
        _ = try Self.object(frames.parentHeader, "parent header")
        metadata = try Self.object(frames.metadata, "metadata")
        content = try Self.object(frames.content, "content")
        buffers = frames.buffers
    }

    private static func object(_ bytes: [UInt8], _ part: String) throws(MalformedMessage) -> JSON {
        let json: JSON
        do { json = try JSON(parsing: bytes) } catch { throw .json(part, error.description) }
        guard case .object = json else { throw .notAnObject(part) }
        return json
    }
}
