/// Writes comma-separated values (RFC 4180): the one place where a field is quoted.
package enum CSV {
    /// `text` as one field, quoted where a reader would otherwise cut it.
    package static func field(_ text: String) -> String {
        guard text.utf8.contains(where: { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }

    /// `value` with all its digits: reading it gives the same number; empty where there is none.
    package static func field(_ value: Double?) -> String {
        value.map { $0.isFinite ? "\($0)" : $0.isNaN ? "nan" : $0 < 0 ? "-inf" : "inf" } ?? ""
    }

    /// A row of texts with its line end.
    package static func row(_ fields: some Sequence<String>) -> String {
        fields.map(field).joined(separator: ",") + "\n"
    }
}
