import Support

/// The type of a column of texts, and its values.
struct ColumnTyping {
    let values: MetadataTable.Values
    /// Texts of a column of numbers that are none.
    private(set) var unreadable: [(row: Int, text: String)] = []
    /// The unit that stands with each number of the column, which its values are in.
    private(set) var unit: String?

    /// What people write where nothing is known.
    static func isMissing(_ text: String) -> Bool {
        let text = text.trimmed
        return text.isEmpty || missing.contains(text.lowercased())
    }

    /// What people write in the place of a result that there is not: also that a run failed.
    static func isMissingResult(_ text: String) -> Bool {
        isMissing(text) || failures.contains(text.trimmed.lowercased())
    }

    private static let failures: Set<String> = [
        "oom", "out of memory", "tbd", "todo", "wip", "n.a.", "n.a", "failed", "fail", "error", "crashed", "crash",
        "diverged",
        "timeout", "time out", "pending", "running", "not run", "dnf", "x", "xx", "xx.x", "tba", "not available",
        "missing",
        "skipped", "inf", "-inf", ".", "..", "...", "…", "*",
    ]

    private static let missing: Set<String> = [
        "nan", "na", "n/a", "none", "null", "-", "–", "—", "?", "#n/a", "nil", "unknown", "not specified", "<na>",
        ".nan", "~",
    ]

    /// - Parameters:
    ///   - texts: a text a row, ``Name/none`` where there is none.
    ///   - kind: the type where it was found out already.
    ///   - declared: the type where a saved zoo says it; then every text that is not empty is a value.
    ///   - factor: what plain numbers are multiplied by, as the header gives a unit; `22.1M` says its own.
    init(
        texts: [Name], names: NameTable, name: String, kind: MetadataTable.Kind? = nil,
        declared: MetadataTable.Kind? = nil, factor: Double = 1
    ) {
        var distinct: [Name: Int] = [:]
        var order: [Name] = []
        for text in texts where !text.isNone && distinct[text] == nil {
            distinct[text] = order.count
            order.append(text)
        }
        let written = order.map { names[$0] }
        let isKnown = declared != nil ? written.map { !$0.isEmpty } : written.map { !Self.isMissing($0) }
        let known = written.indices.filter { isKnown[$0] }.map { written[$0] }
        let kind = declared ?? kind ?? Self.kind(of: known, canonical: name)
        let comma = ColumnCommas(known).meaning ?? (AttributeKnowledge.isCount(name) ? .thousands : nil)
        switch kind {
        case .number:
            let unit = declared == nil ? ColumnUnit(known) : nil
            self.unit = unit?.name
            let numbers = written.indices.map { index in
                guard isKnown[index] else { return Double.nan }
                if let unit { return unit.value(of: written[index]) ?? .nan }
                if factor != 1, let plain = WrittenNumber(written[index], comma: comma) { return plain.value * factor }
                return WrittenNumber(written[index], comma: comma, allowsMagnitude: true)?.value ?? .nan
            }
            values = .numbers(texts.map { $0.isNone ? .nan : numbers[distinct[$0] ?? 0] })
            for (row, text) in texts.enumerated() where !text.isNone {
                let index = distinct[text] ?? 0
                if isKnown[index], numbers[index].isNaN { unreadable.append((row, written[index])) }
            }
        case .category:
            var levels: [String] = []
            var indices: [String: Int32] = [:]
            let codes = written.indices.map { index -> Int32 in
                guard isKnown[index] else { return -1 }
                let text = written[index].trimmed
                if let known = indices[text] { return known }
                indices[text] = Int32(levels.count)
                levels.append(text)
                return Int32(levels.count - 1)
            }
            values = .categories(texts.map { $0.isNone ? -1 : codes[distinct[$0] ?? 0] }, levels: levels)
        case .text:
            values = .texts(
                texts.map { text in
                    guard !text.isNone, isKnown[distinct[text] ?? 0] else { return nil }
                    return names[text].trimmed
                })
        case .set:
            var levels: [String] = []
            var indices: [String: Int32] = [:]
            let sets = written.indices.map { index -> [Int32] in
                guard isKnown[index] else { return [] }
                return (declared == nil ? Self.elements(of: written[index]) : Facts.Value.elements(of: written[index]))
                    .map { element in
                        if let known = indices[element] { return known }
                        indices[element] = Int32(levels.count)
                        levels.append(element)
                        return Int32(levels.count - 1)
                    }
            }
            values = .sets(texts.map { $0.isNone ? [] : sets[distinct[$0] ?? 0] }, levels: levels)
        }
    }

