import Support

/// Fields of two numbers, `88.9/84.8`: two metrics of one dataset, as tables of GLUE have them, or two of its parts.
enum PairFields {
    /// What was made two columns, or two rows.
    struct Split {
        /// `MRPC (F1/acc)`
        let written: String
        /// `MRPC (F1)` and `MRPC (acc)`
        let names: [String]
        let example: String
    }

    /// The two of a field as they are written, one of which may be missing; `nil` for another.
    static func parts(of text: String) -> [String]? {
        guard text.utf8.count <= 80, text.utf8.contains(where: marks.contains), WrittenNumber(text) == nil else {
            return nil
        }
        let parts = text.utf8.split(omittingEmptySubsequences: false, whereSeparator: marks.contains)
            .map { String(Substring($0)).trimmed }
        func isNumber(_ text: String) -> Bool { WrittenNumber(text, comma: .decimal) != nil }
        return parts.count == 2 && parts.contains(where: isNumber)
            && parts.allSatisfy { isNumber($0) || ColumnTyping.isMissing($0) } ? parts : nil
    }

    private static let marks = Set("/|;".utf8)

    /// What to do where no name says what the two are.
    static func sentence(_ example: String, column name: String) -> (what: String, instead: String) {
        let isPlain = !name.hasSuffix(")") && !name.hasSuffix("]") && names(in: name) == nil
        let both = isPlain ? ", or call it by what both are: '\(name.prefix(40)) (F1/accuracy)'" : ""
        return (
            "two numbers in a field, such as '\(example.prefix(30))' in the column '\(name.prefix(40))'",
            "Write a column for each of the two\(both)."
        )
    }

    /// The names of the two, as a name gives both: `MRPC (F1)` and `MRPC (acc)` of `MRPC (F1/acc)`, `acc` and `f1` of
    /// `acc/f1`; `nil` where it gives no two metrics or splits.
    static func names(in name: String) -> [String]? {
        let text = name.trimmed
        if let last = text.last, last == ")" || last == "]",
            let open = text.lastIndex(where: { $0 == "(" || $0 == "[" })
        {
            let inside = text[text.index(after: open)...].dropLast().split { "/|;,&".contains($0) }.map(\.trimmed)
            guard inside.count == 2, areOfOne(inside) || inside.contains(where: MetricKnowledge.isKnown) else {
                return nil
            }
            return named(String(text[..<open]), inside)
        }
        let sides = text.split(separator: "/", omittingEmptySubsequences: false).map(\.trimmed)
        guard sides.count == 2 else { return nil }
        if areOfOne(sides) { return sides }
        guard let cut = sides[0].lastIndex(where: { " -_".contains($0) }) else { return nil }
        let both = [sides[0][sides[0].index(after: cut)...].trimmed, sides[1]]
        return areOfOne(both) ? named(String(sides[0][..<cut]), both) : nil
    }

    private static func named(_ base: String, _ both: [String]) -> [String]? {
        let base = base.trimming([" ", "-", "_"])
        if base.isEmpty { return both }
        // `Resolution (train/test)` is no result.
        if FactNames.isFact(base, numbers: { [] }) || AttributeKnowledge.model(base) != base { return nil }
        // `MNLI (m)` would be metres.
        return both.map { halves.contains($0.lowercased()) ? "\(base)-\($0)" : "\(base) (\($0))" }
    }

    private static func areOfOne(_ both: [String]) -> Bool {
        both.allSatisfy(MetricKnowledge.isKnown)
            || both.allSatisfy { MetricKnowledge.splitWords.contains($0.lowercased()) }
            || both.allSatisfy { halves.contains($0.lowercased()) }
    }

    /// MNLI's two sets.
    private static let halves: Set<String> = ["m", "mm", "matched", "mismatched"]

    /// Gives `body` the table with two columns for each whose header names two and whose fields are all pairs; or, where
    /// there is none, with two rows for each that is so.
    static func split<Result>(_ table: CellTable, _ body: (CellTable, [Split]) throws -> Result) rethrows -> Result {
        let columns = splitColumns(table)
        let rows = columns.isEmpty ? splitRows(table) : [:]
        if columns.isEmpty, rows.isEmpty { return try body(table, []) }
        var sources: [(row: Int, half: Int)] = []
        for row in 0..<table.rowCount {
            sources.append((row, 0))
            if rows[row] != nil { sources.append((row, 1)) }
        }
        let splits =
            columns.sorted { $0.key < $1.key }.map(\.value.split) + rows.sorted { $0.key < $1.key }.map(\.value)
        return try table.made(of: sources.map(\.row)) { position in
            let (row, half) = sources[position]
            let texts = table.texts(row)
            if let split = rows[row] { return [split.names[half]] + texts.dropFirst().map { both($0)[half] } }
            return texts.enumerated().flatMap { column, text -> [String] in
                guard let (header, split) = columns[column] else { return [text] }
                return row < header ? [text, ""] : row == header ? split.names : both(text)
            }
        } _: {
            try body($0, splits)
        }
    }

    /// The two of a pair; what is none stands for both.
    private static func both(_ text: String) -> [String] { parts(of: text.trimmed) ?? [text, text] }

    private static func splitColumns(_ table: CellTable) -> [Int: (header: Int, split: Split)] {
        var found: [Int: (header: Int, split: Split)] = [:]
        for column in 0..<(table.rowCount > 1 ? table.fieldCount(0) : 0) {
            for header in 0..<min(2, table.rowCount - 1) {
                guard let written = table.text(header, column)?.trimmed, let names = names(in: written) else {
                    continue
                }
                let fields = ((header + 1)..<table.rowCount).lazy.compactMap { table.text($0, column) }
                if let example = example(of: fields) {
                    found[column] = (header, Split(written: written, names: names, example: example))
                }
                break
            }
        }
        return found
    }

    /// Tables with more rows are of results and not of datasets.
    private static let mostRows = 2000

    private static func splitRows(_ table: CellTable) -> [Int: Split] {
        guard table.rowCount <= mostRows else { return [:] }
        var found: [Int: Split] = [:]
        for row in 1..<max(1, table.rowCount) where table.fieldCount(row) > 2 {
            guard let written = table.text(row, 0)?.trimmed, let names = names(in: written),
                let example = example(of: (1..<table.fieldCount(row)).lazy.compactMap { table.text(row, $0) })
            else { continue }
            found[row] = Split(written: written, names: names, example: example)
        }
        return found
    }

    /// The first pair where all fields are pairs or say that there is no result.
    private static func example(of fields: some Sequence<String>) -> String? {
        var example: String?
        for text in fields where !ColumnTyping.isMissingResult(text) {
            guard parts(of: text.trimmed) != nil else { return nil }
            example = example ?? text.trimmed
        }
        return example
    }
}
