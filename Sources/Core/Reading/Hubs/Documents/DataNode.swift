/// A node of a ``DataTree``.
package struct DataNode: Sendable {
    let tree: DataTree
    let position: Int

    private var entry: DataTree.Entry { tree.entries[position] }

    package var kind: DataTree.Kind { entry.kind }
    package var isMapping: Bool { entry.kind == .mapping }
    package var isList: Bool { entry.kind == .list }
    package var isScalar: Bool { !isMapping && !isList }
    /// Counted from 1.
    package var line: Int { Int(entry.line) }

    /// Whether it is a scalar that says there is nothing: `null`, `~`, or nothing at all, without quotation marks.
    package var isNull: Bool {
        entry.kind == .plain && (entry.length == 0 || ["~", "null", "Null", "NULL"].contains(scalar))
    }

    /// The scalar as written; `nil` for mappings, lists and nothing.
    package var text: String? { isScalar && !isNull ? scalar : nil }

    /// The scalar as a name: `nil` also where it is blank, or one of the words that programs write for nothing.
    package var name: String? {
        guard let text = text?.trimmed, !text.isEmpty else { return nil }
        return ["None", "null", "Null", "NULL", "none", "~", "nan", "NaN", "N/A", "undefined"].contains(text)
            ? nil : text
    }

    /// What the key is bound to: the last of them where a mapping has it twice, as Python's readers take it; else what a
    /// merged mapping (`<<`) binds it to.
    package subscript(key: StaticString) -> DataNode? {
        guard isMapping else { return nil }
        var found: Int?
        var merged: Int?
        forEachPosition { keyPosition, value in
            if isText(keyPosition, key) { found = value }
            if isText(keyPosition, "<<") { merged = value }
        }
        if let found { return DataNode(tree: tree, position: found) }
        guard let merged else { return nil }
        let node = DataNode(tree: tree, position: merged)
        return node.isList ? node.items.lazy.compactMap { $0[key] }.first : node[key]
    }

    /// A list's items; of anything else none.
    package var items: [DataNode] {
        guard isList else { return [] }
        var items: [DataNode] = []
        var next = position + 1
        while next < Int(entry.end) {
            items.append(DataNode(tree: tree, position: next))
            next = Int(tree.entries[next].end)
        }
        return items
    }

    /// A list's items, and anything else as a list of itself; of nothing none.
    package var itemsOrSelf: [DataNode] { isList ? items : isNull ? [] : [self] }

    /// A mapping's pairs in the text's order, those with a scalar for their key.
    package var pairs: [(key: String, value: DataNode)] {
        var pairs: [(String, DataNode)] = []
        forEachPosition { key, value in
            let node = DataNode(tree: tree, position: key)
            if node.isScalar { pairs.append((node.scalar, DataNode(tree: tree, position: value))) }
        }
        return pairs
    }

    private var scalar: String {
        let start = Int(entry.offset)
        return tree.bytes.withUnsafeBufferPointer {
            String(decoding: UnsafeBufferPointer(rebasing: $0[start..<start + Int(entry.length)]), as: UTF8.self)
        }
    }

    private func isText(_ position: Int, _ text: StaticString) -> Bool {
        let entry = tree.entries[position]
        guard entry.kind == .plain || entry.kind == .quoted, Int(entry.length) == text.utf8CodeUnitCount else {
            return false
        }
        return tree.bytes.withUnsafeBufferPointer { bytes in
            text.withUTF8Buffer { wanted in
                UnsafeBufferPointer(rebasing: bytes[Int(entry.offset)..<Int(entry.offset) + wanted.count])
                    .elementsEqual(wanted)
            }
        }
    }

    private func forEachPosition(_ body: (_ key: Int, _ value: Int) -> Void) {
        guard isMapping else { return }
        var key = position + 1
        while key < Int(entry.end) {
            let value = Int(tree.entries[key].end)
            guard value < Int(entry.end) else { return }
            body(key, value)
            key = Int(tree.entries[value].end)
        }
    }
}
