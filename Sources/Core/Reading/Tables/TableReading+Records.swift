import Foundation
import Support

extension TableReading {
    /// Reads the table of results, of whatever shape.
    mutating func readRecords(_ relative: String) throws {
        let source = source
        guard let source else { return }
        try source.withTables(relative) { tables in
            if tables.count == 1 { try readRecords(tables[0]) } else { try readRecords(ofText: tables) }
        }
    }

    /// Reads a table of results with a column more, in which each row has the same name.
    mutating func readRecords(_ relative: String, all role: String, are name: String) throws {
        let source = source
        guard let source else { return }
        try source.withTables(relative) { tables in
            for table in tables { try table.adding(column: role, of: name) { try readRecords($0) } }
        }
    }

    /// Reads the tables of one text: those that are none of results, and those that say again what one above says of the
    /// same models and columns, are left out and named.
    ///
    /// - Throws: ``TableError`` of the first where none is one of results.
    private mutating func readRecords(ofText tables: [CellTable]) throws {
        var problem: TableError?
        var read: [(columns: Set<String>, names: Set<String>)] = []
        for table in tables {
            let place = Facts.Place(file: file(table), line: table.line(0))
            let header = table.texts(0).map(\.trimmed)
            let keys = header.map(AttributeKnowledge.key)
            let isLong = TableRole.model.column(in: keys) != nil && TableRole.dataset.column(in: keys) != nil
            let columns = Set(header.dropFirst().filter { !$0.isEmpty })
            let names = Set((1..<table.rowCount).compactMap { table.text($0, 0)?.trimmed })
            if !isLong,
                read.contains(where: { !$0.columns.isDisjoint(with: columns) && !$0.names.isDisjoint(with: names) })
            {
                facts.note(
                    .leftOut, "tables of a text with models and columns that a table above has already",
                    example: header.joined(separator: " | "), at: place)
                continue
            }
            let before = facts
            do {
                try readRecords(table)
                if !isLong { read.append((columns, names)) } else { read.append(([], [])) }
            } catch let error as TableError {
                facts = before
                problem = problem ?? error
                facts.note(
                    .leftOut, "tables of a text that are none of results", example: header.joined(separator: " | "),
                    at: place)
            }
        }
        if read.isEmpty, let problem { throw problem }
        if read.count > 1 {
            facts.note(
                .noted, "tables in one text: all of them are read", example: tables[0].file, at: .init(file: -1),
                count: read.count)
        }
    }

    /// Reads the results in the bytes of one table.
    static func read(
        _ bytes: Data, file: String, options: ReadingOptions, into facts: inout Facts, work: Work
    ) throws {
        try TableSource.withTables(bytes, file: file, work: work) { tables in
            var reading = TableReading(source: nil, work: work, options: options, facts: facts)
            if tables.count == 1 { try reading.readRecords(tables[0]) } else { try reading.readRecords(ofText: tables) }
            facts = reading.facts
        }
    }

    private mutating func readRecords(_ whole: CellTable) throws {
        if !whole.undecidedLevels.isEmpty, options.columns["model"] == nil || options.columns["dataset"] == nil {
            throw TableRefusal.undecided(whole)
        }
        try PairFields.split(whole) { table, splits in
            for split in splits {
                facts.note(
                    .noted, "fields of two numbers, whose names say what both are: read as two",
                    example: "'\(split.written)' \(split.example) is "
                        + split.names.map { "'\($0)'" }.joined(separator: " and "),
                    at: .init(file: file(table), line: table.line(0)))
            }
            try readRecords(split: table)
        }
    }

