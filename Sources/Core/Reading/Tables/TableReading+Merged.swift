import Support

/// Cells that were merged in a spreadsheet: a name stands in the first row of a block, and nothing below it.
extension TableReading {
    /// By row: the row above whose name it has.
    mutating func mergedRows(
        _ table: CellTable, _ header: TableHeader, _ long: RecordsLayout.Long, _ rows: [Int], _ file: Int32
    ) -> (models: [Int: Int], datasets: [Int: Int]) {
        if facts.source.hasLog || long.models.count > 1 { return ([:], [:]) }
        let model = long.models[0]
        let others = [long.metric, long.split].compactMap(\.self) + long.configs
        let models = blocks(table, rows, of: model, apart: [long.dataset] + others)
        let datasets = models.isEmpty ? blocks(table, rows, of: long.dataset, apart: [model] + others) : [:]
        for (column, found) in [(model, models), (long.dataset, datasets)] {
            guard let first = found.keys.min() else { continue }
            facts.note(
                .repaired, "merged cells: rows without a name have that of the row above",
                example: "'\(header.names[column])'", at: .init(file: file, line: table.line(first)), count: found.count
            )
        }
        return (models, datasets)
    }

    /// The rows of blocks whose first has a name and all others none: no block is of one row, and no two rows of one are the
    /// same in the other columns.
    private func blocks(_ table: CellTable, _ rows: [Int], of column: Int, apart others: [Int]) -> [Int: Int] {
        func isBlank(_ row: Int) -> Bool { (table.text(row, column) ?? "").trimmed.isEmpty }
        // Most tables have a name in their second row.
        guard rows.count >= 4, !isBlank(rows[0]), isBlank(rows[1]) else { return [:] }
        var found: [Int: Int] = [:]
        var seen: Set<[String]> = []
        var top = rows[0]
        var size = 0
        var count = 0
        for row in rows {
            if isBlank(row) {
                found[row] = top
                size += 1
            } else {
                if size == 1 { return [:] }
                (top, size) = (row, 1)
                count += 1
            }
            let key = [(table.text(top, column) ?? "").trimmed] + others.map { (table.text(row, $0) ?? "").trimmed }
            guard key[1] != "", seen.insert(key).inserted else { return [:] }
        }
        return size > 1 && count > 1 ? found : [:]
    }
}
