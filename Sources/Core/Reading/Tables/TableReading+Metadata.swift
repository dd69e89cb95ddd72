import Support

extension TableReading {
    mutating func readModels(_ relative: String) throws {
        try describe(relative, .model, "models", TableRole.model.headers.map { $0 } + ["name", "id"])
    }

    mutating func readDatasets(_ relative: String) throws {
        try describe(relative, .dataset, "datasets", TableRole.dataset.headers.map { $0 } + ["name", "id"])
    }

    /// Reads a table with a row for each model or dataset: every column becomes one of the zoo's metadata.
    private mutating func describe(_ relative: String, _ subject: Facts.Subject, _ table: String, _ keys: [String])
        throws
    {
        try withTable(relative) { next, cells, header in
            try next.describe(cells, header, subject, keys, declared: next.facts.declaredKinds[table] ?? [:])
        }
    }

    private mutating func describe(
        _ table: CellTable, _ header: TableHeader, _ subject: Facts.Subject, _ keys: [String],
        declared: [String: MetadataTable.Kind]
    ) throws {
        var nameColumn = try Self.columns([(subject == .model ? "model" : "dataset", keys)], in: header, of: table)[0]
        let rows = try dataRows(table, header)
        // Numbers are identifiers where names stand beside them.
        if declared.isEmpty, let name = header.keys.firstIndex(of: "name"), name != nameColumn,
            header.keys[nameColumn].hasSuffix("id"),
            rows.allSatisfy({ table.text($0, nameColumn).flatMap { Int($0.trimmed) } != nil }),
            rows.allSatisfy({ !(table.text($0, name) ?? "").trimmed.isEmpty }),
            Set(rows.compactMap { table.text($0, name)?.trimmed }).count == rows.count
        {
            nameColumn = name
        }
        let file = file(table)
        noteCutOff(table, file)
        var names: [Name] = []
        for row in rows {
            let name = table.name(row, nameColumn, in: &facts.names)
            names.append(name)
            if name.isNone {
                facts.note(
                    .leftOut, "rows of \(table.file) without a name", at: .init(file: file, line: table.line(row)))
                continue
            }
            let text = facts.names[name].trimmed
            if subject == .model { modelNames.insert(text) } else { datasetNames.insert(text) }
        }
        struct Column {
            let attribute: Name
            let table: MetadataTable
        }
        var columns: [Column] = []
        var taken: Set<String> = []
        for column in header.names.indices where column != nameColumn && !header.names[column].isEmpty {
            let written = header.names[column]
            var canonical = subject == .model ? AttributeKnowledge.model(written) : AttributeKnowledge.dataset(written)
            // Two spellings of one attribute: the second keeps its own name.
            if !taken.insert(canonical).inserted { canonical = written }
            let texts = rows.map { table.name($0, column, in: &facts.names) }
            let typing = ColumnTyping(
                texts: texts, names: facts.names, name: canonical, kind: Self.kind(texts, facts.names, canonical),
                declared: declared[canonical], factor: factor(written, file, table.line(0)))
            noteUnit(typing, written, file, table.line(0))
            for (row, text) in typing.unreadable {
                facts.note(
                    .leftOut, "fields that are no number in a column of numbers",
                    example: "\(written) '\(text.prefix(40))'", at: .init(file: file, line: table.line(rows[row])))
            }
            columns.append(
                Column(
                    attribute: facts.names.intern(canonical),
                    table: MetadataTable(rowCount: rows.count, columns: [.init(name: canonical, values: typing.values)])
                ))
        }
        for (index, row) in rows.enumerated() where !names[index].isNone {
            let place = Facts.Place(file: file, line: table.line(row))
            facts.state(subject, names[index], .none, .truth(true), at: place)
            for column in columns {
                guard let value = column.table.value(index, column.table.columns[0]) else { continue }
                facts.state(subject, names[index], column.attribute, value, at: place)
            }
        }
    }

    /// Says in which unit a column's numbers are, where one stands beside each.
    mutating func noteUnit(_ typing: ColumnTyping, _ written: String, _ file: Int32, _ line: Int) {
        guard let unit = typing.unit else { return }
        facts.note(
            .repaired, ColumnUnit.note,
            example: "'\(written)' in \(unit)", at: .init(file: file, line: line))
    }

