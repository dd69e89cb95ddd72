/// A small table of a hub: of a comma-separated file, or of a page.
package struct HubTable: Sendable, Equatable {
    package struct Row: Sendable, Equatable {
        /// Counted from 1.
        package let line: Int
        package let fields: [String]
    }

    package let header: [String]
    package var rows: [Row]
    /// The line of the header.
    package var line = 1

    /// The position of the first column whose name fits.
    func column(where fits: (String) -> Bool) -> Int? { header.firstIndex(where: fits) }

    /// The position of the column called `name`, its case and the spaces around it left aside.
    func column(_ name: String) -> Int? { column { $0.trimmed.lowercased() == name } }

    /// Whether a row has more fields than the header: which of them belongs where cannot be told.
    func isTooLong(_ row: Row) -> Bool {
        row.fields.count > header.count && row.fields[header.count...].contains { !$0.trimmed.isEmpty }
    }

    /// The text at `column`; `nil` where it is empty or missing.
    func text(_ row: Row, _ column: Int?) -> String? {
        guard let column, column < row.fields.count else { return nil }
        let text = row.fields[column].trimmed
        return text.isEmpty ? nil : text
    }
}