    /// The type that a column's different texts look like: numbers where nine in ten of them are (all of them unless
    /// there are ten), sets where some hold `;` between short parts or are lists, texts where they are long, else
    /// categories. Numbers that all stand with a unit are numbers, too.
    static func kind(of texts: [String], canonical: String) -> MetadataTable.Kind {
        if texts.isEmpty { return .category }
        if canonical == "description" { return .text }
        let comma = ColumnCommas(texts).meaning ?? (AttributeKnowledge.isCount(canonical) ? .thousands : nil)
        let numbers = texts.count { WrittenNumber($0, comma: comma, allowsMagnitude: true) != nil }
        if AttributeKnowledge.isNumber(canonical) ? numbers > 0 : numbers == texts.count { return .number }
        if texts.count >= 10, numbers * 10 >= texts.count * 9 { return .number }
        if ColumnUnit(texts) != nil { return .number }
        let length = texts.reduce(0) { $0 + $1.count } / texts.count
        let lists = texts.count { elements(of: $0).count > 1 }
        if lists > 0, canonical == "pretraining_dataset" { return .set }
        if lists > 0, texts.allSatisfy({ elements(of: $0).allSatisfy { $0.count <= 80 } }) { return .set }
        return length > 80 ? .text : .category
    }

    /// The parts of `a;b`, and of lists as Python and JSON write them: `['a', 'b']`.
    static func elements(of text: String) -> [String] {
        let text = text.trimmed
        if text.hasPrefix("["), text.hasSuffix("]"), text.count > 2 {
            let inside = text.dropFirst().dropLast()
            let quote = inside.trimmed.first
            guard quote == "'" || quote == "\"" else { return [text] }
            return inside.split(separator: ",").map { $0.trimmed.trimming(["'", "\""]) }.filter { !$0.isEmpty }
        }
        return Facts.Value.elements(of: text)
    }
}

/// What commas mean in a column of numbers: one field that leaves no choice decides for those that do.
struct ColumnCommas {
    private(set) var decimal: String?
    private(set) var thousands: String?
    private(set) var either: String?
    private(set) var hasDecimalPoint = false

    init() {}

    init(_ texts: some Sequence<String>) {
        for var text in texts { text.withUTF8 { add(WrittenNumber.commaReading(utf8: $0), $0) } }
    }

    mutating func add(_ reading: WrittenNumber.CommaReading, _ text: UnsafeBufferPointer<UInt8>) {
        switch reading {
        case .none: break
        case .decimal: if decimal == nil { decimal = String(decoding: text, as: UTF8.self) }
        case .thousands: if thousands == nil { thousands = String(decoding: text, as: UTF8.self) }
        case .either: if either == nil { either = String(decoding: text, as: UTF8.self) }
        case .decimalPoint: hasDecimalPoint = true
        }
    }

    /// `nil` where the column does not tell, or says both.
    var meaning: ReadingOptions.Comma? {
        let saysThousands = thousands != nil || hasDecimalPoint
        if decimal != nil { return saysThousands ? nil : .decimal }
        return saysThousands ? .thousands : nil
    }

    /// A field that could be read in two ways, where nothing in the column decides.
    var undecided: String? { meaning == nil ? either : nil }
}

extension String {
    func trimming(_ characters: Set<Character>) -> String {
        var part = self[...]
        while let first = part.first, characters.contains(first) { part.removeFirst() }
        while let last = part.last, characters.contains(last) { part.removeLast() }
        return String(part)
    }
}
