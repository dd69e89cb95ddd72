import Support

/// The header of a table: one row of names, or up to three above one another.
struct TableHeader {
    /// The columns' names; of several rows the last where it tells them apart, else those above before it.
    let names: [String]
    /// ``names`` in small letters with `_` between the words.
    let keys: [String]
    /// What the rows above the last say, by column: the group a column stands in.
    let groups: [String?]
    /// The metric of each column, where a row of the header names one for each.
    let metrics: [String?]
    /// What stands in the first column of its rows, from the top: of several rows it says what each of them names.
    let labels: [String]
    /// How many rows it takes.
    let rowCount: Int
    /// Texts above it that name no column.
    let captions: [String]
    /// Columns of how far the results beside them spread, or of how many they are the mean.
    let spreads: Set<Int>
    /// Columns of how many results are behind the one beside them.
    let counts: Set<Int>
    /// ``names`` as they stand in the file, where a mean, or a result with its spread, is called as what it is of.
    let written: [String]

    /// - Parameters:
    ///   - mayBeSeveral: whether more than one row is looked for.
    ///   - isOfResults: whether means, spreads and counts of one result are told apart.
    init(_ table: CellTable, mayBeSeveral: Bool, isOfResults: Bool = false) throws(TableError) {
        guard table.rowCount > 0 else { throw .content(.empty, file: table.file, line: nil) }
        let isAggregated =
            isOfResults && table.rowCount > 2 && AggregateColumns.areStatistics(table.texts(1))
        let total = mayBeSeveral || isAggregated ? max(Self.headerRows(table), isAggregated ? 2 : 1) : 1
        var texts = (0..<total).map { table.texts($0).map { AggregateColumns.plain(LaTeXText.plain($0.trimmed)) } }
        // A row of arrows, or of words for them, says which way is better.
        var directions: [Int: Bool] = [:]
        if isOfResults, let row = texts.indices.first(where: { $0 > 0 && Self.areDirections(texts[$0]) }) {
            directions = Self.directions(texts.remove(at: row))
        }
        // A row of `mean,std,count` says what each column is of its group.
        var statistics: [Int: String] = [:]
        // pandas' `pivot_table(aggfunc=[…])` has it above the names.
        if isOfResults, texts.count > 1, AggregateColumns.areStatistics(texts[0]), Set(texts[0]).count < texts[0].count
        {
            texts.append(Self.filled(texts.removeFirst(), table.fieldCount(0)).map { $0 ?? "" })
            statistics = AggregateColumns.take(statisticsAboveNames: &texts)
        } else if isOfResults,
            let row = texts.indices.first(where: { $0 > 0 && AggregateColumns.areStatistics(texts[$0]) })
        {
            statistics = AggregateColumns.take(row, of: &texts)
        }
        let count = texts.count
        func text(_ row: Int, _ column: Int) -> String { column < texts[row].count ? texts[row][column] : "" }
        labels = (0..<count).map { text($0, 0) }
        let last = (0..<count).last { row in texts[row].dropFirst().contains { !$0.isEmpty } } ?? 0
        var names = texts[last]
        var groups = [String?](repeating: nil, count: names.count)
        var metrics = groups
        if count > 1 {
            let width = texts.map(\.count).max() ?? 0
            names += [String](repeating: "", count: width - names.count)
            groups = [String?](repeating: nil, count: width)
            metrics = groups
            // A row below that has names in the first columns only names the index.
            for row in (0..<count) where row != last {
                for column in names.indices {
                    let text = text(row, column)
                    // pandas names the levels of its columns in the first column, and the index in a row below.
                    if names[column].isEmpty || row > last && column == 0 && !text.isEmpty { names[column] = text }
                }
            }
            var above = (0..<last).map { Self.filled(texts[$0], width) }
            let own = names
            let ownMetrics = own.indices.filter { Self.isMetric(own[$0]) }
            if let upper = above.last, ownMetrics.count * 2 > width, ownMetrics.count >= 2 {
                for column in names.indices {
                    metrics[column] = Self.isMetric(own[column]) && upper[column] != nil ? own[column] : nil
                    if metrics[column] != nil { names[column] = upper[column] ?? own[column] }
                }
                above.removeLast()
            } else if let upper = above.last, Self.areMetrics(upper) {
                // A row of metrics above the datasets' names.
                for column in names.indices {
                    metrics[column] = upper[column].map { MetricKnowledge.metric(inGroup: $0) ?? $0 }
                }
                above.removeLast()
            } else {
                // A group that says its metric or direction: `Speech (WER ↓)`.
                for row in above.reversed() {
                    for column in names.indices where metrics[column] == nil {
                        guard let group = row[column], let told = MetricKnowledge.metric(inGroup: group) else {
                            continue
                        }
                        metrics[column] = told
                    }
                }
            }
            for row in above.indices.reversed() {
                for column in names.indices {
                    guard let group = above[row][column], group != names[column] else { continue }
                    groups[column] = groups[column].map { "\(group)/\($0)" } ?? group
                }
            }
            // A name that stands twice needs its group.
            var counts: [String: Int] = [:]
            for column in names.indices { counts["\(names[column])\u{0}\(metrics[column] ?? "")", default: 0] += 1 }
            for column in names.indices where counts["\(names[column])\u{0}\(metrics[column] ?? "")"] ?? 0 > 1 {
                if let group = groups[column] { names[column] = "\(group)/\(names[column])" }
            }
        }
        if count == 2, total == 2, last == 1, let upper = Self.namesAbove(units: table) {
            // A row of units below the names: `speed` over `img/s`, `pets` over `%`.
            for column in names.indices {
                let unit = column < table.fieldCount(1) ? (table.text(1, column) ?? "").trimmed : ""
                guard column < upper.count, !upper[column].isEmpty else { continue }
                names[column] = unit.isEmpty ? upper[column] : "\(upper[column]) (\(unit))"
                groups[column] = nil
                metrics[column] = nil
            }
        }
        for (column, isHigher) in directions where metrics.indices.contains(column) && metrics[column] == nil {
            metrics[column] = isHigher ? "score ↑" : "score (lower is better)"
        }
        captions = (0..<last).compactMap { row in
            let texts = texts[row].filter { !$0.isEmpty }
            return texts.count == 1 && !names.contains(texts[0]) && !groups.contains(texts[0]) ? texts[0] : nil
        }
        if table.hasTuples {
            // What pandas wrote as pairs: which of them are models is told by what they are like.
            let lean = { (column: Int) in
                FamiliarNames.lean(
                    Set((total..<min(table.rowCount, total + 200)).compactMap { table.text($0, column) }))
            }
            let isSecond = lean(1) > lean(0)
            for column in 0..<min(2, names.count) where names[column].isEmpty {
                names[column] = (column == 1) == isSecond ? "model" : "dataset"
            }
        }
        written = names
        if isOfResults {
            for column in names.indices {
                guard let plain = MetricKnowledge.withoutSpread(names[column]), !names.contains(plain),
                    Self.holdsSpreads(table, column, from: total)
                else { continue }
                names[column] = plain
            }
        }
        let aggregates = AggregateColumns(names: &names, statistics: statistics, isOfResults: isOfResults)
        spreads = aggregates.spreads
        counts = aggregates.counts
        // Spreads that stand behind each result under one name say nothing of their own.
        for column in names.indices where MetricKnowledge.isSpread(names[column]) {
            if names.firstIndex(of: names[column]) != column { names[column] += " (column \(column + 1))" }
        }
        var seen: Set<String> = []
        for column in names.indices where !names[column].isEmpty {
            let isNew = seen.insert("\(names[column])\u{0}\(metrics[column] ?? "")").inserted
            if !isNew { throw .content(.repeatedColumn(names[column]), file: table.file, line: table.line(last)) }
        }
        self.names = names
        keys = names.map(AttributeKnowledge.key)
        self.groups = groups
        self.metrics = metrics
        rowCount = total
    }

