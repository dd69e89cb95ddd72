import Foundation
import Support

/// A table of text as fields: where each begins and ends in the file's bytes, and the line of each row.
///
/// The bytes are not this table's: it lives inside the closure that they are given to. A row of three fields takes 32
/// bytes here, and no text is copied.
struct CellTable {
    /// The file's name, for messages.
    let file: String
    private let bytes: UnsafeBufferPointer<UInt8>
    private var starts: [UInt32] = []
    /// The highest bit says that the field is in quotation marks with more than plain text between or behind them.
    private var ends: [UInt32] = []
    private var rows: [UInt32] = []
    private var lines: [UInt32] = []
    /// Fields of data with spaces around them.
    private(set) var padded = 0
    private(set) var paddedLine = 0

    private static let special: UInt32 = 1 << 31

    /// Scans delimited text.
    ///
    /// - Throws: ``TableError``: UTF-16, a zero byte, bytes that are not UTF-8, a quotation that is never closed, more than
    ///   2 GiB; `Cancelled`.
    init(_ bytes: UnsafeBufferPointer<UInt8>, file: String, layout: DelimitedLayout, work: Work) throws {
        self.bytes = bytes
        self.file = file
        guard bytes.count < Int(Self.special) else {
            throw TableError.content(.tooLarge(2 << 30), file: file, line: nil)
        }
        try scan(layout, work)
    }

    /// A table from fields that were found otherwise.
    init(_ bytes: UnsafeBufferPointer<UInt8>, file: String, fields: [[Range<Int>]], lines: [Int]) {
        self.bytes = bytes
        self.file = file
        for (row, line) in zip(fields, lines) {
            rows.append(UInt32(starts.count))
            self.lines.append(UInt32(clamping: line))
            for field in row {
                starts.append(UInt32(field.lowerBound))
                ends.append(UInt32(field.upperBound))
            }
        }
    }

    /// Gives `body` a table of texts that no file holds so.
    ///
    /// - Parameters:
    ///   - lines: the line of each row, the header first.
    ///   - texts: a row's fields.
    static func of<Result>(
        _ file: String, lines: [Int], texts: (_ row: Int) -> [String], _ body: (CellTable) throws -> Result
    ) rethrows -> Result {
        var bytes: [UInt8] = []
        func field(_ text: String) -> Range<Int> {
            let start = bytes.count
            bytes += Array(text.utf8)
            return start..<bytes.count
        }
        let fields = lines.indices.map { texts($0).map(field) }
        return try bytes.withUnsafeBufferPointer {
            try body(CellTable($0, file: file, fields: fields, lines: lines))
        }
    }

    /// Gives `body` the table with a column more, in which each row but notes on the table has the same text.
    func adding<Result>(
        column header: String, of text: String, _ body: (CellTable) throws -> Result
    ) rethrows -> Result {
        guard rowCount > 0 else { return try body(self) }
        let width = fieldCount(0)
        return try made(of: Array(0..<rowCount)) { row in
            let missing = [String](repeating: "", count: max(0, width - fieldCount(row)))
            let last = row == 0 ? header : NoteRows.isNote(self, row, width: width) ? "" : text
            return texts(row) + missing + [last]
        } _: {
            try body($0)
        }
    }

    /// Gives `body` a table of other texts in the place of this one.
    ///
    /// - Parameters:
    ///   - sources: the row here that each of its rows is made of.
    ///   - texts: the fields of a row there.
    func made<Result>(
        of sources: [Int], texts: (_ position: Int) -> [String], _ body: (CellTable) throws -> Result
    ) rethrows -> Result {
        try Self.of(file, lines: sources.map(line), texts: texts) { made in
            var table = made
            (table.remark, table.cutOffLine, table.leftOut) = (remark, cutOffLine, leftOut)
            return try body(table)
        }
    }

    var rowCount: Int { rows.count }

    func fieldCount(_ row: Int) -> Int {
        (row + 1 < rows.count ? Int(rows[row + 1]) : starts.count) - Int(rows[row])
    }

    /// Counted from 1.
    func line(_ row: Int) -> Int { Int(lines[row]) }