    /// What a header's unit multiplies a column of counts by, which is said.
    mutating func factor(_ header: String, _ file: Int32, _ line: Int) -> Double {
        let factor = AttributeKnowledge.factor(inHeader: header)
        if factor != 1 {
            facts.note(
                .repaired, "columns of counts whose header gives a unit: multiplied by it",
                example: "'\(header)': times \(WrittenNumber.shortest(factor))", at: .init(file: file, line: line))
        }
        return factor
    }

    /// The type that a column looks like, by its different texts.
    private static func kind(_ texts: [Name], _ names: NameTable, _ canonical: String) -> MetadataTable.Kind {
        let distinct = Set(texts.filter { !$0.isNone }).sorted().map { names[$0].trimmed }
        return ColumnTyping.kind(of: distinct.filter { !ColumnTyping.isMissing($0) }, canonical: canonical)
    }

    /// The types of the columns of a zoo that was saved: `table,column,type`.
    mutating func readColumns(_ relative: String) throws {
        try withTable(relative) { next, table, header in
            let found = try Self.columns(
                [("table", ["table"]), ("column", ["column"]), ("type", ["type"])], in: header, of: table)
            var kinds: [String: [String: MetadataTable.Kind]] = [:]
            for row in header.rowCount..<table.rowCount {
                let (name, column) = (table.text(row, found[0]), table.text(row, found[1]))
                if name == "zoo", column == "format", let version = table.text(row, found[2]).flatMap(Int.init),
                    version > ZooWriter.format
                {
                    throw ZooError.laterFormat(version: version, known: ZooWriter.format, path: relative)
                }
                guard let name, let column,
                    let kind = table.text(row, found[2]).flatMap({ MetadataTable.Kind(rawValue: $0.lowercased()) })
                else { continue }
                kinds[name, default: [:]][column] = kind
            }
            next.facts.declaredKinds = kinds
        }
    }

    mutating func readScores(_ relative: String) throws {
        try withTable(relative) { next, table, header in
            let found = try Self.columns(
                [
                    ("model", TableRole.model.headers.filter { $0 != "method" }),
                    ("dataset", TableRole.dataset.headers),
                    ("method", ["method", "metric", "score_name", "measure", "name"]),
                    ("value", ["value", "score", "result"]),
                ], in: header, of: table)
            let rows = try next.dataRows(table, header)
            let file = next.file(table)
            for row in rows {
                let place = Facts.Place(file: file, line: table.line(row))
                let model = table.name(row, found[0], in: &next.facts.names)
                let dataset = table.name(row, found[1], in: &next.facts.names)
                let score = table.name(row, found[2], in: &next.facts.names)
                guard !model.isNone, !dataset.isNone, !score.isNone, !table.isEmpty(row, found[3]) else {
                    next.facts.note(.leftOut, "score rows with a field missing", at: place)
                    continue
                }
                let number = table.number(row, found[3])?.value
                if number == nil, let text = table.text(row, found[3]), Double(text) == nil,
                    !ColumnTyping.isMissing(text)
                {
                    next.facts.note(
                        .leftOut, "score rows whose value is no number", example: "'\(text.prefix(40))'", at: place)
                    continue
                }
                next.facts.add(
                    score: score, model: model, dataset: dataset, value: number ?? .nan, at: place)
            }
        }
    }

    mutating func readLineage(_ relative: String) throws {
        try withTable(relative) { next, table, header in
            let found = try Self.columns(
                [
                    ("model", ["model", "child", "model_name", "name"]),
                    ("parent", ["parent", "base_model", "base", "parent_model", "source"]),
                ], in: header, of: table)
            let relation = header.keys.firstIndex(of: "relation")
            let source = header.keys.firstIndex(of: "source").flatMap { $0 == found[1] ? nil : $0 }
            let file = next.file(table)
            for row in try next.dataRows(table, header) {
                let place = Facts.Place(file: file, line: table.line(row))
                guard let child = table.text(row, found[0]), let parent = table.text(row, found[1]),
                    !child.trimmed.isEmpty,
                    !parent.trimmed.isEmpty
                else {
                    next.facts.note(.leftOut, "lineage rows without a model or a parent", at: place)
                    continue
                }
                let written = relation.flatMap { table.text(row, $0) } ?? ""
                let kind = Facts.Relation(rawValue: written.lowercased())
                if kind == nil, !written.isEmpty {
                    next.facts.note(
                        .noted, "relations between models that are not known: taken for fine-tuning",
                        example: written, at: place)
                }
                next.facts.link(
                    child, to: parent, relation: kind ?? .finetune,
                    source: source.flatMap { table.text(row, $0) } ?? "",
                    at: place)
            }
        }
    }

