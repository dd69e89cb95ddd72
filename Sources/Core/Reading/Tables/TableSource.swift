import Foundation
import Support

/// Opens the tables of a place: unpacks, finds the layout, and hands over the fields.
struct TableSource {
    let place: ReadingPlace
    let work: Work

    /// Hands a file's table to `body`; of a text of Markdown the first.
    ///
    /// - Parameter relative: the file's path inside the place; empty for a place that is a file.
    /// - Throws: ``TableError``; `Cancelled`; what `body` throws.
    func withTable<Result>(_ relative: String, _ body: (CellTable) throws -> Result) throws -> Result {
        try withTables(relative) { try body($0[0]) }
    }

    /// Hands a file's tables to `body`: one, but of a text of Markdown all that stand in it.
    ///
    /// - Throws: as ``withTable(_:_:)``.
    func withTables<Result>(_ relative: String, _ body: ([CellTable]) throws -> Result) throws -> Result {
        let file = relative.isEmpty ? place.name : relative
        let path = relative.isEmpty ? place.path : place.path + "/" + relative
        let packed: Data
        do {
            packed = try place.contents(of: relative)
        } catch ReadingPlace.Failure.missing {
            throw TableError.file(.notFound(path: path))
        } catch {
            throw TableError.file(.notReadable(path: path))
        }
        return try Self.withTables(packed, file: file, work: work, body)
    }

    /// Hands the tables in a file's bytes to `body`: one at least.
    static func withTables<Result>(
        _ packed: Data, file: String, work: Work, _ body: ([CellTable]) throws -> Result
    ) throws -> Result {
        let kind = packed.withUnsafeBytes { FileKind($0) }
        let data: Data
        switch kind {
        case .text: data = packed
        case .gzip, .zstandard: data = try Decompression.unpack(packed, kind, file: file, work: work)
        default: throw TableError.content(.notATable(kind), file: file, line: nil)
        }
        return try data.withUnsafeBytes { raw in
            let bytes = raw.bindMemory(to: UInt8.self)
            if bytes.isEmpty { throw TableError.content(.empty, file: file, line: nil) }
            if JSONTable.isJSON(bytes) {
                return try JSONTable.withTable(bytes, file: file, work: work) { try body([$0]) }
            }
            if let text = MarkdownTables.text(bytes) {
                let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
                let found = MarkdownTables.tables(in: lines).filter { !$0.rows.isEmpty }
                if !found.isEmpty { return try withTables(found, file: file, body) }
            }
            if let document = TextDocument(bytes) {
                throw TableError.content(.notADelimitedTable(document), file: file, line: nil)
            }
            let layout = try DelimitedLayout(bytes, file: file)
            try MemoryBudget.require(memory(for: bytes, layout))
            var table = try CellTable(bytes, file: file, layout: layout, work: work)
            if layout.isFramed {
                // Around it there may be text, which has no fields.
                let whole = table
                table.keep { whole.fieldCount($0) > 1 }
            } else {
                table.completeHeader(layout)
                table.dropTitles()
            }
            if table.rowCount == 0 { throw TableError.content(.empty, file: file, line: nil) }
            return try body([table])
        }
    }

    /// Hands the tables of a text of Markdown to `body`.
    private static func withTables<Result>(
        _ found: [HubTable], file: String, _ body: ([CellTable]) throws -> Result
    ) throws -> Result {
        var bytes: [UInt8] = []
        func field(_ text: String) -> Range<Int> {
            let start = bytes.count
            bytes += Array(text.utf8)
            return start..<bytes.count
        }
        let tables = found.map { table in
            (
                fields: [table.header.map(field)]
                    + table.rows.map { $0.fields.map { field($0.replacing("\\|", with: "|")) } },
                lines: [table.line] + table.rows.map(\.line)
            )
        }
        return try bytes.withUnsafeBufferPointer { buffer in
            try body(tables.map { CellTable(buffer, file: file, fields: $0.fields, lines: $0.lines) })
        }
    }

    /// About what reading a table takes, from the place of each field to the results: 28 bytes for each, as measured. The fields
    /// of the first mebibyte stand for all.
    private static func memory(for bytes: UnsafeBufferPointer<UInt8>, _ layout: DelimitedLayout) -> Int {
        let sample = bytes.prefix(1 << 20)
        let fields = sample.count { $0 == layout.delimiter || $0 == UInt8(ascii: "\n") }
        return Int(Double(fields) / Double(max(1, sample.count)) * Double(bytes.count)) * 28
    }
}
