import Presentation
import Support

/// Texts in an SQL condition that differ from values of a table only by case: SQL distinguishes 'apache-2.0' from
/// 'Apache-2.0'.
enum ConditionSpelling {
    /// The most rows to search.
    private static let mostRows = 100_000

    /// What the condition misses because of case, in a sentence; `nil` if nothing.
    static func note(_ condition: SQLCondition, on table: ZooTable) -> String? {
        guard table.rowCount <= mostRows else { return nil }
        var misses: [String] = []
        for literal in condition.compared where literal.contains(where: \.isLetter) {
            let wanted = literal.lowercased()
            for column in table.columns {
                var counts: [String: Int] = [:]
                for row in 0..<table.rowCount {
                    guard case .text(let text) = column.cell(row), text != literal, text.lowercased() == wanted else {
                        continue
                    }
                    counts[text, default: 0] += 1
                }
                for (text, count) in counts.sorted(by: { $0.key < $1.key }) {
                    misses.append(
                        "'\(literal)' is not '\(text.singleLine(limit: 60))', which \(count) of the \(table.name) have as \(column.name)"
                    )
                }
            }
        }
        guard !misses.isEmpty else { return nil }
        return
            "The condition is case-sensitive: \(misses.prefix(3).joined(separator: "; ")). lower(COLUMN) = 'text' finds all spellings."
    }
}
