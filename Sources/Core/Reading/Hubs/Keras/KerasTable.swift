import Support

/// A table of Keras Applications.
struct KerasTable {
    struct Row {
        let model: String
        let results: [(metric: String, written: String)]
        let facts: [(attribute: String, value: Double)]
        let line: Int
    }

    let rows: [Row]
    /// Whether it is the table of keras.io, which has a column for the parameters.
    let isCurrent: Bool
    /// Whether it lists errors: the top-1 errors are larger than the top-5 ones, which no accuracies are.
    let hasErrors: Bool
    /// Rows with more fields than the header.
    let tooLong: [HubTable.Row]

    /// `nil` where the columns are not those of such a table.
    init?(_ table: HubTable) {
        let names = table.header.map { $0.lowercased() }
        func column(_ part: String) -> Int? { names.firstIndex { $0.hasPrefix(part) } }
        guard let top1 = column("top-1"), let top5 = column("top-5"), let size = column("size"),
            let model = column("model") ?? (names.first == "" ? 0 : nil)
        else { return nil }
        let parameters = column("parameters")
        guard parameters != nil || column("stem") != nil || column("input") != nil else { return nil }
        isCurrent = parameters != nil
        tooLong = table.rows.filter { table.isTooLong($0) }
        let pairs = table.rows.filter { !table.isTooLong($0) }.compactMap { row -> (Double, Double)? in
            func number(_ column: Int) -> Double? {
                WrittenNumber(MarkdownText.plain(table.text(row, column) ?? ""))?.value
            }
            guard let first = number(top1), let fifth = number(top5) else { return nil }
            return (first, fifth)
        }
        hasErrors = pairs.contains { $0.0 > $0.1 } && pairs.allSatisfy { $0.0 >= $0.1 }
        rows = table.rows.filter { !table.isTooLong($0) }.compactMap { row in
            guard let name = table.text(row, model).map(MarkdownText.plain), !name.isEmpty else { return nil }
            var facts: [(String, Double)] = []
            func add(_ attribute: String, _ column: Int?) {
                guard let text = table.text(row, column),
                    let number = WrittenNumber(MarkdownText.plain(text), comma: .thousands, allowsMagnitude: true)
                else { return }
                facts.append((attribute, number.value.rounded(to: 1e-3)))
            }
            // Without a column of their own, the size counts the parameters.
            add("parameters", parameters ?? size)
            if parameters != nil { add("size_mb", size) }
            add("input_size", column("input"))
            add("depth", column("depth"))
            add("stem_parameters", column("stem"))
            add("cpu_ms", names.firstIndex { $0.contains("(cpu)") })
            add("gpu_ms", names.firstIndex { $0.contains("(gpu)") })
            let results = [(table.header[top1], top1), (table.header[top5], top5)].map { name, column in
                (name, MarkdownText.plain(table.text(row, column) ?? ""))
            }
            return Row(model: name, results: results, facts: facts, line: row.line)
        }
    }
}

extension Double {
    /// To a whole multiple of `unit`: `22.9M` is 22900000 and not 22899999.999999996.
    fileprivate func rounded(to unit: Double) -> Double { (self / unit).rounded() * unit }
}
