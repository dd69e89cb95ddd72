/// Reads what ``ByteWriter`` wrote.
public struct ByteReader {
    /// The bytes end before the value, or were not written by ``ByteWriter``.
    public struct Failure: Error {
        public init() {}
    }

    private let bytes: [UInt8]
    private var place = 0

    public init(_ bytes: [UInt8]) { self.bytes = bytes }

    public var isAtEnd: Bool { place == bytes.count }

    public mutating func integer<Value: FixedWidthInteger>(_: Value.Type = Value.self) throws(Failure) -> Value {
        let size = MemoryLayout<Value>.size
        guard size <= bytes.count - place else { throw Failure() }
        var value: Value = 0
        for offset in (0..<size).reversed() { value = value << 8 | Value(truncatingIfNeeded: bytes[place + offset]) }
        place += size
        return value
    }

    public mutating func number() throws(Failure) -> Double { Double(bitPattern: try integer()) }

    public mutating func truth() throws(Failure) -> Bool {
        let byte: UInt8 = try integer()
        guard byte < 2 else { throw Failure() }
        return byte == 1
    }

    public mutating func text() throws(Failure) -> String {
        let count = Int(try integer(UInt32.self))
        guard count <= bytes.count - place, let text = String(validating: bytes[place..<place + count], as: UTF8.self)
        else { throw Failure() }
        place += count
        return text
    }

    public mutating func optional<Value>(
        _ read: (inout ByteReader) throws(Failure) -> Value
    ) throws(Failure) -> Value? {
        try truth() ? try read(&self) : nil
    }

    public mutating func array<Item>(_ read: (inout ByteReader) throws(Failure) -> Item) throws(Failure) -> [Item] {
        let count = Int(try integer(UInt32.self))
        // Each item takes at least a byte, so a wrong count cannot demand unlimited memory.
        guard count <= bytes.count - place else { throw Failure() }
        var items: [Item] = []
        items.reserveCapacity(count)
        for _ in 0..<count { items.append(try read(&self)) }
        return items
    }
}
