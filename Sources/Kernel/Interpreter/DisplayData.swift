/// A value in several formats at once (a MIME bundle); the reader's program shows the richest it knows.
public struct DisplayData: Sendable, Equatable {
    /// The value in each format: text formats as ``JSON/string(_:)``, JSON formats as any JSON.
    public var data: [String: JSON]
    /// What the formats' displays may need beside the data.
    public var metadata: [String: JSON]
    /// Binary parts, sent beside the JSON as they are.
    public var buffers: [[UInt8]]

    public init(data: [String: JSON], metadata: [String: JSON] = [:], buffers: [[UInt8]] = []) {
        self.data = data
        self.metadata = metadata
        self.buffers = buffers
    }

    /// A value that is only text.
    public init(text: String) {
        self.init(data: ["text/plain": .string(text)])
    }
}
