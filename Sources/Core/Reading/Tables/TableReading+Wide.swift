import Support

/// Tables with a row a model (or a dataset) and a column for each of the others.
extension TableReading {
    mutating func readWide(
        _ table: CellTable, _ header: TableHeader, _ wide: RecordsLayout.Wide, _ all: [Int], _ file: Int32
    ) throws {
        let aboutModels = Set(wide.facts)
        let modelColumns = [wide.names] + wide.parts
        var rows: [Int] = []
        func mayBeSigned(_ row: Int) -> Bool {
            let first = wide.columns.first { !table.isEmpty(row, $0) }
            return first.flatMap { table.text(row, $0)?.trimmed.first }.map { "+-−–0".contains($0) } ?? false
        }
        func texts(_ row: Int) -> [String] { wide.columns.map { table.text(row, $0) ?? "" } }
        let candidates = lastRows(all, table, header, wide, file).filter { !aboutModels.contains($0) }
        // Signs stand where differences are, and a few rows tell.
        let hasUnsigned = candidates.prefix(2000).contains { NoteRows.isUnsigned(texts($0)) }
        for row in candidates {
            let name = (table.text(row, wide.names) ?? "").trimmed
            if !facts.source.hasLog, !modelNames.contains(name), !datasetNames.contains(name),
                NoteRows.isCalledCount(name)
                    || mayBeSigned(row) && NoteRows.isDifferences(texts(row), label: name, besideUnsigned: hasUnsigned)
                    || NoteRows.isCalledDifference(name) && areSmall(row, among: candidates, table, wide)
            {
                facts.note(
                    .leftOut, "rows of differences from others, of p-values and of counts, which are no results",
                    example: name, at: .init(file: file, line: table.line(row)))
                continue
            }
            if SummaryNames.isSummary(name) || SummaryNames.isMargin(name), !modelNames.contains(name),
                !datasetNames.contains(name)
            {
                facts.note(
                    .leftOut, "rows that sum up others, by their name", example: name,
                    at: .init(file: file, line: table.line(row)))
            } else {
                rows.append(row)
            }
        }
        if rows.isEmpty { throw TableError.content(.noRows, file: table.file, line: table.line(0)) }
        rows = withoutTotals(rows, table, wide, file)
        let commas = try wide.columns.map { try comma(table, header.names[$0], $0, rows) }
        let parts =
            wide.isTransposed || wide.columns.contains { header.metrics[$0] != nil }
            ? [:] : parts(wide.columns.map { ($0, header.names[$0], table.line(0)) }, "columns", file)
        let rowParts =
            wide.isTransposed
            ? self.parts(rows.map { ($0, (table.text($0, wide.names) ?? "").trimmed, table.line($0)) }, "rows", file)
            : [:]
        let runs = wide.isTransposed ? [:] : runs(wide.columns.map { ($0, parts[$0]?.name ?? header.names[$0]) }, file)
        let columns = wide.columns.map { facts.names.intern(runs[$0] ?? parts[$0]?.name ?? header.names[$0]) }
        for name in columns { callPlainly(wide.isTransposed ? .model : .dataset, name, file, table.line(0)) }
        // `Top-1 error` in the corner of the table is what all its numbers are.
        let corner = header.names[wide.names]
        let cornerMetric =
            !corner.isEmpty && (MetricKnowledge.isKnown(corner) || MetricKnowledge.error(inColumn: corner) != nil)
            ? corner : nil
        if let cornerMetric {
            facts.note(
                .noted, "the metric of all results stands in the table's corner", example: cornerMetric,
                at: .init(file: file, line: table.line(0)))
        } else if let metric = wide.metricOfMean {
            facts.note(
                .noted, "the metric of all results that name none stands in the name of their mean", example: metric,
                at: .init(file: file, line: table.line(0)))
        }
        let metricOfAll = cornerMetric ?? wide.metricOfMean
        var errors = wide.columns.map { column -> String? in
            let name = header.names[column]
            if let metric = parts[column]?.metric { return metric }
            if datasetNames.contains(name) { return metricOfAll }
            return error(inName: name) ?? (MetricKnowledge.isKnown(name) ? name : metricOfAll)
        }
        if errors.allSatisfy({ $0 == nil }), wide.columns.allSatisfy({ header.metrics[$0] == nil }), rowParts.isEmpty,
            wide.metric == nil, wide.higherIsBetter == nil, wide.lowerIsBetter == nil,
            !wide.attributes.contains(where: { Self.meanings.contains(header.keys[$0]) }),
            let metric = metric(ofFile: table.file, file)
        {
            errors = errors.map { _ in metric }
        }
        let metrics = zip(wide.columns, errors).map { facts.names.intern(header.metrics[$0] ?? $1) }
        let splits = wide.columns.map { facts.names.intern(parts[$0]?.split) }
        let percents = wide.columns.map { isInPercent(table, header.names[$0], $0, rows) }
        for (column, error) in zip(wide.columns, errors) {
            guard let error, header.metrics[column] == nil, parts[column] == nil,
                MetricKnowledge.error(inColumn: header.names[column]) == error
            else { continue }
            facts.note(
                .noted, "columns that say that they hold errors: lower is better",
                example: "'\(header.names[column])': \(error)", at: .init(file: file, line: table.line(0)))
        }
        describe(table, header, wide, rows, file, calling: rowParts.mapValues(\.name))
        for row in wide.facts { describe(table, wide, row, columns, file) }
        let baselines = wide.isTransposed ? Set(columns.filter(isNoModel)) : []
        for name in baselines.sorted() { noteNoModel(name, file, table.line(0)) }
        for (position, row) in rows.enumerated() {
            if position & 0xff == 0 {
                try work.check()
                work.report("Reading \(table.file)", Double(position) / Double(rows.count))
            }
            let name = modelName(table, row, modelColumns)
            let line = Int32(clamping: table.line(row))
            if name.isNone {
                facts.note(
                    .leftOut, "rows of \(table.file) without a name", at: .init(file: file, line: Int(line)))
                continue
            }
            if !wide.isTransposed, isNoModel(name) {
                noteNoModel(name, file, Int(line))
                continue
            }
            callPlainly(wide.isTransposed ? .dataset : .model, name, file, Int(line))
            // A row whose name is made of a dataset and its metric: `CoLA (MCC)`.
            let own = rowParts[row]
            let rowName = own.map { facts.names.intern($0.name) } ?? name
            let rowMetric = facts.names.intern(
                !wide.isTransposed ? nil : own?.metric ?? error(inName: facts.names[name]))
            let rowSplit = facts.names.intern(own?.split)
            let isRowInPercent = wide.isTransposed && MetricKnowledge.saysPercent(facts.names[name])
            let (direction, scale) = meaning(
                table, row, higher: wide.higherIsBetter ?? -1, lower: wide.lowerIsBetter ?? -1, scale: wide.scale ?? -1,
                file)
            let metric = wide.metric.map { table.name(row, $0, in: &facts.names) } ?? .none
            let split = wide.split.map { table.name(row, $0, in: &facts.names) } ?? .none
            let config = modelName(table, row, wide.configs, separator: ", ")
            for (index, column) in wide.columns.enumerated() {
                if baselines.contains(columns[index]) { continue }
                let number = table.number(row, column, comma: commas[index])
                facts.measurements.append(
                    .init(
                        model: wide.isTransposed ? columns[index] : name,
                        dataset: wide.isTransposed ? rowName : columns[index],
                        config: config,
                        split: !split.isNone ? split : rowSplit.isNone ? splits[index] : rowSplit,
                        metric: !metric.isNone ? metric : rowMetric.isNone ? metrics[index] : rowMetric,
                        value: number?.value ?? .nan,
                        written: number?.isShortest == true ? .none : writtenName(table, row, column),
                        scale: number?.isPercent == true || percents[index] || isRowInPercent ? .percent : scale,
                        higherIsBetter: direction,
                        file: file, line: line))
            }
        }
        if wide.isTransposed { return }
        for (index, column) in wide.columns.enumerated() {
            guard let group = header.groups[column] else { continue }
            facts.state(
                .dataset, columns[index], facts.names.intern("group"), .category(group),
                at: .init(file: file, line: table.line(0)))
        }
    }

