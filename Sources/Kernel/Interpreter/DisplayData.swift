/// A value in several formats at once (a MIME bundle); the client shows the richest one it knows.
///
/// ```swift
/// DisplayData(data: ["text/plain": "three", "text/html": "<b>three</b>", "application/json": 3])
/// ```
public struct DisplayData: Sendable, Equatable {
    /// The value in each format, by its MIME type: text as ``JSON/string(_:)``, images as their base64 text, JSON
    /// formats as any JSON. `text/plain` belongs in every value, for consoles.
    public var data: [String: JSON]
    /// What a format's renderer may need besides the data, by MIME type.
    public var metadata: [String: JSON]
    /// Binary buffers, sent unchanged alongside the JSON.
    public var buffers: [[UInt8]]

    /// Makes a value from its formats.
    public init(data: [String: JSON], metadata: [String: JSON] = [:], buffers: [[UInt8]] = []) {
        self.data = data
        self.metadata = metadata
        self.buffers = buffers
    }

    /// Makes a value that is only text.
    public init(text: String) {
        self.init(data: ["text/plain": .string(text)])
    }

    // Sorted, so that the same value is always the same bytes.
    var dataJSON: JSON { .object(.init(uniqueKeysWithValues: data.sorted { $0.key < $1.key })) }
    var metadataJSON: JSON { .object(.init(uniqueKeysWithValues: metadata.sorted { $0.key < $1.key })) }
}
