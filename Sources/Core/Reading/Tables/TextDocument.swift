import Support

/// A text that holds a table in another way than as rows of fields.
public enum TextDocument: String, Sendable {
    case latex = "LaTeX"
    case html = "HTML"
    case yaml = "YAML"
    case printed = "a table as it is printed"

    /// By how a text begins; `nil` for one that may be rows of fields.
    init?(_ bytes: UnsafeBufferPointer<UInt8>) {
        let head = String(decoding: bytes.prefix(4096), as: UTF8.self)
        let begin = head.trimmed.lowercased()
        if head.contains("\\begin{tabular") || head.contains("\\begin{table") || head.contains("\\begin{longtable") {
            self = .latex
        } else if begin.hasPrefix("<!doctype") || begin.hasPrefix("<html") || begin.hasPrefix("<table")
            || begin.hasPrefix("<div")
        {
            self = .html
        } else if Self.isYAML(head) {
            self = .yaml
        } else if Self.isPrinted(head, isCut: bytes.count > 4096) {
            self = .printed
        } else {
            return nil
        }
    }

    /// Lines `key: value` and `- item`, and no delimiter in any.
    private static func isYAML(_ head: String) -> Bool {
        let lines = head.split(whereSeparator: \.isNewline).dropLast().prefix(20).map { $0.trimmed }.filter {
            !$0.isEmpty && !$0.hasPrefix("#")
        }
        guard lines.count >= 3 else { return false }
        return lines.allSatisfy { line in
            !line.contains(",") && !line.contains("\t") && !line.contains("|") && !line.contains(";")
                && (line.hasPrefix("- ") || line.hasSuffix(":") || line.contains(": ") || line == "---")
        }
    }

    /// Columns held apart by runs of spaces, as pandas prints a frame: in most lines, or before the header.
    private static func isPrinted(_ head: String, isCut: Bool) -> Bool {
        let lines = head.split(whereSeparator: \.isNewline).dropLast(isCut ? 1 : 0).prefix(20)
        guard lines.count >= 3 else { return false }
        let isPlain = lines.allSatisfy { line in
            !line.contains(",") && !line.contains("\t") && !line.contains("|") && !line.contains(";")
                && line.trimmed.contains(" ")
        }
        return isPlain && (lines[0].first == " " || lines.count { $0.trimmed.contains("  ") } * 2 > lines.count)
    }
}
