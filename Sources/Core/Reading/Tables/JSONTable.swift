import Support

/// Tables as JSON: an object a line (JSON Lines), or one array of objects. The columns are the objects' keys in the order
/// in which they first occur.
enum JSONTable {
    /// Whether a text begins as one of these.
    static func isJSON(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        while position < bytes.count, [9, 10, 13, 32].contains(bytes[position]) { position += 1 }
        guard position < bytes.count else { return false }
        if bytes[position] == UInt8(ascii: "{") { return true }
        guard bytes[position] == UInt8(ascii: "[") else { return false }
        position += 1
        while position < bytes.count, [9, 10, 13, 32].contains(bytes[position]) { position += 1 }
        return position < bytes.count && (bytes[position] == UInt8(ascii: "{") || bytes[position] == UInt8(ascii: "]"))
    }

    /// Hands the table to `body`.
    ///
    /// - Throws: ``TableError`` where the text is no JSON, or no objects; `Cancelled`; what `body` throws.
    static func withTable<Result>(
        _ bytes: UnsafeBufferPointer<UInt8>, file: String, work: Work, _ body: (CellTable) throws -> Result
    ) throws -> Result {
        var gathering = Gathering()
        let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        let text = UnsafeBufferPointer(rebasing: bytes[start...])
        let first = text.first { ![9, 10, 13, 32].contains($0) }
        do throws(DocumentError) {
            if first == UInt8(ascii: "[") {
                let tree = try JSONReader.read(text, isCancelled: work.isCancelled)
                for item in tree.root?.items ?? [] { try gathering.add(item) }
            } else if let (whole, isTable) = Self.singleObject(text), isTable {
                try gathering.add(columns: whole)
            } else {
                var lines = LineScanner(text)
                while let (range, number) = lines.next() {
                    let line = UnsafeBufferPointer(rebasing: text[range])
                    if line.allSatisfy({ [9, 13, 32].contains($0) }) { continue }
                    if number & 0xfff == 0, work.isCancelled() { break }
                    if let item = try JSONReader.read(line, firstLine: number).root { try gathering.add(item) }
                }
            }
        } catch {
            try work.check()
            throw TableError.content(.json(error.problem), file: file, line: error.line)
        }
        try work.check()
        if gathering.rows.isEmpty { throw TableError.content(.empty, file: file, line: nil) }
        return try gathering.table(file, body)
    }

    /// One object over several lines: pandas' `{"model": {"0": …}, …}` or `{"model": […], …}`.
    private static func singleObject(_ text: UnsafeBufferPointer<UInt8>) -> (DataNode, Bool)? {
        guard let root = try? JSONReader.read(text).root, root.isMapping else { return nil }
        let pairs = root.pairs
        return (root, !pairs.isEmpty && pairs.allSatisfy { $0.value.isList || $0.value.isMapping })
    }

    private struct Gathering {
        var columns: [String] = []
        private var indices: [String: Int] = [:]
        var rows: [[Int: String]] = []
        var lines: [Int] = []

        private mutating func column(_ name: String) -> Int {
            if let known = indices[name] { return known }
            indices[name] = columns.count
            columns.append(name)
            return columns.count - 1
        }

        mutating func add(_ item: DataNode) throws(DocumentError) {
            guard item.isMapping else {
                throw DocumentError(line: item.line, problem: "there is something that is no object")
            }
            var row: [Int: String] = [:]
            for (key, value) in item.pairs { row[column(key)] = Self.text(value) }
            rows.append(row)
            lines.append(item.line)
        }

        /// A table whose columns are lists, or mappings from row names.
        mutating func add(columns whole: DataNode) throws(DocumentError) {
            for (name, values) in whole.pairs {
                let column = column(name)
                let items = values.isList ? values.items : values.pairs.map(\.value)
                for (position, item) in items.enumerated() {
                    if position == rows.count {
                        rows.append([:])
                        lines.append(item.line)
                    }
                    rows[position][column] = Self.text(item)
                }
            }
        }

        /// A scalar as written, a list of scalars with `;` between them; `nil` for nothing and for what is deeper.
        private static func text(_ node: DataNode) -> String? {
            if node.isScalar { return node.text }
            guard node.isList else { return nil }
            let items = node.items
            let texts = items.compactMap(\.text)
            return texts.count == items.count && !texts.isEmpty ? Facts.Value.set(texts).text : nil
        }

        func table<Result>(_ file: String, _ body: (CellTable) throws -> Result) throws -> Result {
            var bytes: [UInt8] = []
            func field(_ text: String) -> Range<Int> {
                let start = bytes.count
                bytes += Array(text.utf8)
                return start..<bytes.count
            }
            var fields = [columns.map { field($0) }]
            for row in rows { fields.append(columns.indices.map { field(row[$0] ?? "") }) }
            return try bytes.withUnsafeBufferPointer { buffer in
                try body(CellTable(buffer, file: file, fields: fields, lines: [lines.first ?? 1] + lines))
            }
        }
    }
}