    /// The field's bytes where they are plain text; `nil` where there is no such field or it needs ``text(_:_:)``.
    @inline(__always)
    func plain(_ row: Int, _ column: Int) -> UnsafeBufferPointer<UInt8>? {
        guard column < fieldCount(row) else { return nil }
        let index = Int(rows[row]) + column
        let end = ends[index]
        guard end & Self.special == 0 else { return nil }
        return UnsafeBufferPointer(rebasing: bytes[Int(starts[index])..<Int(end)])
    }

    /// The field's text; `nil` where there is no such field.
    func text(_ row: Int, _ column: Int) -> String? {
        guard column < fieldCount(row) else { return nil }
        let index = Int(rows[row]) + column
        let raw = bytes[Int(starts[index])..<Int(ends[index] & ~Self.special)]
        if ends[index] & Self.special == 0 {
            return String(decoding: UnsafeBufferPointer(rebasing: raw), as: UTF8.self)
        }
        return String(decoding: Self.unquoted(raw), as: UTF8.self)
    }

    func isEmpty(_ row: Int, _ column: Int) -> Bool {
        guard column < fieldCount(row) else { return true }
        let index = Int(rows[row]) + column
        return starts[index] == ends[index] & ~Self.special
    }

    /// The name of a field's text; ``Name/none`` where there is none or it is blank.
    @inline(__always)
    func name(_ row: Int, _ column: Int, in names: inout NameTable) -> Name {
        if let plain = plain(row, column) { return plain.isEmpty ? .none : names.intern(plain) }
        guard let text = text(row, column), !text.isEmpty else { return .none }
        return names.intern(text)
    }

    /// The number in a field.
    @inline(__always)
    func number(_ row: Int, _ column: Int, comma: ReadingOptions.Comma? = nil) -> WrittenNumber? {
        if let plain = plain(row, column) { return WrittenNumber(utf8: plain, comma: comma) }
        return text(row, column).flatMap { WrittenNumber($0, comma: comma) }
    }

    func texts(_ row: Int) -> [String] { (0..<fieldCount(row)).map { text(row, $0) ?? "" } }

    /// Whether the first field of each row was two, written as pandas writes a name of two levels: `('vit', 'pets')`.
    private(set) var hasTuples = false

    /// Makes two fields of the first where most rows have a pair there.
    mutating func splitTuples() {
        let sample = min(rowCount, 40)
        guard sample >= 3, (0..<sample).count(where: { pair($0) != nil }) * 2 > sample else { return }
        var (starts, ends, rows): ([UInt32], [UInt32], [UInt32]) = ([], [], [])
        for row in 0..<rowCount {
            rows.append(UInt32(starts.count))
            let first = Int(self.rows[row])
            let last = first + fieldCount(row)
            if let (a, b) = pair(row) {
                starts += [UInt32(a.lowerBound), UInt32(b.lowerBound)]
                ends += [UInt32(a.upperBound), UInt32(b.upperBound)]
            } else {
                // A header's first field is the first of the two, and the second has none.
                starts += [self.starts[first], self.starts[first]]
                ends += [self.ends[first], self.starts[first]]
            }
            starts += self.starts[(first + 1)..<last]
            ends += self.ends[(first + 1)..<last]
        }
        (self.starts, self.ends, self.rows) = (starts, ends, rows)
        hasTuples = true
    }

    /// Where the two texts of `('a', 'b')` stand in a row's first field.
    private func pair(_ row: Int) -> (Range<Int>, Range<Int>)? {
        guard let field = plain(row, 0), field.count >= 8, field.first == UInt8(ascii: "("),
            field.last == UInt8(ascii: ")")
        else { return nil }
        let start = Int(starts[Int(rows[row])])
        let quote = UInt8(ascii: "'")
        let marks = field.indices.filter { field[$0] == quote }
        guard marks.count == 4, marks[0] == 1, marks[3] == field.count - 2,
            field[(marks[1] + 1)..<marks[2]].allSatisfy({ $0 == UInt8(ascii: ",") || $0 == 32 })
        else { return nil }
        return ((start + marks[0] + 1)..<(start + marks[1]), (start + marks[2] + 1)..<(start + marks[3]))
    }

    /// What was taken for what where the text has no header, to be said.
    var remark: String?

    /// By level the first names of objects in objects, where these do not tell what the columns `level_1`, … are.
    var undecidedLevels: [String] = []

    /// The last line of JSON Lines, where it is cut off and left out.
    var cutOffLine: Int?

