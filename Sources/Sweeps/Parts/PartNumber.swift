/// One part of several, counted from 1: `3/8`.
public struct PartNumber: Hashable, Sendable, CustomStringConvertible {
    public let number: Int
    /// How many parts there are.
    public let count: Int

    /// The most parts that a sweep may have.
    public static let most = 100_000

    /// `nil` if there is no such part.
    public init?(_ number: Int, of count: Int) {
        guard (1...Self.most).contains(count), (1...count).contains(number) else { return nil }
        self.number = number
        self.count = count
    }

    /// Reads `3/8`; `nil` for anything else.
    public init?(_ text: String) {
        let fields = text.split(separator: "/", omittingEmptySubsequences: false)
        guard fields.count == 2, let number = Int(fields[0]), let count = Int(fields[1]) else { return nil }
        self.init(number, of: count)
    }

    public var description: String { "\(number)/\(count)" }
}
