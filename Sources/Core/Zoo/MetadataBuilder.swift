/// Collects what is known of models, datasets or results and makes the typed columns.
struct MetadataBuilder {
    private var rowCount = 0
    private var names: [String] = []
    private var positions: [String: Int] = [:]
    /// The types that were declared, which count instead of what the values look like.
    private var declared: [String: MetadataTable.Kind] = [:]
    private var values: [[Facts.Value?]] = []

    init() {}

    init(_ table: MetadataTable) {
        rowCount = table.rowCount
        for column in table.columns {
            let position = self.position(column.name)
            declared[column.name] = column.values.kind
            values[position] = (0..<rowCount).map { table.value($0, column) }
        }
    }

    /// In the order in which they came up.
    var columnNames: [String] { names }

    mutating func addRow() -> Int {
        rowCount += 1
        return rowCount - 1
    }

    mutating func reserveRows(_ count: Int) { rowCount = max(rowCount, count) }

    mutating func declare(_ name: String, _ kind: MetadataTable.Kind) { declared[name] = kind }

    mutating func set(_ row: Int, _ name: String, _ value: Facts.Value) {
        let position = position(name)
        if values[position].count <= row {
            values[position] += [Facts.Value?](repeating: nil, count: max(row + 1, rowCount) - values[position].count)
        }
        values[position][row] = value
    }

    func value(_ row: Int, _ name: String) -> Facts.Value? {
        guard let position = positions[name], row < values[position].count else { return nil }
        return values[position][row]
    }

    private mutating func position(_ name: String) -> Int {
        if let known = positions[name] { return known }
        positions[name] = names.count
        names.append(name)
        values.append([])
        return names.count - 1
    }

    /// The columns in the order in which they came up. One whose values have several types becomes one of texts, unless
    /// they are categories and numbers, which become categories.
    func table() -> MetadataTable {
        let columns = names.indices.map { position -> MetadataTable.Column in
            MetadataTable.Column(name: names[position], values: typed(values[position], declared[names[position]]))
        }
        return MetadataTable(rowCount: rowCount, columns: columns)
    }

    private func typed(_ known: [Facts.Value?], _ declared: MetadataTable.Kind?) -> MetadataTable.Values {
        var kinds: Set<MetadataTable.Kind> = []
        for case let value? in known {
            switch value {
            case .number: kinds.insert(.number)
            case .category, .truth: kinds.insert(.category)
            case .text: kinds.insert(.text)
            case .set: kinds.insert(.set)
            }
        }
        var kind: MetadataTable.Kind =
            kinds.count == 1
            ? kinds.first ?? .text : kinds.contains(.set) ? .set : kinds.contains(.text) ? .text : .category
        if let declared, declared != .number || kinds.isSubset(of: [.number]) { kind = declared }
        switch kind {
        case .number:
            var numbers = [Double](repeating: .nan, count: rowCount)
            for (row, value) in known.enumerated() { if case .number(let number)? = value { numbers[row] = number } }
            return .numbers(numbers)
        case .text:
            var texts = [String?](repeating: nil, count: rowCount)
            for (row, value) in known.enumerated() { texts[row] = value?.text }
            return .texts(texts)
        case .category:
            var levels = Levels()
            var indices = [Int32](repeating: -1, count: rowCount)
            for case (let row, let value?) in known.enumerated() { indices[row] = levels.index(value.text) }
            return .categories(indices, levels: levels.names)
        case .set:
            var levels = Levels()
            var sets = [[Int32]](repeating: [], count: rowCount)
            for case (let row, let value?) in known.enumerated() {
                let elements = if case .set(let elements) = value { elements } else { [value.text] }
                var seen: Set<Int32> = []
                sets[row] = elements.map { levels.index($0) }.filter { seen.insert($0).inserted }
            }
            return .sets(sets, levels: levels.names)
        }
    }

    private struct Levels {
        private(set) var names: [String] = []
        private var indices: [String: Int32] = [:]

        mutating func index(_ name: String) -> Int32 {
            if let known = indices[name] { return known }
            let index = Int32(names.count)
            indices[name] = index
            names.append(name)
            return index
        }
    }
}