    /// Whether most fields of a column are a number with its spread or interval: `0.91 (0.88-0.94)`, `91.2 ± 0.3`.
    private static func holdsSpreads(_ table: CellTable, _ column: Int, from first: Int) -> Bool {
        let texts = (first..<min(table.rowCount, first + 40)).compactMap { table.text($0, column)?.trimmed }
            .filter { !ColumnTyping.isMissingResult($0) }
        let withSpread = texts.count { text in
            WrittenNumber(text, comma: .decimal) != nil
                && text.dropFirst().contains { "±([".contains($0) } || text.contains("+/-")
        }
        return withSpread * 2 > texts.count
    }

    /// The first row's names where the second holds nothing but units.
    private static func namesAbove(units table: CellTable) -> [String]? {
        let below = table.texts(1).map { $0.trimmed.lowercased() }.filter { !$0.isEmpty }
        guard !below.isEmpty, below.allSatisfy({ $0 == "%" || FactNames.units.contains($0) }) else {
            return nil
        }
        let names = table.texts(0).map(\.trimmed)
        return Set(names).count == names.count ? names : nil
    }

    /// Whether a row below the names holds nothing but directions: arrows, `lower`, or truths below `higher is better`.
    private static func areDirections(_ texts: [String]) -> Bool {
        let told = texts.dropFirst().filter { !$0.isEmpty }
        guard let label = texts.first, told.count >= 2 else { return false }
        let isOfTruths =
            MetricKnowledge.saidDirection(label) != nil || label.lowercased().hasPrefix("maximi")
            || label.lowercased().hasPrefix("minimi")
        return told.allSatisfy { text in
            Facts.Value.direction(of: text) != nil && (isOfTruths || Facts.Value.truth(of: text) == nil)
        }
    }

