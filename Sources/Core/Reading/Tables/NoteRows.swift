import Support

/// Rows of a table that are no results of anything: footnotes and sources beneath it, and rows of differences from others.
enum NoteRows {
    /// Whether a row is a note: a mark of a footnote, `Source:` or a sentence in its first field, and hardly anything beside it.
    static func isNote(_ table: CellTable, _ row: Int, width: Int) -> Bool {
        // Most rows have something in the last column.
        if width > 1, !table.isEmpty(row, width - 1) { return false }
        guard let label = table.text(row, 0)?.trimmed, !label.isEmpty else { return false }
        let others = (1..<max(width, 2)).compactMap { table.text(row, $0)?.trimmed }.filter { !$0.isEmpty }
        if isCalledNote(label) {
            return others.count * 2 < width - 1 || others.allSatisfy { WrittenNumber($0, comma: .decimal) == nil }
        }
        guard others.allSatisfy(ColumnTyping.isMissing) else { return false }
        return beginsWithMark(label) || others.isEmpty && isSentence(label)
    }

    /// `Source: own experiments`, `Note. …`.
    private static func isCalledNote(_ label: String) -> Bool {
        guard let cut = label.firstIndex(where: { ":.".contains($0) }) else { return false }
        return heads.contains(AttributeKnowledge.key(String(label[..<cut])))
    }

    private static let heads: Set<String> = [
        "source", "sources", "note", "notes", "remark", "remarks", "legend", "caption", "nb", "n_b", "reference",
        "references", "footnote", "footnotes", "abbreviations", "disclaimer", "quelle", "anmerkung", "remarque",
    ]

    private static func beginsWithMark(_ label: String) -> Bool {
        guard let first = label.first, label.dropFirst().contains(where: \.isLetter) else { return false }
        // `**ours**` is emphasis.
        return "†‡§¶¹²³⁴⁵⁶⁷⁸⁹ᵃᵇᶜ".contains(first) || first == "*" && !label.hasSuffix("*")
    }

    private static func isSentence(_ label: String) -> Bool {
        let words = label.split(separator: " ")
        guard words.count >= 4 else { return false }
        return words.contains { small.contains($0.lowercased()) }
    }

    private static let small: Set<String> = [
        "for", "the", "are", "is", "was", "were", "by", "we", "from", "all", "as", "in", "on", "of", "than", "that",
    ]

    /// Whether a row holds differences from others: each of its numbers has a sign, and other rows have none.
    ///
    /// - Parameter others: whether rows without any sign are there.
    static func isDifferences(_ texts: [String], label: String, besideUnsigned others: Bool) -> Bool {
        guard others else { return false }
        let numbers = texts.map(\.trimmed).filter { WrittenNumber($0, comma: .decimal) != nil }
        guard numbers.count >= 2, numbers.allSatisfy(isSigned) else { return false }
        return numbers.contains { $0.hasPrefix("+") }
            || label.hasPrefix("+") || label.hasPrefix("-") || label.hasPrefix("−")
            || label.lowercased().hasPrefix("w/")
    }

    /// Whether none of a row's numbers has a sign, and there are some.
    static func isUnsigned(_ texts: [String]) -> Bool {
        let numbers = texts.map(\.trimmed).filter { WrittenNumber($0, comma: .decimal) != nil }
        return !numbers.isEmpty && !numbers.contains(where: isSigned)
    }

    private static func isSigned(_ text: String) -> Bool {
        text.first.map { "+-−–±".contains($0) } == true
            || text.allSatisfy { "0.,%".contains($0) }
    }

    /// Whether a row is called as differences, p-values or counts are: `Delta (ours - best)`, `p-value`, `Count`.
    static func isCalledDifference(_ label: String) -> Bool {
        if label.utf8.count > 60 { return false }
        let plain = FactNames.withoutUnit(label)
        if plain.trimmed == "Δ" || plain.hasPrefix("Δ ") { return true }
        let words = MetricKnowledge.words(of: plain)
        return words.contains { called.contains($0) }
            && words.allSatisfy { called.contains($0) || beside.contains($0) }
    }

    /// Whether a row is called as p-values and counts are, which are no results whatever they look like.
    static func isCalledCount(_ label: String) -> Bool {
        ["p_value", "p_values", "pvalue", "p_val", "count", "counts", "n_runs", "n_seeds", "significance"].contains(
            AttributeKnowledge.key(label))
    }

    /// Words for differences, in the names of rows and of columns.
    static let called: Set<String> = [
        "delta", "diff", "difference", "differences", "improvement", "improvements", "gain", "gains",
    ]

    private static let beside = besideDifferences.union(["ours", "our", "previous", "second"])

    /// Words that stand beside those, in the names of rows and of columns.
    static let besideDifferences: Set<String> = [
        "relative", "rel", "absolute", "abs", "vs", "versus", "over", "from", "to", "the", "baseline", "best", "prior",
        "sota", "avg", "average", "mean", "of", "in", "percent", "pct",
    ]
}
