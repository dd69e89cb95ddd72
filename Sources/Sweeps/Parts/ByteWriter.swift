/// Writes values as bytes, little-endian, for ``ByteReader``.
public struct ByteWriter {
    public private(set) var bytes: [UInt8] = []

    public init() {}

    public mutating func put(_ value: some FixedWidthInteger) {
        withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }

    /// All 64 bits, whatever they mean.
    public mutating func put(_ value: Double) { put(value.bitPattern) }

    public mutating func put(_ value: Bool) { bytes.append(value ? 1 : 0) }

    /// The length in bytes and the text in UTF-8.
    public mutating func put(_ text: String) {
        let utf8 = Array(text.utf8)
        put(UInt32(utf8.count))
        bytes += utf8
    }

    /// Whether there is a value, and the value.
    public mutating func put<Value>(_ value: Value?, _ write: (inout ByteWriter, Value) -> Void) {
        put(value != nil)
        if let value { write(&self, value) }
    }

    /// The number of items, and each.
    public mutating func put<Item>(_ items: [Item], _ write: (inout ByteWriter, Item) -> Void) {
        put(UInt32(items.count))
        for item in items { write(&self, item) }
    }
}
