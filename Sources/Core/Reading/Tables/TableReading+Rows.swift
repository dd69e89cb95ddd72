import Support

/// Rows of a table that are no results: of runs that did not end, and of datasets that are the mean of others.
extension TableReading {
    /// Rows without those of runs that crashed, failed, were stopped or still go on, where a column tells how they
    /// ended, and without those of what is no result: spreads, counts and times beside what was measured.
    mutating func withoutUnfinished(
        _ rows: [Int], _ table: CellTable, _ header: TableHeader, _ file: Int32
    ) -> [Int] {
        if facts.source.hasLog { return rows }
        var rows = rows
        if let measures = MeasureColumn(table, header) {
            rows = rows.filter { row in
                guard measures.leavesOut(row, table) else { return true }
                facts.note(
                    .leftOut, "rows of spreads, counts and times, which are no results",
                    example: (table.text(row, measures.column) ?? "").trimmed,
                    at: .init(file: file, line: table.line(row)))
                return false
            }
        }
        guard let column = header.keys.indices.first(where: { isEnding($0, rows, table, header) }) else { return rows }
        let kept = rows.filter { Self.end($0, column, table) != .bad }
        if kept.isEmpty { return rows }
        for row in rows {
            let text = (table.text(row, column) ?? "").trimmed
            switch Self.end(row, column, table) {
            case .bad:
                facts.note(
                    .leftOut, "rows of runs that did not end well, by '\(header.names[column])'", example: text,
                    at: .init(file: file, line: table.line(row)))
            case .unknown:
                facts.note(
                    .noted,
                    "rows whose '\(header.names[column])' is not known: read as results of runs that ended well",
                    example: text, at: .init(file: file, line: table.line(row)))
            case .good, .missing: break
            }
        }
        return kept
    }

    /// Rows without the footnotes beneath a table.
    mutating func withoutNotes(_ rows: [Int], _ table: CellTable, _ header: TableHeader, _ file: Int32) -> [Int] {
        if facts.source.hasLog { return rows }
        let width = header.names.count
        return rows.filter { row in
            guard NoteRows.isNote(table, row, width: width), let text = table.text(row, 0)?.trimmed,
                !modelNames.contains(text)
            else { return true }
            facts.note(
                .leftOut, "rows that are notes on the table, and no results", example: String(text.prefix(80)),
                at: .init(file: file, line: table.line(row)))
            return false
        }
    }

    /// How a run ended.
    private enum End {
        case good, bad, unknown, missing
    }

    private static func end(_ row: Int, _ column: Int, _ table: CellTable) -> End {
        let text = (table.text(row, column) ?? "").trimmed.lowercased()
        if text.isEmpty { return .missing }
        func end(_ word: String) -> End {
            ended.contains(word) ? .good : unfinished.contains(word) ? .bad : .unknown
        }
        let whole = end(text.filter { $0.isLetter || $0.isNumber })
        if whole != .unknown { return whole }
        // Slurm's `CANCELLED by 1000`.
        return end(text.prefix { $0.isLetter || $0 == "_" || $0 == "-" }.filter(\.isLetter))
    }

    /// Whether a header may be that of a column which tells how runs ended: `state`, `job_status`.
    static func isOfEndings(_ key: String) -> Bool {
        var words = RecordsLayoutFinder.plainKey(key).split(separator: "_")
        guard let last = words.popLast(), last == "state" || last == "status" else { return false }
        return words.isEmpty
            || words.count == 1
                && ["run", "job", "trial", "task", "experiment", "pod", "exit", "final"].contains(words[0])
    }

    /// Whether a column tells how runs ended: by its header, and by a word for a good end or half of its words.
    private func isEnding(_ column: Int, _ rows: [Int], _ table: CellTable, _ header: TableHeader) -> Bool {
        guard Self.isOfEndings(header.keys[column]) else { return false }
        var words: [String: End] = [:]
        for row in rows {
            let text = (table.text(row, column) ?? "").trimmed.lowercased()
            // No column of ends has so many words for them.
            if words.count > 50 { return false }
            if words[text] == nil { words[text] = Self.end(row, column, table) }
        }
        let ends = words.values.filter { $0 != .missing }
        return ends.contains(.bad)
            && (ends.contains(.good) || ends.count { $0 == .bad } * 2 >= ends.count)
    }

    /// Rows of a wide table without those of earlier epochs or steps: the last of each name and run is the result.
    mutating func lastRows(
        _ rows: [Int], _ table: CellTable, _ header: TableHeader, _ wide: RecordsLayout.Wide, _ file: Int32
    ) -> [Int] {
        guard let step = wide.step else { return rows }
        let columns =
            [wide.names] + wide.parts + [wide.metric, wide.split].compactMap(\.self) + wide.configs + wide.runs
        return lastRows(rows, of: columns, step, results: wide.columns, table, header, file)
    }

