import Foundation

/// A column of what is known of models or of datasets, as a kernel: 1 for two items that it says the same of.
///
/// Numbers (and dates) are compared on their standardised scale, or that of their logarithms where they span more than one
/// power of twenty; everything else by the elements or words it consists of. What is missing is as the mean, or like nothing.
struct FactColumn: Sendable {
    private enum Values {
        case numbers([Double])
        case terms(TermVectors)
    }
    private let values: Values

    /// - Parameter texts: an item's value each, as the zoo's file has it.
    /// - Returns: `nil` where the column tells no two items apart.
    /// - Complexity: O(t log t) for t words in all.
    init?(_ texts: [String?]) {
        let known = texts.compactMap { $0 }.filter { !$0.isEmpty }
        guard Set(known).count > 1 else { return nil }
        if known.allSatisfy({ Self.number($0) != nil }) {
            guard let numbers = Self.standardised(texts.map { $0.flatMap(Self.number) }) else { return nil }
            values = .numbers(numbers)
        } else {
            let vectors = TermVectors(
                texts.map { text in
                    (text ?? "").split(whereSeparator: { ";,[]'\"".contains($0) }).map { $0.lowercased().trimmed }
                        .filter { !$0.isEmpty }
                })
            guard vectors.tellsAnything else { return nil }
            values = .terms(vectors)
        }
    }

    func similarity(_ a: Int, _ b: Int) -> Double {
        switch values {
        case .numbers(let numbers): exp(-abs(numbers[a] - numbers[b]))
        case .terms(let vectors): vectors.cosine(a, b)
        }
    }

    /// The similarities of every item with one.
    ///
    /// - Complexity: linear in the items.
    func similarities(to item: Int) -> [Double] {
        switch values {
        case .numbers(let numbers): numbers.map { exp(-abs($0 - numbers[item])) }
        case .terms(let vectors): vectors.cosines(to: item)
        }
    }

    /// A number, or the days of a date as ISO 8601 writes it.
    private static func number(_ text: String) -> Double? {
        if let number = Double(text) { return number.isFinite ? number : nil }
        let parts = text.split(separator: "-").map { Double($0) }
        guard parts.count == 3, let year = parts[0], let month = parts[1], let day = parts[2] else { return nil }
        return 365.25 * year + 30.4375 * month + day
    }

    private static func standardised(_ column: [Double?]) -> [Double]? {
        let known = column.compactMap { $0 }
        guard let low = known.min(), let high = known.max(), high > low else { return nil }
        let isWide = low > 0 && high / low >= 20
        let scaled = column.map { $0.map { isWide ? log($0) : $0 } }
        let (mean, deviation) = Statistics.moments(scaled.compactMap { $0 })
        guard deviation > 0, deviation.isFinite else { return nil }
        return scaled.map { $0.map { min(max(($0 - mean) / deviation, -4), 4) } ?? 0 }
    }

    /// A column for each key of which something is known that tells items apart.
    static func columns(_ items: [[String: String]], without: Set<String> = []) -> [FactColumn] {
        var keys: Set<String> = []
        for item in items { keys.formUnion(item.keys) }
        return keys.subtracting(without).sorted().compactMap { key in FactColumn(items.map { $0[key] }) }
    }
}