    private mutating func readRecords(split whole: CellTable) throws {
        var table = whole
        table.splitTuples()
        let meanings = MeaningRow.take(from: &table)
        // A table with the layout's own columns has a header of one row, whatever stands below.
        let keys = table.rowCount > 0 ? table.texts(0).map { AttributeKnowledge.key($0.trimmed) } : []
        let isPlain = TableRole.model.column(in: keys) != nil && TableRole.dataset.column(in: keys) != nil
        let header = try TableHeader(
            table, mayBeSeveral: !isPlain && !isNamedByOptions(table), isOfResults: true)
        let finder = RecordsLayoutFinder(
            table: table, header: header, options: options, knownModels: modelNames, knownDatasets: datasetNames,
            declared: Set((facts.declaredKinds["records"] ?? [:]).keys))
        let layout: RecordsLayout
        do throws(TableError) {
            layout = try finder.layout()
        } catch {
            throw TableRefusal(table: table, header: header, sample: finder.sample).telling(error)
        }
        let file = file(table)
        noteCutOff(table, file)
        note(namesOf: header, of: table, file)
        if table.hasTuples {
            let columns = header.names.prefix(2).map { "'\($0)'" }.joined(separator: " and ")
            facts.note(
                .noted, "pairs in the first column, as pandas writes an index of two levels: read as \(columns)",
                at: .init(file: file, line: table.line(header.rowCount)))
        }
        for caption in header.captions {
            facts.note(
                .noted, "texts above a table's header: not read, but for the metric that they name", example: caption,
                at: .init(file: file, line: table.line(0)))
        }
        captions = table.leftOut.filter { $0.line < table.line(0) }.map(\.text) + header.captions
        for remark in (table.remark.map { [$0] } ?? []) + layout.remarks {
            facts.note(.noted, remark, at: .init(file: file))
        }
        for (column, reason) in layout.leftOut {
            let name = header.names[column].isEmpty ? "column \(column + 1)" : "'\(header.names[column])'"
            facts.note(
                .leftOut, "columns that are no results", example: "\(name): \(reason)", at: .init(file: file))
        }
        var rows = try dataRows(table, header)
        rows = try withoutSecondHeaders(rows, table, header, layout, file)
        rows = withoutNotes(rows, table, header, file)
        rows = withoutUnfinished(rows, table, header, file)
        if rows.isEmpty { throw TableError.content(.noRows, file: table.file, line: table.line(0)) }
        namesOfModels = Self.namesOfModels(table, header, layout, rows)
        state(meanings, of: header, layout, file)
        switch layout.shape {
        case .long(let long):
            if let step = long.step { rows = lastSteps(rows, step, table, header, long, file) }
            try readLong(table, header, long, rows, file)
        case .wide(let wide): try readWide(table, header, wide, rows, file)
        }
    }

    /// Says of a header's names what is left of those with a spread behind them, and of LaTeX.
    private mutating func note(namesOf header: TableHeader, of table: CellTable, _ file: Int32) {
        let place = Facts.Place(file: file, line: table.line(0))
        for (name, written) in zip(header.names, header.written)
        where name != written && MetricKnowledge.withoutSpread(written) == name {
            facts.note(
                .noted, "columns of results with their spreads: the result is read", example: "'\(written)' is \(name)",
                at: place)
        }
        for text in (0..<header.rowCount).flatMap({ table.texts($0) })
        where LaTeXText.plain(text.trimmed) != text.trimmed {
            facts.note(
                .repaired, Self.withLaTeX, example: "\(text.trimmed.prefix(60)) is \(LaTeXText.plain(text.trimmed))",
                at: place)
        }
    }

    /// Says that the last line of a log was not finished.
    mutating func noteCutOff(_ table: CellTable, _ file: Int32) {
        guard let line = table.cutOffLine else { return }
        facts.note(
            .leftOut, "last lines that are cut off, as in a file that is still written",
            at: .init(file: file, line: line))
    }

    /// The models that a table names, the first of them.
    private static func namesOfModels(
        _ table: CellTable, _ header: TableHeader, _ layout: RecordsLayout, _ rows: [Int]
    ) -> Set<String> {
        let columns: [Int]
        switch layout.shape {
        case .long(let long): columns = long.models
        case .wide(let wide):
            if wide.isTransposed { return Set(wide.columns.map { header.names[$0] }) }
            columns = [wide.names] + wide.parts
        }
        return Set(rows.prefix(2000).flatMap { row in columns.compactMap { table.text(row, $0)?.trimmed } })
    }

    /// States of the datasets that stand across what rows of metrics and directions say.
    private mutating func state(
        _ meanings: [MeaningRow], of header: TableHeader, _ layout: RecordsLayout, _ file: Int32
    ) {
        guard case .wide(let wide) = layout.shape else { return }
        for meaning in meanings {
            let place = Facts.Place(file: file, line: meaning.line)
            facts.note(
                .noted, "rows that say what the columns' results are: taken for that, and for no model",
                example: meaning.texts.prefix(6).joined(separator: ", "), at: place)
            let attribute = facts.names.intern(meaning.attribute)
            for column in wide.columns where !wide.isTransposed && column < meaning.texts.count {
                let text = meaning.texts[column]
                guard !ColumnTyping.isMissing(text) else { continue }
                facts.state(
                    .dataset, facts.names.intern(header.names[column]), attribute, .category(text), at: place)
            }
        }
    }