    /// Rows without those of earlier epochs or steps of a run.
    ///
    /// - Parameters:
    ///   - columns: what is the same in all rows of a run.
    ///   - results: a row without any of them ends no run.
    mutating func lastRows(
        _ rows: [Int], of columns: [Int], _ step: Int, results: [Int], _ table: CellTable, _ header: TableHeader,
        _ file: Int32
    ) -> [Int] {
        func run(_ row: Int) -> [String] { columns.map { table.text(row, $0)?.trimmed ?? "" } }
        func hasResult(_ row: Int) -> Bool { results.contains { table.number(row, $0, comma: .decimal) != nil } }
        var last: [[String]: Double] = [:]
        for row in rows where hasResult(row) {
            guard let number = table.number(row, step)?.value else { continue }
            let key = run(row)
            last[key] = max(last[key] ?? number, number)
        }
        let kept = rows.filter { row in
            guard let number = table.number(row, step)?.value, let most = last[run(row)] else { return true }
            return number >= most
        }
        if kept.count < rows.count {
            facts.note(
                .leftOut, "rows of earlier epochs or steps of a run: its last is the result",
                example: "'\(header.names[step])'", at: .init(file: file, line: table.line(header.rowCount)),
                count: rows.count - kept.count)
        }
        return kept
    }

    /// Words for a good end, without what stands between their parts: of trackers, Slurm, Ray, MLflow, Kubernetes.
    private static let ended: Set<String> = [
        "finished", "finish", "complete", "completed", "success", "succeeded", "successful", "successfully", "done",
        "ok", "ended", "terminated", "closed", "published", "passed", "0", "exit0", "exited0",
    ]

    private static let unfinished: Set<String> = [
        "crashed", "crash", "crashloopbackoff", "failed", "fail", "failure", "bootfail", "nodefail", "launchfail",
        "killed", "oomkilled", "running", "inprogress", "started", "starting", "pending", "preempted", "preempting",
        "scheduled", "queued", "cancelled", "canceled", "cancel", "aborted", "abort", "interrupted", "stopped",
        "stopping", "timeout", "timedout", "timelimit", "deadline", "oom", "outofmemory", "error", "errored", "errors",
        "pruned", "waiting", "diverged", "nan", "incomplete", "unfinished", "paused", "suspended", "evicted",
        "revoked", "requeued", "requeuehold", "requeuefed", "resvdelhold", "specialexit", "signaling", "resizing",
        "stageout", "configuring", "completing", "terminating", "containercreating", "imagepullbackoff",
        "errimagepull", "notresponding", "preparing", "created", "submitted", "exit", "broken", "lost", "dead",
        "skipped", "notstarted", "todo", "exception",
    ]

    /// Whether a dataset is what sums up others, by its name, and no file of datasets has it.
    func isSummary(ofDatasets dataset: Name) -> Bool {
        let name = facts.names[dataset]
        return SummaryNames.isSummary(name)
            || SummaryNames.isSummaryOfDatasets(name) && !datasetNames.contains(name) && !facts.source.hasLog
    }

    /// The most rows of a long table that are looked through for datasets which are the mean of all others.
    private static let mostRows = 100_000

    /// The datasets of a long table that are the mean or the sum of all others for each of three models at least, and which.
    ///
    /// - Complexity: O(rows + datasets² · models).
    mutating func meansOfOthers(
        _ table: CellTable, _ long: RecordsLayout.Long, _ rows: [Int], _ comma: ReadingOptions.Comma?
    ) -> [Name: String] {
        guard let score = long.scores.first, rows.count <= Self.mostRows, !facts.source.hasLog else { return [:] }
        func group(_ row: Int) -> [String] {
            ([long.metric, long.split].compactMap(\.self) + long.configs).map { table.text(row, $0)?.trimmed ?? "" }
        }
        guard let first = rows.first.map(group) else { return [:] }
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
                if order.count > 200 { return [:] }
            }
            let text = table.text(row, score.column) ?? ""
            cells.append(
                (
                    datasets[dataset] ?? 0, models[model] ?? models.count, number.value,
                    0.500001 * MeanColumns.lastDigit(text)
                ))
            if models[model] == nil { models[model] = models.count }
        }
        guard order.count >= 4, models.count >= 3, order.count * models.count <= 2_000_000 else { return [:] }
        let empty = [Double](repeating: .nan, count: models.count)
        var values = [[Double]](repeating: empty, count: order.count)
        var tolerance = values
        for cell in cells {
            // Runs of one model make no mean of datasets.
            guard values[cell.dataset][cell.model].isNaN else { return [:] }
            values[cell.dataset][cell.model] = cell.value
            tolerance[cell.dataset][cell.model] = cell.tolerance
        }
        return Dictionary(
            uniqueKeysWithValues: MeanColumns.totals(of: values, tolerance).map { (order[$0.key], $0.value) })
    }
}
