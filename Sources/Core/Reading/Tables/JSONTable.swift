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
        return position < bytes.count && "{[]\"".utf8.contains(bytes[position])
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
                let items = tree.root?.items ?? []
                if let name = items.first?.name {
                    throw DocumentError(
                        line: 1,
                        problem: name.contains("_Weights.")
                            ? "it is a list of torchvision's weights by name alone; script/export-zoo torchvision writes what they reached"
                            : "it is a list of names, and nothing says what they reached")
                }
                if items.first?.isList == true {
                    try gathering.add(rows: items)
                } else if items.first?["header"]?.isList == true, items.first?["rows"]?.isList == true {
                    for item in items where item["rows"]?.isList == true { try gathering.add(headed: item) }
                } else {
                    for item in items { try gathering.add(item) }
                }
            } else if let whole = Self.singleObject(text) {
                if whole["nbformat"] != nil, whole["cells"] != nil {
                    throw DocumentError(line: 1, problem: "it is a notebook; run it, and write its table with to_csv")
                }
                try gathering.add(whole: whole)
            } else {
                try gathering.add(lines: text, isCancelled: work.isCancelled)
            }
        } catch {
            try work.check()
            throw TableError.content(.json(error.problem), file: file, line: error.line)
        }
        try work.check()
        if gathering.rows.isEmpty { throw TableError.content(.empty, file: file, line: nil) }
        return try gathering.table(file, body)
    }

    /// One object that is no row: it holds lists or mappings.
    private static func singleObject(_ text: UnsafeBufferPointer<UInt8>) -> DataNode? {
        guard let root = try? JSONReader.read(text).root, root.isMapping else { return nil }
        return root.pairs.contains { $0.value.isMapping || $0.value.isList && ($0.value.items.first?.isScalar != true) }
            || !root.pairs.isEmpty && root.pairs.allSatisfy { $0.value.isList }
            ? root : nil
    }
}
