/// The signatures of the latest messages: a repeated one means a replayed message.
///
/// Holds between 32,768 and 65,536 of them, 16 bytes each: two generations, the older one dropped whole.
package struct SeenSignatures {
    private static let generation = 32_768
    private var current: Set<UInt128> = []
    private var previous: Set<UInt128> = []

    package init() {}

    /// Notes a signature in hexadecimal; false if it was seen before. O(1).
    package mutating func insert(_ signature: [UInt8]) -> Bool {
        let digest = Self.prefix(of: signature)
        if previous.contains(digest) || !current.insert(digest).inserted { return false }
        if current.count >= Self.generation {
            swap(&current, &previous)
            current.removeAll(keepingCapacity: true)
        }
        return true
    }

    /// The first 128 bits: two messages with the same ones would mean a broken hash.
    private static func prefix(of signature: [UInt8]) -> UInt128 {
        signature.prefix(32).reduce(0) { value, byte in
            value << 4 | UInt128(byte >= UInt8(ascii: "a") ? byte - UInt8(ascii: "a") + 10 : byte & 15)
        }
    }
}