    /// Rows of datasets without those that are the mean or the sum of all others by arithmetic.
    private mutating func withoutTotals(
        _ rows: [Int], _ table: CellTable, _ wide: RecordsLayout.Wide, _ file: Int32
    ) -> [Int] {
        let names = rows.map { (table.text($0, wide.names) ?? "").trimmed }
        guard wide.isTransposed, !facts.source.hasLog, (4...200).contains(rows.count), wide.columns.count >= 3,
            Set(names).count == names.count
        else { return rows }
        let values = rows.map { row in
            wide.columns.map {
                (table.number(row, $0) ?? table.number(row, $0, comma: .decimal))?.value ?? .nan
            }
        }
        let tolerance = rows.map { row in
            wide.columns.map { 0.500001 * MeanColumns.lastDigit(table.text(row, $0) ?? "") }
        }
        let totals = MeanColumns.totals(of: values, tolerance).filter { !datasetNames.contains(names[$0.key]) }
        for (position, what) in totals.sorted(by: { $0.key < $1.key }) {
            facts.note(
                .leftOut, "rows that are the \(what) of all others, by their numbers", example: names[position],
                at: .init(file: file, line: table.line(rows[position])))
        }
        return rows.indices.filter { totals[$0] == nil }.map { rows[$0] }
    }

