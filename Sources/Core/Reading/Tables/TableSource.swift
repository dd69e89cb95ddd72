import Foundation
import Support

/// Opens the tables of a place: unpacks, finds the layout, and hands over the fields.
struct TableSource {
    let place: ReadingPlace
    let work: Work

    /// Hands a file's table to `body`.
    ///
    /// - Parameter relative: the file's path inside the place; empty for a place that is a file.
    /// - Throws: ``TableError``; `Cancelled`; what `body` throws.
    func withTable<Result>(_ relative: String, _ body: (CellTable) throws -> Result) throws -> Result {
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
        return try Self.withTable(packed, file: file, work: work, body)
    }

    /// Hands the table in a file's bytes to `body`.
    static func withTable<Result>(
        _ packed: Data, file: String, work: Work, _ body: (CellTable) throws -> Result
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
            if JSONTable.isJSON(bytes) { return try JSONTable.withTable(bytes, file: file, work: work, body) }
            if let document = TextDocument(bytes) {
                throw TableError.content(.notADelimitedTable(document), file: file, line: nil)
            }
            let layout = try DelimitedLayout(bytes, file: file)
            try MemoryBudget.require(memory(for: bytes, layout))
            var table = try CellTable(bytes, file: file, layout: layout, work: work)
            if layout.isFramed {
                // The line `|---|---|` below a Markdown table's header.
                let whole = table
                // Around it there may be text, which has no fields.
                table.keep { row in
                    whole.fieldCount(row) > 1
                        && !whole.texts(row).allSatisfy { !$0.isEmpty && $0.allSatisfy { $0 == "-" || $0 == ":" } }
                }
            }
            if !layout.isFramed { table.dropTitles() }
            if table.rowCount == 0 { throw TableError.content(.empty, file: file, line: nil) }
            return try body(table)
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