    /// Whether the first row has all columns that `--columns` names.
    private func isNamedByOptions(_ table: CellTable) -> Bool {
        if options.columns.isEmpty || table.rowCount == 0 { return false }
        let names = table.texts(0).map(\.trimmed)
        return options.columns.values.allSatisfy { name in
            names.contains(name) || names.contains { AttributeKnowledge.key($0) == AttributeKnowledge.key(name) }
        }
    }

    /// Rows without those that repeat the header.
    ///
    /// - Throws: ``TableError`` where a row with nothing but texts for results begins another table.
    private mutating func withoutSecondHeaders(
        _ rows: [Int], _ table: CellTable, _ header: TableHeader, _ layout: RecordsLayout, _ file: Int32
    ) throws -> [Int] {
        let columns =
            switch layout.shape {
            case .long(let long): long.scores.map(\.column)
            case .wide(let wide): wide.columns
            }
        guard let first = columns.first else { return rows }
        var facts: Set<Int> = []
        if case .wide(let wide) = layout.shape { facts = Set(wide.facts) }
        var dropped: Set<Int> = []
        for row in rows where !facts.contains(row) {
            // Numbers first: most rows are done with one look.
            if let plain = table.plain(row, first), PlainNumber(plain) != nil || plain.isEmpty { continue }
            let texts = columns.map { (table.text(row, $0) ?? "").trimmed }
            guard texts.allSatisfy({ WrittenNumber($0, comma: .decimal) == nil && !ColumnTyping.isMissingResult($0) })
            else { continue }
            if zip(columns, texts).allSatisfy({ header.names[$0] == $1 }) {
                dropped.insert(row)
                self.facts.note(
                    .leftOut, "rows that repeat the header", at: .init(file: file, line: table.line(row)))
            } else if columns.count > 1, case .wide = layout.shape, Set(texts).count == texts.count,
                !texts.allSatisfy(Self.beginsAsANumber)
            {
                throw TableError.content(
                    .secondTable(table.texts(row).prefix(4).joined(separator: ", ")), file: table.file,
                    line: table.line(row))
            }
        }
        return dropped.isEmpty ? rows : rows.filter { !dropped.contains($0) }
    }

    /// Whether a text begins as a number does behind whatever signs: `>90`, `~~88.7~~`. It is a result
    /// that cannot be read, and no name.
    private static func beginsAsANumber(_ text: String) -> Bool {
        text.first { $0.isLetter || $0.isNumber }?.isNumber ?? true
    }