    /// Whether a row's numbers are all far smaller than those of most rows, as differences are.
    private func areSmall(
        _ row: Int, among rows: [Int], _ table: CellTable, _ wide: RecordsLayout.Wide
    ) -> Bool {
        wide.columns.allSatisfy { column in
            guard let own = table.number(row, column, comma: .decimal)?.value else { return true }
            let others = rows.prefix(200).compactMap {
                $0 == row ? nil : table.number($0, column, comma: .decimal)?.value
            }
            return others.count { abs($0) > 2 * abs(own) } * 2 > others.count
        }
    }

    /// What a column's name is made of: a dataset (or model), and a metric or a split.
    private struct ColumnParts {
        var name: String
        var metric: String?
        var split: String?
    }

    /// The parts of the names of a table's datasets where they are made of several: each of a dataset and a metric, one that
    /// sets its metric apart by brackets or a dash, or some dataset with two metrics or two splits.
    private mutating func parts(
        _ labels: [(key: Int, name: String, line: Int)], _ what: String, _ file: Int32
    ) -> [Int: ColumnParts] {
        if labels.contains(where: { datasetNames.contains($0.name) }) { return [:] }
        var found: [Int: ColumnParts] = [:]
        var withArrows: Set<Int> = []
        let evaluations = EvaluationColumns.parts(of: labels.map(\.name))
        for (key, name, _) in labels {
            if let told = evaluations[name] {
                found[key] = ColumnParts(name: told.dataset, metric: told.metric, split: told.split)
            } else if let (plain, isHigher) = Self.withoutArrow(name) {
                found[key] = ColumnParts(name: plain, metric: isHigher ? "score ↑" : "error")
                withArrows.insert(key)
            } else if let (dataset, metric) = MetricKnowledge.datasetAndMetric(name),
                dataset.contains(where: { $0.isLetter || $0.isNumber })
            {
                // `test/pets/acc`: of three parts one is the split.
                let inner = name.contains("/") ? Self.datasetAndSplit(dataset) : nil
                // `WER [ted]`
                let whole = inner?.dataset ?? dataset
                let isInBrackets = whole.hasPrefix("[") && whole.hasSuffix("]")
                let name = isInBrackets ? whole.trimming(["[", "]"]) : whole
                found[key] = ColumnParts(name: name, metric: metric, split: inner?.split)
            } else if let (dataset, split) = Self.datasetAndSplit(name) {
                found[key] = ColumnParts(name: dataset, split: split)
            }
        }
        let areAll = found.count == labels.count && found.values.allSatisfy { $0.metric != nil }
        if !areAll {
            var counts: [String: Int] = [:]
            for part in found.values { counts[part.name, default: 0] += 1 }
            let apart = Set(
                labels.filter { MetricKnowledge.setsMetricApart($0.name) || evaluations[$0.name] != nil }.map(\.key)
            ).union(withArrows)
            found = found.filter { counts[$0.value.name] ?? 0 > 1 || $0.value.metric != nil && apart.contains($0.key) }
        }
        // Two columns of one name, metric and split would be one result.
        let keys = Set(found.values.map { "\($0.name)\u{0}\($0.metric ?? "")\u{0}\($0.split ?? "")" })
        let others = Set(labels.filter { found[$0.key] == nil }.map(\.name))
        if keys.count < found.count || found.values.contains(where: { others.contains($0.name) }) { return [:] }
        for (key, name, line) in labels {
            guard let part = found[key] else { continue }
            facts.note(
                .noted, "\(what) named by a dataset and its metric or split",
                example: "'\(name)' is \(part.name), \(part.metric ?? part.split ?? "")",
                at: .init(file: file, line: line))
        }
        return found
    }

    /// A dataset's name with an arrow behind it, `Pets ↑` or `Pets (↑)`: the arrow is a direction and no part of the name.
    /// `nil` for one without an arrow, and for one that names a metric: `FID ↓`.
    private static func withoutArrow(_ name: String) -> (plain: String, isHigher: Bool)? {
        let text = name.trimmed.replacing("(↑)", with: "↑").replacing("(↓)", with: "↓")
        guard let last = text.last, last == "↑" || last == "↓" else { return nil }
        let plain = text.dropLast().trimmed
        guard plain.contains(where: { $0.isLetter || $0.isNumber }), MetricKnowledge.saidDirection(plain) == nil,
            !MetricKnowledge.isHeader(plain), MetricKnowledge.datasetAndMetric(plain) == nil,
            datasetAndSplit(plain) == nil
        else { return nil }
        return (plain, last == "↑")
    }

