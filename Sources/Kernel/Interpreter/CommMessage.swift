/// What one side of a comm tells the other.
public struct CommMessage: Sendable, Equatable {
    /// What is told; an object, for most targets.
    public let data: JSON
    /// What those in between may look at.
    public let metadata: JSON
    /// Binary parts, sent beside the JSON as they are.
    public let buffers: [[UInt8]]

    /// Makes a message.
    public init(data: JSON, metadata: JSON = [:], buffers: [[UInt8]] = []) {
        self.data = data
        self.metadata = metadata
        self.buffers = buffers
    }
}
