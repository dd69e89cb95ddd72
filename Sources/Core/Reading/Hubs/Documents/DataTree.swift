/// What a YAML or JSON text says: mappings, lists and scalars, each with the line it stands on.
///
/// Scalars stay as written. YAML 1.1 would make `no` a boolean and `19e4715` a number where a name is meant, so nothing
/// is resolved here; who asks for a number reads one from the text. The nodes lie in one array in the text's order and
/// their characters in another, so that a file of half a megabyte costs two allocations and not fifty thousand.
package struct DataTree: Sendable {
    package enum Kind: UInt8, Sendable {
        case mapping
        case list
        /// A scalar without quotation marks: of JSON a number or literal, of YAML anything.
        case plain
        /// A scalar in quotation marks, or a block of text.
        case quoted
    }

    /// One node. The children of a mapping are key, value, key, value, …; those of a list its items.
    struct Entry: Sendable {
        var kind: Kind
        /// Counted from 1.
        var line: UInt32
        /// Where a scalar's characters begin in `bytes`, and how many there are.
        var offset: UInt32 = 0
        var length: UInt32 = 0
        /// The position after the node's last descendant.
        var end: UInt32
    }

    private(set) var entries: [Entry] = []
    private(set) var bytes: [UInt8] = []
    /// The mappings and lists that have begun and not ended.
    private var open: [Int] = []

    /// The whole; `nil` of an empty text.
    package var root: DataNode? { entries.isEmpty ? nil : DataNode(tree: self, position: 0) }

    /// How deep mappings and lists are nested at this place.
    var depth: Int { open.count }

    mutating func begin(_ kind: Kind, line: Int) {
        open.append(entries.count)
        entries.append(Entry(kind: kind, line: UInt32(clamping: line), end: 0))
    }

    mutating func end() {
        guard let position = open.popLast() else { return }
        entries[position].end = UInt32(entries.count)
    }

    mutating func add(_ kind: Kind, line: Int, _ text: UnsafeBufferPointer<UInt8>) {
        entries.append(
            Entry(
                kind: kind, line: UInt32(clamping: line), offset: UInt32(bytes.count), length: UInt32(text.count),
                end: UInt32(entries.count + 1)))
        bytes.append(contentsOf: text)
    }

    /// Adds once more the node at `position`, which has ended.
    mutating func repeatNode(at position: Int) {
        let shift = UInt32(entries.count - position)
        for index in position..<Int(entries[position].end) {
            var copy = entries[index]
            copy.end += shift
            entries.append(copy)
        }
    }
}

/// Why a text is not read: a sentence without its full stop, and the line.
package struct DocumentError: Error, Equatable {
    package let line: Int
    package let problem: String
}