    /// Texts that were left out as they are no rows: comments that begin with `#`, and titles above the table.
    private(set) var leftOut: [(line: Int, text: String)] = []

    /// Gives the header an empty first field where each row has one more, its name, as R's `write.table` writes it.
    ///
    /// Where commas part the fields one more is a decimal comma as a rule: there names have quotation marks.
    mutating func completeHeader(_ layout: DelimitedLayout) {
        guard rowCount > 1, fieldCount(1) == fieldCount(0) + 1,
            (1..<rowCount).allSatisfy({ fieldCount($0) == fieldCount(0) + 1 }), areNames(layout)
        else { return }
        starts.insert(starts[0], at: 0)
        ends.insert(starts[0], at: 0)
        for row in rows.indices.dropFirst() { rows[row] += 1 }
        remark = "the header has one field less than the rows, as R writes it: the first column holds the rows' names"
    }

    /// Whether the first fields of rows are their names: numbers from 1 on, or texts where no header is that of models.
    private func areNames(_ layout: DelimitedLayout) -> Bool {
        let sample = 1..<min(rowCount, 200)
        // A delimiter at the end of each row makes one more, too.
        if sample.allSatisfy({ isEmpty($0, fieldCount($0) - 1) }) { return false }
        func isQuoted(_ row: Int) -> Bool {
            let start = Int(starts[Int(rows[row])])
            return bytes[start] == UInt8(ascii: "\"") || start > 0 && bytes[start - 1] == UInt8(ascii: "\"")
        }
        if layout.delimiter == UInt8(ascii: ","), !sample.allSatisfy(isQuoted) { return false }
        if sample.allSatisfy({ text($0, 0) == "\($0)" }) { return true }
        let keys = texts(0).map { AttributeKnowledge.key($0.trimmed) }
        let isNamed =
            TableRole.model.column(in: keys) != nil || TableRole.dataset.column(in: keys) != nil
            || ["name", "id", "index", ""].contains(keys[0])
        return !isNamed && sample.allSatisfy { number($0, 0) == nil && !isEmpty($0, 0) }
    }

    /// Leaves out what stands above the header and between rows and is no row: lines that begin with `#` and have not the
    /// table's fields, and lines at the top with a text in their first field alone, or with nothing.
    mutating func dropTitles() {
        let sample = (0..<min(rowCount, 60)).map { fieldCount($0) }
        // The most frequent number of fields; of equals the larger.
        var counts: [Int: Int] = [:]
        for count in sample { counts[count, default: 0] += 1 }
        guard let width = counts.max(by: { ($0.value, $0.key) < ($1.value, $1.key) })?.key, width > 1 else { return }
        func isComment(_ row: Int) -> Bool {
            fieldCount(row) != width && plain(row, 0)?.first == UInt8(ascii: "#")
        }
        var first = 0
        while first + 1 < rowCount, (1..<max(1, fieldCount(first))).allSatisfy({ isEmpty(first, $0) }) { first += 1 }
        let whole = self
        let dropped = (0..<rowCount).filter { $0 < first || isComment($0) }
        if dropped.isEmpty { return }
        leftOut = dropped.compactMap { row in
            let text = (whole.text(row, 0) ?? "").trimmed
            return text.isEmpty ? nil : (whole.line(row), text)
        }
        let rows = Set(dropped)
        keep { !rows.contains($0) }
    }

    /// Leaves out rows.
    mutating func keep(_ isKept: (Int) -> Bool) {
        let kept = (0..<rowCount).filter(isKept)
        if kept.count == rowCount { return }
        var copy = self
        copy.starts = []
        copy.ends = []
        copy.rows = []
        copy.lines = []
        for row in kept {
            copy.rows.append(UInt32(copy.starts.count))
            copy.lines.append(lines[row])
            let first = Int(rows[row])
            copy.starts += starts[first..<(first + fieldCount(row))]
            copy.ends += ends[first..<(first + fieldCount(row))]
        }
        self = copy
    }

