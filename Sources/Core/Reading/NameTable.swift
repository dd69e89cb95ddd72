/// A name or text as an index into a ``NameTable``; ``none`` where there is no such thing.
public struct Name: Hashable, Comparable, Sendable {
    public let index: Int32

    public init(index: Int32) { self.index = index }

    public static let none = Name(index: -1)
    public var isNone: Bool { index < 0 }

    public static func < (a: Name, b: Name) -> Bool { a.index < b.index }
}

/// Every name and text that files hold, once: from bytes to dense indices and back.
///
/// The texts lie in one array of bytes. A table of ten million rows has a few thousand different names; finding one that
/// is known makes no `String`.
public struct NameTable: Sendable {
    private var bytes: [UInt8] = []
    /// Where each text ends in ``bytes``; the first begins at 0, each other where the one before ends.
    private var ends: [Int] = []
    /// Open addressing: indices of texts, -1 where free. Its size is a power of two, at least twice the number of texts.
    private var slots: [Int32] = [Int32](repeating: -1, count: 64)

    public init() {}

    public var count: Int { ends.count }

    /// The name's text. O(length).
    ///
    /// - Precondition: `name` is one of this table's.
    public subscript(_ name: Name) -> String {
        let range = range(Int(name.index))
        return bytes.withUnsafeBufferPointer {
            String(decoding: UnsafeBufferPointer(rebasing: $0[range]), as: UTF8.self)
        }
    }

    /// The name's text; `nil` for ``Name/none``.
    public func text(_ name: Name) -> String? { name.isNone ? nil : self[name] }

    /// The name of `text`, added where it is new. O(length), amortised.
    public mutating func intern(_ text: some StringProtocol) -> Name {
        var text = String(text)
        return text.withUTF8 { intern($0) }
    }

    /// The name of a text that may not be there.
    public mutating func intern(_ text: String?) -> Name {
        guard let text else { return .none }
        return intern(text[...])
    }

    /// The name of UTF-8 bytes, added where they are new. O(length), amortised.
    public mutating func intern(_ text: UnsafeBufferPointer<UInt8>) -> Name {
        var slot = Self.hash(text) & (slots.count - 1)
        while slots[slot] >= 0 {
            if equals(Int(slots[slot]), text) { return Name(index: slots[slot]) }
            slot = (slot + 1) & (slots.count - 1)
        }
        let index = Int32(ends.count)
        bytes.append(contentsOf: text)
        ends.append(bytes.count)
        slots[slot] = index
        if ends.count * 2 > slots.count { grow() }
        return Name(index: index)
    }

    /// The name of `text` where it is known. O(length).
    public func find(_ text: some StringProtocol) -> Name? {
        var text = String(text)
        return text.withUTF8 { part in
            var slot = Self.hash(part) & (slots.count - 1)
            while slots[slot] >= 0 {
                if equals(Int(slots[slot]), part) { return Name(index: slots[slot]) }
                slot = (slot + 1) & (slots.count - 1)
            }
            return nil
        }
    }

    private func range(_ index: Int) -> Range<Int> { (index == 0 ? 0 : ends[index - 1])..<ends[index] }

    private func equals(_ index: Int, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
        let range = range(index)
        guard range.count == text.count else { return false }
        return bytes.withUnsafeBufferPointer { all in
            for position in 0..<text.count where all[range.lowerBound + position] != text[position] { return false }
            return true
        }
    }

    private mutating func grow() {
        slots = [Int32](repeating: -1, count: slots.count * 2)
        for index in ends.indices {
            let range = range(index)
            var slot =
                bytes.withUnsafeBufferPointer { Self.hash(UnsafeBufferPointer(rebasing: $0[range])) }
                & (slots.count - 1)
            while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = Int32(index)
        }
    }

    /// FNV-1a with its high bits folded in.
    private static func hash(_ text: UnsafeBufferPointer<UInt8>) -> Int {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in text { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        return Int(truncatingIfNeeded: (hash ^ (hash >> 29)) & 0x7fff_ffff)
    }
}