    /// Distances in rows `dataset_a,dataset_b,distance`, or as a square matrix with names at two sides.
    mutating func readSimilarity(_ relative: String) throws {
        try withTable(relative) { next, table, header in
            let names = [
                ["dataset_a", "dataset1", "dataset_1", "a", "first", "source", "dataset"],
                ["dataset_b", "dataset2", "dataset_2", "b", "second", "target", "other"],
            ]
            let values = ["distance", "dist", "similarity", "sim", "value"]
            let first = names[0].lazy.compactMap { header.keys.firstIndex(of: $0) }.first
            let second = names[1].lazy.compactMap { header.keys.firstIndex(of: $0) }.first
            let value = values.lazy.compactMap { header.keys.firstIndex(of: $0) }.first
            if let first, let second, let value {
                let isSimilarity = header.keys[value].hasPrefix("sim")
                try next.readPairs(table, header, first, second, value, isSimilarity)
            } else if Self.isSquare(table, header) {
                try next.readMatrix(table, header)
            } else {
                _ = try Self.columns(
                    [("dataset_a", names[0]), ("dataset_b", names[1]), ("distance", values)], in: header, of: table)
            }
        }
    }

    private mutating func readPairs(
        _ table: CellTable, _ header: TableHeader, _ first: Int, _ second: Int, _ value: Int, _ isSimilarity: Bool
    ) throws {
        let file = file(table)
        if isSimilarity {
            facts.note(
                .noted, "similarities, not distances: one minus the similarity is the distance",
                example: "column '\(header.names[value])'", at: .init(file: file, line: table.line(0)))
        }
        for row in try dataRows(table, header) {
            let place = Facts.Place(file: file, line: table.line(row))
            guard let a = table.text(row, first), let b = table.text(row, second), !a.trimmed.isEmpty,
                !b.trimmed.isEmpty,
                let number = table.number(row, value, comma: nil)?.value
            else {
                facts.note(
                    .leftOut, "similarity rows without two datasets and a finite distance of 0 or more", at: place)
                continue
            }
            facts.add(distance: isSimilarity ? 1 - number : number, between: a, and: b, at: place)
        }
    }

    /// Whether the header's names and the rows' first fields are the same.
    private static func isSquare(_ table: CellTable, _ header: TableHeader) -> Bool {
        let columns = Set(header.names.dropFirst().filter { !$0.isEmpty })
        let rows = Set((header.rowCount..<table.rowCount).compactMap { table.text($0, 0)?.trimmed })
        return columns.count >= 2 && columns.intersection(rows).count * 2 > max(columns.count, rows.count)
    }

    /// A matrix of distances; one whose diagonal is 1 and nothing larger holds similarities.
    private mutating func readMatrix(_ table: CellTable, _ header: TableHeader) throws {
        let file = file(table)
        let rows = try dataRows(table, header)
        var diagonal: [Double] = []
        var largest = -Double.infinity
        for row in rows {
            let name = table.text(row, 0)?.trimmed
            for column in header.names.indices.dropFirst() {
                guard let value = table.number(row, column, comma: nil)?.value else { continue }
                if header.names[column] == name { diagonal.append(value) } else { largest = max(largest, value) }
            }
        }
        let isSimilarity = !diagonal.isEmpty && diagonal.allSatisfy { abs($0 - 1) < 1e-6 } && largest <= 1
        if isSimilarity {
            facts.note(
                .noted, "a matrix of similarities, 1 on its diagonal: one minus the similarity is the distance",
                at: .init(file: file))
        }
        var seen: [String: Double] = [:]
        for row in rows {
            let place = Facts.Place(file: file, line: table.line(row))
            guard let name = table.text(row, 0)?.trimmed, !name.isEmpty else { continue }
            for column in header.names.indices.dropFirst() where header.names[column] != name {
                let other = header.names[column]
                guard !other.isEmpty, !table.isEmpty(row, column) else { continue }
                guard let number = table.number(row, column, comma: nil)?.value else {
                    if let text = table.text(row, column), !ColumnTyping.isMissing(text) {
                        facts.note(
                            .leftOut, "distances that are no number", example: "\(name), \(other): '\(text)'", at: place
                        )
                    }
                    continue
                }
                let distance = isSimilarity ? 1 - number : number
                // The other half of a symmetric matrix says nothing new.
                if seen["\(other)\u{0}\(name)"] == distance { continue }
                seen["\(name)\u{0}\(other)"] = distance
                facts.add(distance: distance, between: name, and: other, at: place)
            }
        }
    }
}
