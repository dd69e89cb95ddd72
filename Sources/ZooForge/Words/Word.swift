/// A word of at most ``Alphabet/longestWord`` letters, packed so that lists of a million compare and sort quickly.
///
/// The first letter's code stands in the highest of twelve bytes, so words sort by their letters' codes.
public struct Word: Sendable, Hashable, Comparable {
    private var packed: UInt128 = 0

    /// The number of letters.
    public private(set) var count = 0

    public init() {}

    /// - Precondition: there is room for another letter.
    public mutating func append(_ code: UInt8) {
        precondition(count < Alphabet.longestWord, "a word has at most twelve letters")
        packed |= UInt128(code) << UInt128(8 * (Alphabet.longestWord - 1 - count))
        count += 1
    }

    /// The word with these letters, in their order.
    public init(_ codes: some Sequence<UInt8>) {
        for code in codes { append(code) }
    }

    /// The letters' codes.
    public var letters: [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: packed >> UInt128(8 * (Alphabet.longestWord - 1 - $0))) }
    }

    /// The word as people read it, with `_` for a letter that was taken out.
    public var text: String { Alphabet.text(letters) }

    public static func < (a: Word, b: Word) -> Bool { a.packed < b.packed }

    /// A number that depends on the letters alone, the same in every process.
    var fingerprint: UInt64 {
        var hash =
            UInt64(truncatingIfNeeded: packed) ^ (UInt64(truncatingIfNeeded: packed >> 64) &* 0xD6E8_FEB8_6659_FD93)
        hash = (hash ^ (hash >> 32)) &* 0xD6E8_FEB8_6659_FD93
        hash = (hash ^ (hash >> 29)) &* 0x9E37_79B9_7F4A_7C15
        return hash ^ (hash >> 32)
    }
}