    /// The datasets whose repeated runs stand in columns of their own, by column: `pets_seed1` beside `pets_seed2` is `pets`.
    private mutating func runs(_ columns: [(key: Int, name: String)], _ file: Int32) -> [Int: String] {
        var found: [Int: String] = [:]
        for group in RunNames.groups(columns.map(\.name)) where !group.others.contains(where: datasetNames.contains) {
            for (key, name) in columns where group.others.contains(name) { found[key] = group.kept }
            facts.note(
                .noted, "columns that are runs of one dataset by their names: its results are of several runs",
                example: "\(group.others.prefix(4).joined(separator: ", ")) of \(group.kept)", at: .init(file: file))
        }
        return found
    }

    /// `pets_val`, `pets (test)`, `train/pets`.
    private static func datasetAndSplit(_ name: String) -> (dataset: String, split: String)? {
        let trimmed = name.trimmed
        let text = trimmed.hasSuffix(")") || trimmed.hasSuffix("]") ? String(trimmed.dropLast()) : trimmed
        let cuts: Set<Character> = ["_", "-", " ", ".", "/", "(", "[", ":"]
        if let cut = text.lastIndex(where: cuts.contains), cut > text.startIndex {
            let split = text[text.index(after: cut)...].lowercased()
            let dataset = String(text[..<cut]).trimming(cuts)
            if MetricKnowledge.splitWords.contains(split), !dataset.isEmpty { return (dataset, split) }
        }
        if let cut = text.firstIndex(where: cuts.contains) {
            let split = text[..<cut].lowercased()
            let dataset = String(text[text.index(after: cut)...]).trimming(cuts)
            if MetricKnowledge.splitWords.contains(split), !dataset.isEmpty { return (dataset, split) }
        }
        return nil
    }

    /// Columns of a wide table that say something of the row's model or dataset.
    private mutating func describe(
        _ table: CellTable, _ header: TableHeader, _ wide: RecordsLayout.Wide, _ rows: [Int], _ file: Int32,
        calling names: [Int: String]
    ) {
        for column in wide.attributes {
            let written = header.names[column]
            let canonical = wide.isTransposed ? AttributeKnowledge.dataset(written) : AttributeKnowledge.model(written)
            let texts = rows.map { table.name($0, column, in: &facts.names) }
            let distinct = Set(texts.filter { !$0.isNone }).sorted().map { facts.names[$0].trimmed }
            let kind = ColumnTyping.kind(of: distinct.filter { !ColumnTyping.isMissing($0) }, canonical: canonical)
            let typing = ColumnTyping(
                texts: texts, names: facts.names, name: canonical, kind: kind,
                factor: factor(written, file, table.line(0)))
            noteUnit(typing, written, file, table.line(0))
            let values = MetadataTable(rowCount: rows.count, columns: [.init(name: canonical, values: typing.values)])
            let attribute = facts.names.intern(canonical)
            for (index, row) in rows.enumerated() {
                let name =
                    names[row].map { facts.names.intern($0) } ?? modelName(table, row, [wide.names] + wide.parts)
                guard !name.isNone, let value = values.value(index, values.columns[0]) else { continue }
                facts.state(
                    wide.isTransposed ? .dataset : .model, name, attribute, value,
                    at: .init(file: file, line: table.line(row)))
            }
        }
    }

    /// Reads a row that says something of the models (or datasets) which stand across.
    private mutating func describe(
        _ table: CellTable, _ wide: RecordsLayout.Wide, _ row: Int, _ models: [Name], _ file: Int32
    ) {
        let written = (table.text(row, wide.names) ?? "").trimmed
        let canonical = wide.isTransposed ? AttributeKnowledge.model(written) : AttributeKnowledge.dataset(written)
        let texts = wide.columns.map { table.name(row, $0, in: &facts.names) }
        let known = Set(texts.filter { !$0.isNone }).sorted().map { facts.names[$0].trimmed }
            .filter { !ColumnTyping.isMissing($0) }
        let typing = ColumnTyping(
            texts: texts, names: facts.names, name: canonical, kind: ColumnTyping.kind(of: known, canonical: canonical),
            factor: factor(written, file, table.line(row)))
        noteUnit(typing, written, file, table.line(row))
        let values = MetadataTable(rowCount: texts.count, columns: [.init(name: canonical, values: typing.values)])
        let attribute = facts.names.intern(canonical)
        for (index, model) in models.enumerated() {
            guard let value = values.value(index, values.columns[0]) else { continue }
            facts.state(
                wide.isTransposed ? .model : .dataset, model, attribute, value,
                at: .init(file: file, line: table.line(row)))
        }
    }
}
