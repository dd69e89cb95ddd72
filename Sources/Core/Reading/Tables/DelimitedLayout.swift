import Support

/// What separates the fields of a text, and where its first row begins.
struct DelimitedLayout: Sendable, Equatable {
    let delimiter: UInt8
    /// The first byte of the first row, after a byte order mark and a `sep=` line.
    let start: Int
    let firstLine: Int
    /// Whether rows begin and end with the delimiter too, as Markdown's do.
    let isFramed: Bool

    static let delimiters: [UInt8] = [",", ";", "\t", "|"].map { UInt8(ascii: $0) }

    /// What a `sep=;` line says; else the delimiter that cuts the first rows into the same number of fields, the most of
    /// them; else single blanks, as R's `write.table` writes them. A comma where nothing tells.
    init(_ bytes: UnsafeBufferPointer<UInt8>, file: String) throws(TableError) {
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) || Self.hasEveryOtherByteZero(bytes) {
            throw .content(.utf16, file: file, line: 1)
        }
        var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        var firstLine = 1
        if let (said, next) = Self.separatorLine(bytes, from: start) {
            start = next
            firstLine = 2
            self.init(delimiter: said, start: start, firstLine: firstLine, isFramed: false)
            return
        }
        let lines = Self.firstLines(bytes, from: start, limit: 60)
        if lines.count > 1, lines.allSatisfy({ $0.first == UInt8(ascii: "|") }) {
            self.init(delimiter: UInt8(ascii: "|"), start: start, firstLine: firstLine, isFramed: true)
            return
        }
        var best = (delimiter: Self.delimiters[0], share: -1.0, columns: 1)
        for delimiter in Self.delimiters {
            let counts = lines.map { Self.fieldCount($0, delimiter) }
            guard let columns = counts.first, columns > 1 else { continue }
            let share = Double(counts.count { $0 == columns }) / Double(counts.count)
            // A little less even is no reason to take fewer columns.
            let isEven = share >= 0.8
            let bestIsEven = best.share >= 0.8
            let isBest = best.columns == 1 || (isEven == bestIsEven ? columns > best.columns : isEven)
            if isBest { best = (delimiter, share, columns) }
        }
        let isApart = best.columns == 1 && Self.areApartByBlanks(lines)
        self.init(
            delimiter: isApart ? UInt8(ascii: " ") : best.delimiter, start: start, firstLine: firstLine, isFramed: false
        )
    }

    private init(delimiter: UInt8, start: Int, firstLine: Int, isFramed: Bool) {
        self.delimiter = delimiter
        self.start = start
        self.firstLine = firstLine
        self.isFramed = isFramed
    }

    private static func hasEveryOtherByteZero(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard bytes.count >= 4 else { return false }
        let zeros = bytes.prefix(4).map { $0 == 0 }
        return zeros == [false, true, false, true] || zeros == [true, false, true, false]
    }

    /// `sep=;` alone on the first line, quoted or not, as spreadsheet programs understand it.
    private static func separatorLine(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> (UInt8, next: Int)? {
        if bytes.count > start + 7, bytes[start] == UInt8(ascii: "\""), bytes[start + 6] == UInt8(ascii: "\""),
            let (said, _) = separatorLine(
                UnsafeBufferPointer(rebasing: bytes[(start + 1)..<(start + 6)]), from: 0)
        {
            return endOfLine(bytes, start + 7).map { (said, $0) }
        }
        guard bytes.count >= start + 5, bytes[start..<(start + 4)].elementsEqual(Array("sep=".utf8))
        else { return nil }
        return endOfLine(bytes, start + 5).map { (bytes[start + 4], $0) }
    }

    /// Where the next line begins, if nothing is left of this one.
    private static func endOfLine(_ bytes: UnsafeBufferPointer<UInt8>, _ position: Int) -> Int? {
        guard position >= bytes.count || bytes[position] == 10 || bytes[position] == 13 else { return nil }
        var next = position
        while next < bytes.count, bytes[next] == 13 || bytes[next] == 10 {
            next += 1
            if bytes[next - 1] == 10 { break }
        }
        return next
    }

    /// The first lines that are not blank; quotation marks may hold line breaks.
    private static func firstLines(
        _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, limit: Int
    ) -> [UnsafeBufferPointer<UInt8>] {
        var lines: [UnsafeBufferPointer<UInt8>] = []
        var begin = start
        var isQuoted = false
        var position = start
        // A file without line breaks is not searched to its end.
        let end = min(bytes.count, start + (1 << 20))
        while position < end, lines.count < limit {
            let byte = bytes[position]
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            if !isQuoted, byte == 10 || byte == 13 {
                if position > begin { lines.append(UnsafeBufferPointer(rebasing: bytes[begin..<position])) }
                begin = position + 1
            }
            position += 1
        }
        if lines.count < limit, begin < end { lines.append(UnsafeBufferPointer(rebasing: bytes[begin..<end])) }
        return lines
    }

    private static func fieldCount(_ line: UnsafeBufferPointer<UInt8>, _ delimiter: UInt8) -> Int {
        var isQuoted = false
        var count = 1
        for byte in line {
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() } else if byte == delimiter, !isQuoted { count += 1 }
        }
        return count
    }

    /// Whether one blank, and never more, stands between the fields of each line: of all as many, in the header one less
    /// where the rows have names.
    private static func areApartByBlanks(_ lines: [UnsafeBufferPointer<UInt8>]) -> Bool {
        let blank = UInt8(ascii: " ")
        let counts = lines.map { fieldCount($0, blank) }
        guard let rows = counts.last, rows > 1, lines.count > 1, counts.dropFirst().allSatisfy({ $0 == rows }),
            counts[0] == rows || counts[0] == rows - 1
        else { return false }
        return lines.allSatisfy { line in
            // Names in quotation marks may have what they like.
            var isQuoted = false
            var last = blank
            for byte in line {
                if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
                if !isQuoted, byte == blank, last == blank { return false }
                last = isQuoted ? UInt8(ascii: "\"") : byte
            }
            return last != blank
        }
    }
}
