/// Writes comma-separated values (RFC 4180).
enum CSV {
    /// `text` as one field, quoted where it must be.
    static func field(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { ",\"\n\r".unicodeScalars.contains($0) }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }

    /// `value` with all its digits: reading it gives the same number; empty where there is none.
    static func field(_ value: Double?) -> String {
        value.map { $0.isFinite ? "\($0)" : $0.isNaN ? "nan" : $0 < 0 ? "-inf" : "inf" } ?? ""
    }
}