    /// The rows of the last epoch or step of each run: rows of a model and dataset that only a step tells apart are one run.
    private mutating func lastSteps(
        _ rows: [Int], _ step: Int, _ table: CellTable, _ header: TableHeader, _ long: RecordsLayout.Long, _ file: Int32
    ) -> [Int] {
        let runs = header.keys.indices.filter { column in
            [
                "seed", "random_seed", "run", "run_id", "trial", "fold", "repeat", "lr", "learning_rate", "batch_size",
                "name",
            ]
            .contains(header.keys[column])
        }
        let columns = long.models + [long.dataset] + [long.metric, long.split].compactMap(\.self) + long.configs + runs
        return lastRows(
            rows, of: columns, step, results: long.scores.map(\.column), table, header, file)
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
        let splitNames = long.scores.map { facts.names.intern($0.split) }
        let percents = long.scores.map { isInPercent(table, header.names[$0.column], $0.column, rows) }
        // A column of errors beside one that names what they are the errors of.
        let errors = long.scores.map { $0.metric.map { MetricKnowledge.higherIsBetter($0) == false } ?? false }
        let hasLog = facts.source.hasLog
        let lowest = long.runs == nil ? nil : header.keys.firstIndex(of: "lowest")
        let highest = long.runs == nil ? nil : header.keys.firstIndex(of: "highest")
        let fileMetric =
            long.metric == nil && long.scores.count == 1 && long.scores[0].metric == nil
                && long.higherIsBetter == nil && long.lowerIsBetter == nil ? metric(ofFile: table.file, file) : nil
        let metricNames = long.scores.map { facts.names.intern($0.metric ?? fileMetric) }
        let inPercent = metricsInPercent(table, long, commas, rows)
        let unit = long.scale == nil ? long.further.first { ["unit", "units"].contains(header.keys[$0]) } : nil
        let hasClasses = long.configs.count == 1 && ["class", "class_name"].contains(header.keys[long.configs[0]])
        let byArithmetic = meansOfOthers(table, long, rows, commas.first ?? nil)
        var means = Set(byArithmetic.keys)
        var plain: Set<Name> = []
        let merged = mergedRows(table, header, long, rows, file)
        var models: Set<Name> = []
        var summaries: Set<Name> = []
        var baselines: Set<Name> = []
        // Where pandas' pivot wrote margins, one row is of both.
        lazy var hasMargins = rows.contains { row in
            SummaryNames.isMargin((table.text(row, long.dataset) ?? "").trimmed)
                && SummaryNames.isMargin((table.text(row, long.models[0]) ?? "").trimmed)
        }
        for (position, row) in rows.enumerated() {
            if position & 0x3fff == 0 {
                try work.check()
                work.report("Reading \(table.file)", Double(position) / Double(rows.count))
            }
            let line = Int32(clamping: table.line(row))
            let model = modelName(table, merged.models[row] ?? row, long.models)
            let dataset = table.name(merged.datasets[row] ?? row, long.dataset, in: &facts.names)
            if !model.isNone, !models.contains(model) {
                if baselines.contains(model) {
                    noteNoModel(model, file, Int(line))
                    continue
                }
                if summaries.contains(model) || SummaryNames.isSummary(facts.names[model])
                    || SummaryNames.isMargin(facts.names[model]) && hasMargins
                {
                    summaries.insert(model)
                    facts.note(
                        .leftOut, "rows that sum up others, by their name", example: facts.names[model],
                        at: .init(file: file, line: Int(line)))
                    continue
                }
                if long.models.count == 1, isNoModel(model) {
                    baselines.insert(model)
                    noteNoModel(model, file, Int(line))
                    continue
                }
                models.insert(model)
                if long.models.count > 1 { describeParts(table, header, row, long.models, model, file) }
                callPlainly(.model, model, file, Int(line))
            }
            if model.isNone || dataset.isNone {
                facts.note(
                    .leftOut,
                    "rows of \(table.file) without a model or a dataset (where cells were merged, write the name in each row)",
                    at: .init(file: file, line: Int(line)))
                continue
            }
            if !plain.contains(dataset) {
                // A dataset called Average is the mean of the others.
                if means.contains(dataset) || isSummary(ofDatasets: dataset) {
                    let how = byArithmetic[dataset] == nil ? "its name" : "its numbers"
                    means.insert(dataset)
                    facts.note(
                        .leftOut,
                        "results on what is the \(byArithmetic[dataset] ?? "mean") of other datasets, by \(how)",
                        example: facts.names[dataset], at: .init(file: file, line: Int(line)))
                    continue
                }
                plain.insert(dataset)
                callPlainly(.dataset, dataset, file, Int(line))
            }
            let metric = long.metric.map { table.name(row, $0, in: &facts.names) } ?? .none
            let split = long.split.map { table.name(row, $0, in: &facts.names) } ?? .none
            let config = modelName(table, row, long.configs, separator: ", ")
            // The mean over classes that a report of classification writes below them.
            if hasClasses, !config.isNone, SummaryNames.isSummary(facts.names[config]) {
                facts.note(
                    .leftOut, "results on what is the mean of other datasets, by its name",
                    example: "\(facts.names[dataset]), \(facts.names[config])", at: .init(file: file, line: Int(line)))
                continue
            }
            var (direction, scale) = meaning(
                table, row, higher: long.higherIsBetter ?? -1, lower: long.lowerIsBetter ?? -1, scale: long.scale ?? -1,
                file)
            // A unit that is no scale, such as seconds, says nothing of it.
            if let unit, let text = table.text(row, unit) { scale = Facts.Value.scale(of: text) }
            if scale == nil, !inPercent.isEmpty, inPercent.contains(metric) { scale = .percent }
            if long.scores.count > 1, long.scores.allSatisfy({ table.isEmpty(row, $0.column) }) {
                facts.note(
                    .leftOut, "rows without any result", example: facts.names[model],
                    at: .init(file: file, line: Int(line)))
                continue
            }
            for (index, score) in long.scores.enumerated() {
                let number = table.number(row, score.column, comma: commas[index])
                if long.scores.count > 1, number == nil, table.isEmpty(row, score.column) { continue }
                let measured = facts.measurements.count
                facts.measurements.append(
                    .init(
                        model: model, dataset: dataset, config: config, split: split.isNone ? splitNames[index] : split,
                        metric: metric.isNone ? metricNames[index] : metric, value: number?.value ?? .nan,
                        written: number?.isShortest == true ? .none : writtenName(table, row, score.column),
                        scale: number?.isPercent == true || percents[index] ? .percent : scale,
                        higherIsBetter: direction ?? (metric.isNone || !errors[index] ? nil : false), file: file,
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

    /// The metrics in a column that say that their results are percents, `Error Rate (%)`, unless these
    /// are all fractions for all that.
    private mutating func metricsInPercent(
        _ table: CellTable, _ long: RecordsLayout.Long, _ commas: [ReadingOptions.Comma?], _ rows: [Int]
    ) -> Set<Name> {
        guard let column = long.metric else { return [] }
        var saying: [Name: Bool] = [:]
        var found: Set<Name> = []
        var last: (text: UnsafeBufferPointer<UInt8>?, metric: Name) = (nil, .none)
        for row in rows {
            let text = table.plain(row, column)
            // Rows of one metric stand together as a rule.
            if let text, let before = last.text, text.elementsEqual(before) {
                if last.metric.isNone { continue }
            } else {
                let metric = table.name(row, column, in: &facts.names)
                let says = saying[metric] ?? (!metric.isNone && MetricKnowledge.saysPercent(facts.names[metric]))
                saying[metric] = says
                last = (text, says && !found.contains(metric) ? metric : .none)
            }
            if last.metric.isNone || found.contains(last.metric) { continue }
            let isAbove = zip(long.scores, commas).contains { score, comma in
                (table.number(row, score.column, comma: comma)?.value).map { abs($0) > 1 } ?? false
            }
            if isAbove || MetricKnowledge.higherIsBetter(facts.names[last.metric]) == false {
                found.insert(last.metric)
            }
        }
        return found
    }

    /// What a row says of its results: the direction and the scale.
    mutating func meaning(
        _ table: CellTable, _ row: Int, higher: Int, lower: Int, scale: Int, _ file: Int32
    ) -> (direction: Bool?, scale: MetricScale?) {
        func text(_ column: Int) -> String? {
            column < 0 ? nil : table.text(row, column)?.trimmed
        }
        var direction: Bool?
        if let text = text(higher), !ColumnTyping.isMissing(text) {
            direction = Facts.Value.direction(of: text)
            if direction == nil { noteUnknown(text, "directions", table, row, file) }
        }
        if direction == nil, let text = text(lower), !ColumnTyping.isMissing(text) {
            direction = Facts.Value.truth(of: text).map { !$0 }
            if direction == nil { noteUnknown(text, "directions", table, row, file) }
        }
        var found: MetricScale?
        if let text = text(scale), !ColumnTyping.isMissing(text) {
            found = Facts.Value.scale(of: text)
            if found == nil { noteUnknown(text, "scales", table, row, file) }
        }
        return (direction, found)
    }

    private mutating func noteUnknown(_ text: String, _ what: String, _ table: CellTable, _ row: Int, _ file: Int32) {
        facts.note(
            .noted, "\(what) of results that are not understood: taken from the metric",
            example: "'\(text.prefix(30))'",
            at: .init(file: file, line: table.line(row)))
    }

    /// Whether a header says that its numbers are percents, and they are not all fractions for all that.
    func isInPercent(_ table: CellTable, _ name: String, _ column: Int, _ rows: [Int]) -> Bool {
        guard MetricKnowledge.saysPercent(name) else { return false }
        if MetricKnowledge.higherIsBetter(name) == false { return true }
        return rows.contains { row in
            (table.number(row, column, comma: nil) ?? table.number(row, column, comma: .decimal)).map {
                abs($0.value) > 1
            } ?? false
        }
    }

    /// The name that several columns make together.
    mutating func modelName(_ table: CellTable, _ row: Int, _ columns: [Int], separator: String = "|") -> Name {
        if columns.count == 1 { return table.name(row, columns[0], in: &facts.names) }
        let parts = columns.compactMap { table.text(row, $0)?.trimmed }.filter { !$0.isEmpty }
        return parts.isEmpty ? .none : facts.names.intern(parts.joined(separator: separator))
    }

    /// States what a model is made of that several columns name: its architecture, what it was pre-trained on.
    private mutating func describeParts(
        _ table: CellTable, _ header: TableHeader, _ row: Int, _ columns: [Int], _ model: Name, _ file: Int32
    ) {
        for column in columns {
            guard let text = table.text(row, column)?.trimmed, !ColumnTyping.isMissing(text) else { continue }
            let canonical = AttributeKnowledge.model(RecordsLayoutFinder.plainKey(header.keys[column]))
            if canonical == "model" || canonical == "name" { continue }
            let number = AttributeKnowledge.isNumber(canonical) ? WrittenNumber(text, allowsMagnitude: true) : nil
            facts.state(
                .model, model, facts.names.intern(canonical),
                number.map { .number($0.value) }
                    ?? (canonical == "pretraining_dataset" ? .set(ColumnTyping.elements(of: text)) : .category(text)),
                at: .init(file: file, line: table.line(row)))
        }
    }

    mutating func writtenName(_ table: CellTable, _ row: Int, _ column: Int) -> Name {
        table.name(row, column, in: &facts.names)
    }

    /// The index of a further column of results under its own name.
    private mutating func resultColumn(_ name: String) -> Int {
        if let known = facts.resultColumns.firstIndex(where: { $0.name == name }) { return known }
        facts.resultColumns.append(.init(name: name))
        return facts.resultColumns.count - 1
    }

    // MARK: What a column of results holds

    /// What commas mean in a column of results.
    ///
    /// - Throws: ``TableError`` where most of the column is text, and where a comma can be read in two ways.
    func comma(
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
            } else if !ColumnTyping.isMissingResult(text) {
                texts += 1
                if firstText == nil { firstText = (row, text) }
            }
        }
        if let firstText, texts > numbers {
            if PairFields.parts(of: firstText.text.trimmed) != nil {
                let (what, instead) = PairFields.sentence(firstText.text.trimmed, column: name)
                throw .content(
                    .notResults(what, instead: instead), file: table.file, line: table.line(firstText.row))
            }
            throw .content(
                .mostlyText(firstText.text, column: name, texts: texts, of: texts + numbers), file: table.file,
                line: table.line(firstText.row))
        }
        var meaning = options.comma ?? commas.meaning
        // Where no number has a decimal comma and points are decimal, nothing groups thousands with points.
        if options.comma == .decimal, commas.decimal == nil, commas.either == nil, commas.hasDecimalPoint {
            meaning = nil
        }
        if options.comma == nil, let meaning, meaning == .decimal || commas.either != nil,
            let far = farFromOthers(table, column, rows, meaning)
        {
            throw .content(
                .ambiguousComma(far.text, column: name, decimal: far.decimal, thousands: far.thousands),
                file: table.file, line: table.line(far.row))
        }
        if meaning == nil, let undecided = commas.undecided {
            throw .content(
                .ambiguousComma(
                    undecided, column: name, decimal: WrittenNumber(undecided, comma: .decimal)?.value ?? .nan,
                    thousands: WrittenNumber(undecided, comma: .thousands)?.value ?? .nan),
                file: table.file, line: table.line(undecidedRow))
        }
        return meaning
    }

    /// How many times larger than every other number of its column a number with one separator must be, read as thousands,
    /// for that reading to be doubted.
    private static let implausible = 100.0

    /// A number such as `91,234` among 88.5 and 93.4: the column says that its comma groups thousands, and it would be
    /// a hundred times larger than all others then.
    private func farFromOthers(
        _ table: CellTable, _ column: Int, _ rows: [Int], _ meaning: ReadingOptions.Comma
    ) -> (text: String, decimal: Double, thousands: Double, row: Int)? {
        var largest: Double?
        var found: (text: String, decimal: Double, thousands: Double, row: Int)?
        for row in rows {
            guard let text = table.text(row, column), let number = WrittenNumber(text, comma: meaning) else { continue }
            let other = WrittenNumber(text, comma: meaning == .decimal ? nil : .decimal)
            if let other, abs(abs(other.value) * 1000 - abs(number.value)) <= 1e-9 * abs(number.value),
                number.value != 0
            {
                if abs(number.value) > abs(found?.thousands ?? 0) { found = (text, other.value, number.value, row) }
            } else {
                largest = max(largest ?? 0, abs(number.value))
            }
        }
        guard let found, let largest, abs(found.thousands) > Self.implausible * largest else { return nil }
        return found
    }
}
