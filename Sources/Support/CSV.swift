/// Writes comma-separated values (RFC 4180): the only place that quotes a field.
package enum CSV {
    /// `text` as one field, quoted if a reader would otherwise split it.
    package static func field(_ text: String) -> String {
        guard text.utf8.contains(where: { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }

    /// `value` at full precision: reading it gives the same number; empty if there is none.
    package static func field(_ value: Double?) -> String {
        value.map { $0.isFinite ? "\($0)" : $0.isNaN ? "nan" : $0 < 0 ? "-inf" : "inf" } ?? ""
    }

    /// The first field of a table that a spreadsheet takes for a formula: one that begins with `=`, `+`, `-` or `@`, has
    /// more than that sign, and is no number.
    ///
    /// - Complexity: O(bytes).
    package static func formula(in table: [UInt8]) -> String? {
        let signs = Array("=+-@".utf8)
        var start = 0
        var isQuoted = false
        for position in 0...table.count {
            let byte = position < table.count ? table[position] : 0x0A
            if byte == 0x22 { isQuoted.toggle() }
            guard position == table.count || !isQuoted && [0x2C, 0x0A, 0x0D].contains(byte) else { continue }
            var field = table[start..<position]
            start = position + 1
            if field.first == 0x22 { field = field.dropFirst().dropLast() }
            guard let first = field.first, signs.contains(first), field.count > 1 else { continue }
            let text = String(decoding: field, as: UTF8.self)
            if Double(text) == nil { return text }
        }
        return nil
    }

    /// A row of texts with its line end.
    package static func row(_ fields: some Sequence<String>) -> String {
        fields.map(field).joined(separator: ",") + "\n"
    }
}
