/// A message from one side of a comm to the other.
public struct CommMessage: Sendable, Equatable {
    /// The content; an object for most targets.
    public let data: JSON
    /// Metadata, which intermediaries may read.
    public let metadata: JSON
    /// Binary buffers, sent unchanged alongside the JSON.
    public let buffers: [[UInt8]]

    /// Makes a message.
    public init(data: JSON, metadata: JSON = [:], buffers: [[UInt8]] = []) {
        self.data = data
        self.metadata = metadata
        self.buffers = buffers
    }
}
