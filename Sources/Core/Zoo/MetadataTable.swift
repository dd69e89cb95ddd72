import Support

/// What is known of models, datasets or results: typed columns, one value a row or none.
///
/// A column has no special place because its name was foreseen: filters, SQL, displays, graph features and methods all
/// read this table.
public struct MetadataTable: Sendable, Equatable {
    public struct Column: Sendable, Equatable {
        public let name: String
        public var values: Values

        public init(name: String, values: Values) {
            self.name = name
            self.values = values
        }
    }

    public enum Values: Sendable, Equatable {
        /// `nan` where it is not known.
        case numbers([Double])
        /// Indices into `levels`, -1 where it is not known.
        case categories([Int32], levels: [String])
        case texts([String?])
        /// Indices into `levels`; empty where nothing is known.
        case sets([[Int32]], levels: [String])

        public var kind: Kind {
            switch self {
            case .numbers: .number
            case .categories: .category
            case .texts: .text
            case .sets: .set
            }
        }
    }

    public enum Kind: String, Sendable, CaseIterable { case number, category, text, set }

    public private(set) var rowCount: Int
    public private(set) var columns: [Column]

    /// - Precondition: each column has `rowCount` rows.
    public init(rowCount: Int, columns: [Column] = []) {
        self.rowCount = rowCount
        self.columns = columns
    }

    public func column(_ name: String) -> Column? { columns.first { $0.name == name } }

    /// What a row holds in a column; `nil` where it is not known.
    public func value(_ row: Int, _ column: Column) -> Facts.Value? {
        switch column.values {
        case .numbers(let values): values[row].isNaN ? nil : .number(values[row])
        case .categories(let values, let levels): values[row] < 0 ? nil : .category(levels[Int(values[row])])
        case .texts(let values): values[row].map(Facts.Value.text)
        case .sets(let values, let levels): values[row].isEmpty ? nil : .set(values[row].map { levels[Int($0)] })
        }
    }

    public func value(_ row: Int, _ name: String) -> Facts.Value? { column(name).flatMap { value(row, $0) } }

    /// A value as one text: the elements of a set with `;` between them.
    public func text(_ row: Int, _ column: Column) -> String? { value(row, column)?.text }

    /// The table with one row more, of which these things are known. A value that does not fit its column's type makes
    /// the column one of texts.
    public func appending(_ known: [String: Facts.Value]) -> MetadataTable {
        var builder = MetadataBuilder(self)
        let row = builder.addRow()
        for (name, value) in known.sorted(by: { $0.key < $1.key }) { builder.set(row, name, value) }
        return builder.table()
    }

    /// The rows at `positions`, in their order.
    public func selecting(_ positions: [Int]) -> MetadataTable {
        MetadataTable(
            rowCount: positions.count,
            columns: columns.map { column in
                let values: Values =
                    switch column.values {
                    case .numbers(let all): .numbers(positions.map { all[$0] })
                    case .categories(let all, let levels): .categories(positions.map { all[$0] }, levels: levels)
                    case .texts(let all): .texts(positions.map { all[$0] })
                    case .sets(let all, let levels): .sets(positions.map { all[$0] }, levels: levels)
                    }
                return Column(name: column.name, values: values)
            })
    }
}

extension Facts.Value {
    /// The value as one text: the elements of a set with `;` between them, a `;` inside one behind a `\`.
    public var text: String {
        switch self {
        case .number(let number): WrittenNumber.shortest(number)
        case .category(let text), .text(let text): text
        case .set(let elements): elements.map(Self.escaped).joined(separator: ";")
        case .truth(let truth): truth ? "true" : "false"
        }
    }

    /// The elements of a set that was written as one text; surrounding spaces are no part of them.
    public static func elements(of text: String, separator: Character = ";") -> [String] {
        var elements: [String] = []
        var element = ""
        var isEscaped = false
        for character in text {
            if isEscaped {
                element.append(character)
                isEscaped = false
            } else if character == "\\" {
                isEscaped = true
            } else if character == separator {
                elements.append(element)
                element = ""
            } else {
                element.append(character)
            }
        }
        elements.append(element)
        return elements.map(\.trimmed).filter { !$0.isEmpty }
    }

    private static func escaped(_ element: String) -> String {
        var text = ""
        for character in element {
            if character == ";" || character == "\\" { text.append("\\") }
            text.append(character)
        }
        return text
    }
}
