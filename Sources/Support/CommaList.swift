/// Values separated by commas, as a user types them; one unreadable value makes the whole unreadable.
public struct CommaList<Element: LosslessStringConvertible & Sendable>: ExpressibleByArrayLiteral, Sendable {
    public let elements: [Element]

    public init(arrayLiteral elements: Element...) { self.elements = elements }

    /// - Returns: `nil` if a value cannot be read; an empty one is such a value.
    public init?(argument: String) {
        let parts = argument.split(separator: ",", omittingEmptySubsequences: false)
        elements = parts.compactMap { Element(String($0)) }
        if elements.count != parts.count { return nil }
    }

    /// The values as they are typed, `1` and not `1.0`.
    public var defaultValueDescription: String {
        elements.map { $0.description.hasSuffix(".0") ? String($0.description.dropLast(2)) : $0.description }
            .joined(separator: ",")
    }
}
