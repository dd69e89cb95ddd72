import Foundation
import Support

/// Reads one place's tables into facts.
struct TableReading {
    /// `nil` for a table that is in no file.
    let source: TableSource?
    let work: Work
    let options: ReadingOptions
    var facts: Facts
    /// Names that tables of models and datasets brought up, for recognising the shape of the results' table.
    var modelNames: Set<String> = []
    var datasetNames: Set<String> = []
    /// What stands above the table that is being read.
    var captions: [String] = []
    /// The models of the table that is being read, the first of them.
    var namesOfModels: Set<String> = []

    init(source: TableSource?, work: Work, options: ReadingOptions, facts: Facts) {
        self.source = source
        self.work = work
        self.options = options
        self.facts = facts
    }

    mutating func read(_ files: ZooFiles) throws {
        let found = files.files
        if let columns = found[.columns] { try readColumns(columns) }
        // A zoo that was saved lists all its datasets, in their order; pre-training data of models come after them.
        let order: [ZooFiles.Role] = found[.columns] == nil ? [.models, .datasets] : [.datasets, .models]
        for role in order {
            guard let file = found[role] else { continue }
            if role == .models { try readModels(file) } else { try readDatasets(file) }
        }
        if let log = found[.measurements] { try readMeasurements(log) }
        if let records = found[.records] { try readRecords(records) }
        if let scores = found[.scores] { try readScores(scores) }
        if let similarity = found[.similarity] { try readSimilarity(similarity) }
        if let lineage = found[.lineage] { try readLineage(lineage) }
        if files.hasEmbeddings { try readEmbeddings() }
        if files.hasTexts { try readTexts() }
        if let about = files.about { readAbout(about) }
    }

    /// The largest text about a zoo that is kept.
    private static let aboutLimit = 1 << 14

    /// Reads what the makers of a zoo say of it.
    private mutating func readAbout(_ relative: String) {
        guard let source else { return }
        let place = Facts.Place(file: facts.addFile(relative))
        guard let data = try? source.place.contents(of: relative), data.count <= Self.aboutLimit,
            let text = String(data: data, encoding: .utf8)
        else {
            facts.note(
                .leftOut, "texts about the zoo that are no UTF-8 of at most \(Self.aboutLimit >> 10) KiB", at: place)
            return
        }
        facts.about += text.split(whereSeparator: \.isNewline).map { String($0).trimmed }.filter { !$0.isEmpty }
    }

    /// Hands over a table with a header of one row.
    mutating func withTable(
        _ relative: String, _ body: (inout TableReading, CellTable, TableHeader) throws -> Void
    ) throws {
        guard let source else { return }
        try source.withTable(relative) { table in
            try body(&self, table, try TableHeader(table, mayBeSeveral: false))
        }
    }

    /// The positions of columns under the first of their names that is there.
    ///
    /// - Throws: ``TableError`` that names all that are missing.
    static func columns(_ wanted: [(name: String, keys: [String])], in header: TableHeader, of table: CellTable) throws
        -> [Int]
    {
        let found = wanted.map { wanted in
            wanted.keys.lazy.compactMap { key in header.keys.firstIndex(of: key) }.first
        }
        let missing = zip(wanted, found).filter { $0.1 == nil }.map(\.0.name)
        if !missing.isEmpty {
            throw TableError.content(
                .missingColumns(missing, known: header.names.filter { !$0.isEmpty }, line: nil), file: table.file,
                line: table.line(0))
        }
        return found.map { $0 ?? 0 }
    }

    /// The rows below the header with what they hold noted where it is more than the header has.
    mutating func dataRows(_ table: CellTable, _ header: TableHeader) throws -> [Int] {
        var rows: [Int] = []
        rows.reserveCapacity(table.rowCount)
        var overlong: [Int] = []
        let width = header.names.count
        for row in header.rowCount..<table.rowCount {
            let count = table.fieldCount(row)
            if count > width, (width..<count).contains(where: { !table.isEmpty(row, $0) }) {
                overlong.append(row)
                continue
            }
            if count <= 1 || count == width, (0..<count).allSatisfy({ table.isEmpty(row, $0) }) { continue }
            rows.append(row)
        }
        if overlong.count > rows.count {
            let row = overlong[0]
            throw TableError.content(
                .overlongRows(
                    fields: table.fieldCount(row), columns: width, count: overlong.count,
                    decimalComma: Self.looksLikeDecimalComma(table, row, width)),
                file: table.file, line: table.line(row))
        }
        let file = file(table)
        for row in overlong {
            facts.note(
                .leftOut, "rows with more fields than the header (a comma in a name or number wants quotation marks)",
                example: table.texts(row).joined(separator: ","), at: .init(file: file, line: table.line(row)))
        }
        for (line, text) in table.leftOut {
            facts.note(
                .noted,
                line < table.line(0)
                    ? "texts above a table's header: not read, but for the metric that they name"
                    : "comments between rows: not read",
                example: String(text.prefix(80)), at: .init(file: file, line: line))
        }
        if table.padded > 0 {
            facts.note(
                .repaired, "fields with spaces around them", at: .init(file: file, line: table.paddedLine),
                count: table.padded)
        }
        return rows
    }

    private static func looksLikeDecimalComma(_ table: CellTable, _ row: Int, _ width: Int) -> Bool {
        let texts = table.texts(row)
        guard texts.count == width + 1, let last = texts.last, let before = texts.dropLast().last else { return false }
        func areDigits(_ text: String) -> Bool { !text.isEmpty && text.allSatisfy { $0.isASCII && $0.isNumber } }
        return areDigits(before) && areDigits(last)
    }

    private var fileIndices: [String: Int32] = [:]

    /// The facts' index of a table's file.
    mutating func file(_ table: CellTable) -> Int32 {
        if let known = fileIndices[table.file] { return known }
        let index = facts.addFile(table.file)
        fileIndices[table.file] = index
        return index
    }
}
