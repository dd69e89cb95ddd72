import Support

/// A row below a wide table's header, or at its end, that says what each column's results are: `metric,acc,wer,rmse`,
/// `direction,max,min,min`.
struct MeaningRow {
    /// What it says, as a table of datasets would call it.
    let attribute: String
    let texts: [String]
    let line: Int

    /// Takes such rows out of a table whose first column names models.
    static func take(from table: inout CellTable) -> [MeaningRow] {
        guard table.rowCount >= 3, table.rowCount <= 20_000, table.fieldCount(0) >= 2 else { return [] }
        let whole = table
        let corner = AttributeKnowledge.key((whole.text(0, 0) ?? "").trimmed)
        guard corner.isEmpty || TableRole.model.headers.contains(corner) || corner == "name" else { return [] }
        var found: [Int: MeaningRow] = [:]
        for row in 1..<whole.rowCount {
            guard let attribute = attribute(AttributeKnowledge.key((whole.text(row, 0) ?? "").trimmed)) else {
                continue
            }
            let texts = whole.texts(row).map(\.trimmed)
            let said = texts.dropFirst().filter { !ColumnTyping.isMissing($0) }
            // The header reads a row of metrics that stands below it.
            if attribute == "metric" && row == 1 || said.isEmpty || !said.allSatisfy({ says(attribute, $0) }) {
                continue
            }
            found[row] = MeaningRow(attribute: attribute, texts: texts, line: whole.line(row))
        }
        guard !found.isEmpty, found.count <= 3, found.count + 1 < whole.rowCount else { return [] }
        table.keep { found[$0] == nil }
        return found.sorted { $0.key < $1.key }.map(\.value)
    }

    private static func attribute(_ key: String) -> String? {
        switch key {
        case "metric", "metrics", "metric_name", "measure", "eval_metric": "metric"
        case "direction", "directions", "higher_is_better", "greater_is_better", "goal": "higher_is_better"
        case "lower_is_better": "lower_is_better"
        default: nil
        }
    }

    private static func says(_ attribute: String, _ text: String) -> Bool {
        switch attribute {
        case "metric": MetricKnowledge.isHeader(text)
        case "higher_is_better": Facts.Value.direction(of: text) != nil
        default: Facts.Value.truth(of: text) != nil
        }
    }
}
