import Foundation
import Support

extension TableReading {
    /// Reads the table of results, of whatever shape.
    mutating func readRecords(_ relative: String) throws {
        let source = source
        guard let source else { return }
        try source.withTable(relative) { table in try readRecords(table) }
    }

    /// Reads the results in the bytes of one table.
    static func read(
        _ bytes: Data, file: String, options: ReadingOptions, into facts: inout Facts, work: Work
    ) throws {
        try TableSource.withTable(bytes, file: file, work: work) { table in
            var reading = TableReading(source: nil, work: work, options: options, facts: facts)
            try reading.readRecords(table)
            facts = reading.facts
        }
    }

    private mutating func readRecords(_ table: CellTable) throws {
        // A table with the layout's own columns has a header of one row, whatever stands below.
        let keys = table.rowCount > 0 ? table.texts(0).map { AttributeKnowledge.key($0.trimmed) } : []
        let isPlain = TableRole.model.column(in: keys) != nil && TableRole.dataset.column(in: keys) != nil
        let header = try TableHeader(table, mayBeSeveral: !isPlain && options.columns.isEmpty)
        let finder = RecordsLayoutFinder(
            table: table, header: header, options: options, knownModels: modelNames, knownDatasets: datasetNames,
            declared: Set((facts.declaredKinds["records"] ?? [:]).keys))
        let layout = try finder.layout()
        let file = file(table)
        for caption in header.captions {
            facts.note(
                .noted, "texts above a table's header: not read", example: caption,
                at: .init(file: file, line: table.line(0)))
        }
        for remark in layout.remarks {
            facts.note(.noted, remark, at: .init(file: file))
        }
        for (column, reason) in layout.leftOut {
            let name = header.names[column].isEmpty ? "column \(column + 1)" : "'\(header.names[column])'"
            facts.note(
                .leftOut, "columns that are no results", example: "\(name): \(reason)", at: .init(file: file))
        }
        let rows = try dataRows(table, header)
        if rows.isEmpty { throw TableError.content(.noRows, file: table.file, line: table.line(0)) }
        switch layout.shape {
        case .long(let long): try readLong(table, header, long, rows, file)
        case .wide(let wide): try readWide(table, header, wide, rows, file)
        }
    }

    // MARK: A row a result

    private mutating func readLong(
        _ table: CellTable, _ header: TableHeader, _ long: RecordsLayout.Long, _ rows: [Int], _ file: Int32
    ) throws {
        var commas: [ReadingOptions.Comma?] = []
        for score in long.scores {
            commas.append(try comma(table, header.names[score.column], score.column, rows))
        }
        let spread: Set<String> = long.runs == nil ? [] : ["lowest", "highest"]
        let further = long.further.filter { !spread.contains(header.keys[$0]) }.map { column in
            (column: column, index: resultColumn(header.names[column]))
        }
        facts.measurements.reserveCapacity(facts.measurements.count + rows.count * long.scores.count)
        let metricNames = long.scores.map { facts.names.intern($0.metric) }
        let hasLog = facts.source.hasLog
        let lowest = long.runs == nil ? nil : header.keys.firstIndex(of: "lowest")
        let highest = long.runs == nil ? nil : header.keys.firstIndex(of: "highest")
        var means: Set<Name> = []
        var plain: Set<Name> = []
        for (position, row) in rows.enumerated() {
            if position & 0x3fff == 0 {
                try work.check()
                work.report("Reading \(table.file)", Double(position) / Double(rows.count))
            }
            let line = Int32(clamping: table.line(row))
            let model = modelName(table, row, long.models)
            let dataset = table.name(row, long.dataset, in: &facts.names)
            if model.isNone || dataset.isNone {
                facts.note(
                    .leftOut,
                    "rows of \(table.file) without a model or a dataset (where cells were merged, write the name in each row)",
                    at: .init(file: file, line: Int(line)))
                continue
            }
            if !plain.contains(dataset) {
                // A dataset called Average is the mean of the others.
                if means.contains(dataset) || Self.isMeanName(facts.names[dataset]) {
                    means.insert(dataset)
                    facts.note(
                        .leftOut, "results on what is the mean of other datasets, by its name",
                        example: facts.names[dataset], at: .init(file: file, line: Int(line)))
                    continue
                }
                plain.insert(dataset)
            }
            let metric = long.metric.map { table.name(row, $0, in: &facts.names) } ?? .none
            let split = long.split.map { table.name(row, $0, in: &facts.names) } ?? .none
            let config = long.config.map { table.name(row, $0, in: &facts.names) } ?? .none
            let direction = long.higherIsBetter.flatMap { table.text(row, $0) }.flatMap(Facts.Value.truth)
            let scale = long.scale.flatMap { table.text(row, $0) }.flatMap { MetricScale(rawValue: $0.lowercased()) }
            for (index, score) in long.scores.enumerated() {
                let number = table.number(row, score.column, comma: commas[index])
                if long.scores.count > 1, number == nil, table.isEmpty(row, score.column) { continue }
                let measured = facts.measurements.count
                facts.measurements.append(
                    .init(
                        model: model, dataset: dataset, config: config, split: split,
                        metric: metric.isNone ? metricNames[index] : metric, value: number?.value ?? .nan,
                        written: number?.isShortest == true ? .none : writtenName(table, row, score.column),
                        scale: number?.isPercent == true ? .percent : scale, higherIsBetter: direction, file: file,
                        line: line, status: hasLog ? .unlisted : .open))
                if let column = long.runs, let count = table.number(row, column)?.value, count > 1, count < 1e9 {
                    facts.runs[Int32(measured)] = Facts.RunSummary(
                        count: Int32(count), lowest: lowest.flatMap { table.number(row, $0)?.value },
                        highest: highest.flatMap { table.number(row, $0)?.value })
                }
                for (column, index) in further {
                    facts.setResultColumn(index, measured, table.name(row, column, in: &facts.names))
                }
            }
        }
    }