    /// What a row of directions says, by column.
    private static func directions(_ texts: [String]) -> [Int: Bool] {
        let label = texts.first ?? ""
        let isTurned = MetricKnowledge.saidDirection(label) == false || label.lowercased().hasPrefix("minimi")
        var found: [Int: Bool] = [:]
        for (column, text) in texts.enumerated().dropFirst() {
            guard let told = Facts.Value.direction(of: text) else { continue }
            // `lower is better: True`
            found[column] = isTurned && Facts.Value.truth(of: text) != nil ? !told : told
        }
        return found
    }

    /// Whether a row above the names holds metrics and nothing else.
    private static func areMetrics(_ row: [String?]) -> Bool {
        let texts = row.compactMap(\.self).filter { !$0.isEmpty }
        return texts.count >= 2 && texts.allSatisfy { MetricKnowledge.isHeader($0) }
    }

    private static func isMetric(_ name: String) -> Bool {
        MetricKnowledge.isKnown(name)
    }

    /// A row in which a merged cell stands once, with its text in all of its columns.
    private static func filled(_ texts: [String], _ width: Int) -> [String?] {
        var last: String?
        return (0..<width).map { column in
            let text = column < texts.count ? texts[column].trimmed : ""
            if column == 0 { return nil }
            if !text.isEmpty { last = text }
            return last
        }
    }

    /// How many rows stand above the numbers: those that have none in columns which are numbers from there on.
    private static func headerRows(_ table: CellTable) -> Int {
        let sample = min(table.rowCount, 40)
        guard sample >= 3 else { return 1 }
        let width = (0..<sample).map { table.fieldCount($0) }.max() ?? 0
        guard width >= 3 else { return 1 }
        let below = min(4, sample - 1)
        let numeric = (0..<width).filter { column in
            let rows = below..<sample
            let numbers = rows.count { table.number($0, column) != nil }
            return numbers * 2 > rows.count
        }
        guard numeric.count >= 2, numeric.count * 2 >= width - 1 else { return 1 }
        let first = table.texts(0).dropFirst().map(\.trimmed)
        let isWhole = Set(first).count == first.count && !first.contains("")
        var count = 1
        while count < 3, count < below {
            let row = count
            // A row that says something of models, which stand across: `Type,CNN,ViT`.
            let texts = table.texts(row).map(\.trimmed)
            if isWhole, let name = texts.first,
                FactNames.isFactOfModels(name, texts: Array(texts.dropFirst()))
            {
                break
            }
            let hasNumber = numeric.contains { table.number(row, $0) != nil }
            let isMissing = numeric.allSatisfy { column in
                let text = (table.text(row, column) ?? "").trimmed
                return !text.isEmpty && ColumnTyping.isMissing(text)
            }
            if hasNumber || isMissing { break }
            // A row of nothing but its first cell may name the index, as pandas writes it; else it is data.
            let isBlank = numeric.allSatisfy { (table.text(row, $0) ?? "").trimmed.isEmpty }
            if isBlank, count == 1, !(0..<1).contains(where: { table.texts($0).first?.trimmed.isEmpty ?? true }) {
                break
            }
            count += 1
        }
        return count
    }
}
