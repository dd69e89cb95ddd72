import ArgumentParser

/// Values separated by commas; one that cannot be read makes the whole unreadable.
struct CommaList<Element: LosslessStringConvertible & Sendable>: ExpressibleByArgument, ExpressibleByArrayLiteral,
    Sendable
{
    let elements: [Element]

    init(arrayLiteral elements: Element...) { self.elements = elements }

    init?(argument: String) {
        let parts = argument.split(separator: ",", omittingEmptySubsequences: false)
        elements = parts.compactMap { Element(String($0)) }
        if elements.count != parts.count { return nil }
    }

    var defaultValueDescription: String { elements.map(\.description).joined(separator: ",") }
}