    private mutating func modelName(_ table: CellTable, _ row: Int, _ columns: [Int]) -> Name {
        if columns.count == 1 { return table.name(row, columns[0], in: &facts.names) }
        let parts = columns.compactMap { table.text(row, $0)?.trimmed }.filter { !$0.isEmpty }
        return parts.isEmpty ? .none : facts.names.intern(parts.joined(separator: "|"))
    }

    private mutating func writtenName(_ table: CellTable, _ row: Int, _ column: Int) -> Name {
        table.name(row, column, in: &facts.names)
    }

    private static func isMeanName(_ name: String) -> Bool {
        meanNames.contains(AttributeKnowledge.key(name))
    }

    private static let meanNames: Set<String> = ["average", "avg", "mean", "macro_average", "overall_average"]

    /// The index of a further column of results under its own name.
    private mutating func resultColumn(_ name: String) -> Int {
        if let known = facts.resultColumns.firstIndex(where: { $0.name == name }) { return known }
        facts.resultColumns.append(.init(name: name))
        return facts.resultColumns.count - 1
    }

    // MARK: A column a dataset

    private mutating func readWide(
        _ table: CellTable, _ header: TableHeader, _ wide: RecordsLayout.Wide, _ rows: [Int], _ file: Int32
    ) throws {
        let commas = try wide.columns.map { try comma(table, header.names[$0], $0, rows) }
        let columns = wide.columns.map { facts.names.intern(header.names[$0]) }
        let errors = wide.columns.map { column -> String? in
            let name = header.names[column]
            return wide.isTransposed || datasetNames.contains(name) ? nil : MetricKnowledge.error(inColumn: name)
        }
        let metrics = zip(wide.columns, errors).map { facts.names.intern(header.metrics[$0] ?? $1) }
        for (column, error) in zip(wide.columns, errors) {
            guard let error, header.metrics[column] == nil else { continue }
            facts.note(
                .noted, "columns that say that they hold errors: lower is better",
                example: "'\(header.names[column])': \(error)", at: .init(file: file, line: table.line(0)))
        }
        try describe(table, header, wide, rows, file)
        for (position, row) in rows.enumerated() {
            if position & 0xff == 0 {
                try work.check()
                work.report("Reading \(table.file)", Double(position) / Double(rows.count))
            }
            let name = table.name(row, wide.names, in: &facts.names)
            let line = Int32(clamping: table.line(row))
            if name.isNone {
                facts.note(
                    .leftOut, "rows of \(table.file) without a name", at: .init(file: file, line: Int(line)))
                continue
            }
            if Self.isMeanName(facts.names[name]) {
                facts.note(
                    .leftOut, "rows that are the mean of others, by their name", example: facts.names[name],
                    at: .init(file: file, line: Int(line)))
                continue
            }
            for (index, column) in wide.columns.enumerated() {
                let number = table.number(row, column, comma: commas[index])
                facts.measurements.append(
                    .init(
                        model: wide.isTransposed ? columns[index] : name,
                        dataset: wide.isTransposed ? name : columns[index],
                        metric: metrics[index], value: number?.value ?? .nan,
                        written: number?.isShortest == true ? .none : writtenName(table, row, column),
                        scale: number?.isPercent == true ? .percent : nil, file: file, line: line))
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

    /// Columns of a wide table that say something of the row's model or dataset.
    private mutating func describe(
        _ table: CellTable, _ header: TableHeader, _ wide: RecordsLayout.Wide, _ rows: [Int], _ file: Int32
    ) throws {
        for column in wide.attributes {
            let written = header.names[column]
            let canonical = wide.isTransposed ? AttributeKnowledge.dataset(written) : AttributeKnowledge.model(written)
            let texts = rows.map { table.name($0, column, in: &facts.names) }
            let distinct = Set(texts.filter { !$0.isNone }).sorted().map { facts.names[$0].trimmed }
            let kind = ColumnTyping.kind(of: distinct.filter { !ColumnTyping.isMissing($0) }, canonical: canonical)
            let typing = ColumnTyping(texts: texts, names: facts.names, name: canonical, kind: kind)
            let values = MetadataTable(rowCount: rows.count, columns: [.init(name: canonical, values: typing.values)])
            let attribute = facts.names.intern(canonical)
            for (index, row) in rows.enumerated() {
                let name = table.name(row, wide.names, in: &facts.names)
                guard !name.isNone, let value = values.value(index, values.columns[0]) else { continue }
                facts.state(
                    wide.isTransposed ? .dataset : .model, name, attribute, value,
                    at: .init(file: file, line: table.line(row)))
            }
        }
    }

    // MARK: What a column of results holds

    /// What commas mean in a column of results.
    ///
    /// - Throws: ``TableError`` where most of the column is text, and where a comma can be read in two ways.
    private func comma(
        _ table: CellTable, _ name: String, _ column: Int, _ rows: [Int]
    ) throws(TableError) -> ReadingOptions.Comma? {
        var commas = ColumnCommas()
        var numbers = 0
        var texts = 0
        var firstText: (row: Int, text: String)?
        var undecidedRow = 0
        for row in rows {
            if let plain = table.plain(row, column) {
                if plain.isEmpty { continue }
                if let number = PlainNumber(plain), number.end == plain.count {
                    numbers += 1
                    if !commas.hasDecimalPoint, plain.contains(UInt8(ascii: ".")) {
                        commas.add(WrittenNumber.commaReading(utf8: plain), plain)
                    }
                    continue
                }
            }
            guard var text = table.text(row, column) else { continue }
            let hadEither = commas.either != nil
            text.withUTF8 { commas.add(WrittenNumber.commaReading(utf8: $0), $0) }
            if !hadEither, commas.either != nil { undecidedRow = row }
            if WrittenNumber(text, comma: .decimal) != nil {
                numbers += 1
            } else if !ColumnTyping.isMissing(text) {
                texts += 1
                if firstText == nil { firstText = (row, text) }
            }
        }
        if let firstText, texts > numbers {
            throw .content(
                .mostlyText(firstText.text, column: name, texts: texts, of: texts + numbers), file: table.file,
                line: table.line(firstText.row))
        }
        let meaning = options.comma ?? commas.meaning
        if meaning == nil, let undecided = commas.undecided {
            throw .content(
                .ambiguousComma(
                    undecided, column: name, decimal: WrittenNumber(undecided, comma: .decimal)?.value ?? .nan,
                    thousands: WrittenNumber(undecided, comma: .thousands)?.value ?? .nan),
                file: table.file, line: table.line(undecidedRow))
        }
        return meaning
    }
}
