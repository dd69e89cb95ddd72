import Support

/// Rows of a table that are no results: of runs that did not end, and of datasets that are the mean of others.
extension TableReading {
    /// Rows without those of runs that crashed, failed, were stopped or still go on, where a column tells how they ended.
    mutating func withoutUnfinished(
        _ rows: [Int], _ table: CellTable, _ header: TableHeader, _ file: Int32
    ) -> [Int] {
        if facts.source.hasLog { return rows }
        let column = header.keys.indices.first { column in
            guard
                ["state", "status", "run_state", "run_status", "job_state", "job_status"].contains(header.keys[column])
            else { return false }
            var ended = 0
            for row in rows {
                guard let text = table.text(row, column)?.trimmed.lowercased(), !text.isEmpty else { continue }
                if Self.ended.contains(text) { ended += 1 } else if !Self.unfinished.contains(text) { return false }
            }
            return ended > 0
        }
        guard let column else { return rows }
        return rows.filter { row in
            let text = table.text(row, column)?.trimmed.lowercased() ?? ""
            guard Self.unfinished.contains(text) else { return true }
            facts.note(
                .leftOut, "rows of runs that did not end well, by '\(header.names[column])'", example: text,
                at: .init(file: file, line: table.line(row)))
            return false
        }
    }

    private static let ended: Set<String> = [
        "finished", "finish", "complete", "completed", "success", "succeeded", "successful", "done", "ok", "ended",
    ]

    private static let unfinished: Set<String> = [
        "crashed", "crash", "failed", "fail", "failure", "killed", "running", "pending", "preempted", "preempting",
        "scheduled", "queued", "cancelled", "canceled", "aborted", "interrupted", "stopped", "timeout", "oom", "error",
        "errored", "pruned", "waiting", "diverged", "incomplete",
    ]

    /// Whether a dataset is what sums up others, by its name, and no file of datasets has it.
    func isSummary(ofDatasets dataset: Name) -> Bool {
        let name = facts.names[dataset]
        return SummaryNames.isSummary(name)
            || SummaryNames.isSummaryOfDatasets(name) && !datasetNames.contains(name) && !facts.source.hasLog
    }

    /// The most rows of a long table that are looked through for datasets which are the mean of all others.
    private static let mostRows = 100_000

    /// The datasets of a long table that are the mean of all others for each of three models at least.
    ///
    /// - Complexity: O(rows + datasets² · models).
    mutating func meansOfOthers(
        _ table: CellTable, _ long: RecordsLayout.Long, _ rows: [Int], _ comma: ReadingOptions.Comma?
    ) -> Set<Name> {
        guard let score = long.scores.first, rows.count <= Self.mostRows, !facts.source.hasLog else { return [] }
        func group(_ row: Int) -> [String] {
            ([long.metric, long.split].compactMap(\.self) + long.configs).map { table.text(row, $0)?.trimmed ?? "" }
        }
        guard let first = rows.first.map(group) else { return [] }
        var models: [Name: Int] = [:]
        var datasets: [Name: Int] = [:]
        var order: [Name] = []
        var cells: [(dataset: Int, model: Int, value: Double, tolerance: Double)] = []
        for row in rows {
            guard let number = table.number(row, score.column, comma: comma) else { continue }
            if !first.isEmpty, group(row) != first { continue }
            let (model, dataset) = (modelName(table, row, long.models), table.name(row, long.dataset, in: &facts.names))
            if model.isNone || dataset.isNone || datasetNames.contains(facts.names[dataset])
                || isSummary(ofDatasets: dataset)
            {
                continue
            }
            if datasets[dataset] == nil {
                datasets[dataset] = order.count
                order.append(dataset)
                if order.count > 200 { return [] }
            }
            let text = table.text(row, score.column) ?? ""
            cells.append(
                (
                    datasets[dataset] ?? 0, models[model] ?? models.count, number.value,
                    0.500001 * MeanColumns.lastDigit(text)
                ))
            if models[model] == nil { models[model] = models.count }
        }
        guard order.count >= 4, models.count >= 3, order.count * models.count <= 2_000_000 else { return [] }
        let empty = [Double](repeating: .nan, count: models.count)
        var values = [[Double]](repeating: empty, count: order.count)
        var tolerance = values
        for cell in cells {
            // Runs of one model make no mean of datasets.
            guard values[cell.dataset][cell.model].isNaN else { return [] }
            values[cell.dataset][cell.model] = cell.value
            tolerance[cell.dataset][cell.model] = cell.tolerance
        }
        return Set(MeanColumns.means(of: values, tolerance).map { order[$0] })
    }
}
