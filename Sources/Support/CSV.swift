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

    /// A row of texts with its line end.
    package static func row(_ fields: some Sequence<String>) -> String {
        fields.map(field).joined(separator: ",") + "\n"
    }
}