    private mutating func scan(_ layout: DelimitedLayout, _ work: Work) throws {
        let delimiter = layout.delimiter
        var position = layout.start
        var line = layout.firstLine
        let count = bytes.count
        // A guess at the number of fields spares doubling large arrays.
        starts.reserveCapacity(min(count / 8, 1 << 26))
        ends.reserveCapacity(min(count / 8, 1 << 26))
        var sinceCheck = 0
        while true {
            while position < count, bytes[position] == 10 || bytes[position] == 13 {
                if bytes[position] == 10 { line += 1 }
                position += 1
            }
            guard position < count else { return }
            sinceCheck += 1
            if sinceCheck & 0x3fff == 0 {
                try work.check()
                work.report("Reading \(file)", Double(position) / Double(count))
            }
            let isFirst = rows.isEmpty
            rows.append(UInt32(starts.count))
            lines.append(UInt32(line))
            if layout.isFramed {
                while position < count, bytes[position] == 32 || bytes[position] == 9 { position += 1 }
                if position < count, bytes[position] == delimiter { position += 1 }
            }
            while true {
                // Spaces before a field are no part of it; a tab may be the delimiter.
                var isPadded = false
                while position < count, bytes[position] == 32 || (bytes[position] == 9 && delimiter != 9) {
                    position += 1
                }
                let start = position
                var isSpecial = false
                var isQuoted = false
                if position < count, bytes[position] == UInt8(ascii: "\"") {
                    isQuoted = true
                    (position, isSpecial) = try quoted(from: start, line: &line, delimiter)
                }
                var high: UInt8 = 0
                let unquoted = position
                while position < count {
                    let byte = bytes[position]
                    if byte == delimiter || byte == 10 || byte == 13 { break }
                    if byte == 0 { throw TableError.content(.zeroByte, file: file, line: line) }
                    high |= byte
                    position += 1
                }
                var end = position
                while end > unquoted, bytes[end - 1] == 32 || (bytes[end - 1] == 9 && delimiter != 9) {
                    end -= 1
                    isPadded = true
                }
                if isQuoted, end > unquoted { isSpecial = true }
                if high >= 0x80 || isQuoted { try validate(start..<end, line) }
                if isQuoted && !isSpecial {
                    starts.append(UInt32(start + 1))
                    ends.append(UInt32(end - 1))
                } else {
                    starts.append(UInt32(start))
                    ends.append(UInt32(end) | (isSpecial ? Self.special : 0))
                }
                if isPadded, !isFirst, !layout.isFramed {
                    padded += 1
                    if paddedLine == 0 { paddedLine = line }
                }
                guard position < count, bytes[position] == delimiter else { break }
                position += 1
            }
            // `| a | b |` ends in a delimiter that begins no field.
            if layout.isFramed, starts.count > Int(rows[rows.count - 1]) + 1,
                starts[starts.count - 1] == ends[ends.count - 1]
            {
                starts.removeLast()
                ends.removeLast()
            }
        }
    }

    /// The position after a field's closing quotation mark, and whether there are doubled ones inside.
    private func quoted(from start: Int, line: inout Int, _ delimiter: UInt8) throws -> (Int, Bool) {
        let openedOn = line
        var position = start + 1
        var hasDoubled = false
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\""):
                position += 1
                guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
                    return (position, hasDoubled)
                }
                hasDoubled = true
                position += 1
            case 10:
                line += 1
                position += 1
            case 0: throw TableError.content(.zeroByte, file: file, line: line)
            default: position += 1
            }
        }
        throw TableError.content(.unclosedQuotation, file: file, line: openedOn)
    }

    private func validate(_ range: Range<Int>, _ line: Int) throws {
        let part = UnsafeBufferPointer(rebasing: bytes[range])
        if part.allSatisfy({ $0 < 0x80 }) { return }
        if String(validating: part, as: UTF8.self) == nil { throw TableError.content(.notUTF8, file: file, line: line) }
    }

    /// The text of `"a ""b""" c`: without the outer quotation marks, doubled ones once, what follows as it is.
    private static func unquoted(_ raw: Slice<UnsafeBufferPointer<UInt8>>) -> [UInt8] {
        var result: [UInt8] = []
        var position = raw.startIndex + 1
        var isInside = true
        while position < raw.endIndex {
            let byte = raw[position]
            if isInside, byte == UInt8(ascii: "\"") {
                if position + 1 < raw.endIndex, raw[position + 1] == byte {
                    result.append(byte)
                    position += 1
                } else {
                    isInside = false
                }
            } else {
                result.append(byte)
            }
            position += 1
        }
        return result
    }
}
