import Foundation

/// A comma-separated file (RFC 4180) with a header, read whole: each row with the line it begins on.
///
/// This is our own reader and not a library's because a mistake must be told with its line, because a file that is no
/// text must be refused at its first bytes, and because the built-in zoo has to load within 50 ms.
/// Rows may be shorter or longer than the header; what that means is the caller's to say (see `overlongRows`).
public struct CSVTable: Sendable {
    public struct Row: Sendable {
        /// The line of the file that the row begins on, counted from 1.
        public let line: Int
        public let fields: [String]
    }

    /// The file's name, for messages.
    public let file: String
    public let header: [String]
    public let rows: [Row]
    private let columns: [String: Int]

    /// Reads `url`.
    ///
    /// - Throws: ``TableError``: unreadable, empty, not UTF-8 text, a quotation that is never closed, or two columns of
    ///   one name.
    public init(contentsOf url: URL) throws(TableError) {
        let file = url.lastPathComponent
        let data: Data
        do {
            data = try Data(contentsOf: url, options: .alwaysMapped)
        } catch {
            let exists = FileManager.default.fileExists(atPath: url.path)
            throw .file(exists ? .notReadable(path: url.path) : .notFound(path: url.path))
        }
        try self.init(data, file: file)
    }

    /// Reads a file's bytes; `file` is the name used in messages.
    public init(_ data: Data, file: String) throws(TableError) {
        var records: [Row] = []
        let outcome: Result<Void, TableError> = data.withUnsafeBytes { bytes in
            var scanner = Scanner(bytes: bytes.bindMemory(to: UInt8.self), file: file)
            do throws(TableError) {
                if scanner.isUTF16 { throw .content(.utf16, file: file, line: 1) }
                while let row = try scanner.row() { records.append(row) }
                return .success(())
            } catch {
                return .failure(error)
            }
        }
        try outcome.get()
        guard let first = records.first else { throw .content(.empty, file: file, line: nil) }
        var seen: Set<String> = []
        for name in first.fields where !name.isEmpty && !seen.insert(name).inserted {
            throw .content(.repeatedColumn(name), file: file, line: first.line)
        }
        self.file = file
        header = first.fields
        rows = Array(records.dropFirst())
        columns = Dictionary(header.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The rows that hold something beyond the header's last column, as `records.csv line 7`: as a rule a comma in a name
    /// that is not quoted, so that what follows it stands a column too far to the right.
    var overlongRows: [String] {
        rows.filter { row in
            row.fields.count > header.count && row.fields[header.count...].contains { !$0.isEmpty }
        }.map { "\(file) line \($0.line)" }
    }

    /// The position of the column called `name`; `nil` where there is none.
    public func column(_ name: String) -> Int? { columns[name] }

    /// The position of the column called `name`.
    ///
    /// - Throws: ``TableError`` that lists the columns there are.
    public func requiredColumn(_ name: String) throws(TableError) -> Int {
        if let position = columns[name] { return position }
        throw .content(.missingColumns([name], known: header, line: nil), file: file, line: 1)
    }

    /// The number at `column` of `row`: `nil` where the field is empty or missing, infinities as they are.
    ///
    /// - Throws: ``TableError`` where there is a text instead.
    public func number(_ row: Row, _ column: Int) throws(TableError) -> Double? {
        guard column < row.fields.count else { return nil }
        let field = row.fields[column]
        if field.isEmpty { return nil }
        // Trimming costs more than reading; hardly any field needs it.
        if let value = Double(field) ?? Double(field.trimmingCharacters(in: .whitespaces)) {
            return value.isNaN ? nil : value
        }
        throw .content(.notANumber(field, column: header[column]), file: file, line: row.line)
    }

    /// The text at `column` of `row`; `nil` where it is empty or missing.
    public func text(_ row: Row, _ column: Int?) -> String? {
        guard let column, column < row.fields.count, !row.fields[column].isEmpty else { return nil }
        return row.fields[column]
    }
}

/// Goes once over the bytes of a comma-separated file.
private struct Scanner {
    let bytes: UnsafeBufferPointer<UInt8>
    let file: String
    var position = 0
    var line = 1

    init(bytes: UnsafeBufferPointer<UInt8>, file: String) {
        self.bytes = bytes
        self.file = file
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }

    /// Whether the file begins as UTF-16 does: with its mark, or with every other byte zero.
    var isUTF16: Bool {
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { return true }
        guard bytes.count >= 4 else { return false }
        let zeros = bytes.prefix(4).map { $0 == 0 }
        return zeros == [false, true, false, true] || zeros == [true, false, true, false]
    }

    /// The next row that is not blank; `nil` at the end.
    mutating func row() throws(TableError) -> CSVTable.Row? {
        while position < bytes.count, bytes[position] == 10 || bytes[position] == 13 {
            if bytes[position] == 10 { line += 1 }
            position += 1
        }
        guard position < bytes.count else { return nil }
        let start = line
        var fields: [String] = []
        while true {
            fields.append(try field())
            guard position < bytes.count, bytes[position] == UInt8(ascii: ",") else { break }
            position += 1
        }
        return CSVTable.Row(line: start, fields: fields)
    }

    private mutating func field() throws(TableError) -> String {
        if position < bytes.count, bytes[position] == UInt8(ascii: "\"") { return try quotedField() }
        let start = position
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: ","), 10, 13: return try text(start..<position)
            case 0: throw notText
            default: position += 1
            }
        }
        return try text(start..<position)
    }

    private mutating func quotedField() throws(TableError) -> String {
        let openedOn = line
        var result = ""
        position += 1
        var start = position
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\""):
                result += try text(start..<position)
                position += 1
                guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
                    let tail = position
                    while position < bytes.count, ![UInt8(ascii: ","), 10, 13].contains(bytes[position]) {
                        position += 1
                    }
                    return result + (try text(tail..<position))
                }
                start = position
                position += 1
            case 10:
                line += 1
                position += 1
            case 0: throw notText
            default: position += 1
            }
        }
        throw .content(.unclosedQuotation, file: file, line: openedOn)
    }

    private func text(_ range: Range<Int>) throws(TableError) -> String {
        let part = UnsafeBufferPointer(rebasing: bytes[range])
        // Nearly every field is ASCII, which needs no validation; that is quicker.
        if part.allSatisfy({ $0 < 0x80 }) { return String(decoding: part, as: UTF8.self) }
        guard let text = String(validating: part, as: UTF8.self) else {
            throw .content(.notUTF8, file: file, line: line)
        }
        return text
    }

    private var notText: TableError { .content(.zeroByte, file: file, line: line) }
}
