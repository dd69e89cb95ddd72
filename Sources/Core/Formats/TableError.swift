/// What can go wrong when a table of text is read.
public enum TableError: Error, Sendable, Equatable {
    case file(FileError)
    /// The file's content is at fault. `file` is its name and `line` counts from 1, `nil` where it is all of the file.
    case content(Problem, file: String, line: Int?)

    public enum Problem: Sendable, Equatable {
        /// There is not even a header.
        case empty
        /// There is a header and nothing below it.
        case noRows
        case repeatedColumn(String)
        /// Columns that are needed and not there, all of them; `line` is what to type where that helps.
        case missingColumns([String], known: [String], line: String?)
        /// A column that was asked for by name.
        case unknownColumn(String, known: [String])
        /// What a column was said to be is nothing that a column can be.
        case unknownRole(String, known: [String])
        case notANumber(String, column: String)
        /// Most of a column of results is text, such as this.
        case mostlyText(String, column: String, texts: Int, of: Int)
        /// A comma in a column of results could be either, and nothing in the column decides.
        case ambiguousComma(String, column: String, decimal: Double, thousands: Double)
        /// Most rows have more fields than the header; as a rule numbers have decimal commas.
        case overlongRows(fields: Int, columns: Int, count: Int, decimalComma: Bool)
        /// The first bytes are those of another format.
        case notATable(FileKind)
        /// The text holds its table in a way that is not read.
        case notADelimitedTable(TextDocument)
        /// A table of something else than results of models, which the first text names.
        case notResults(String, instead: String)
        /// A wide table has several rows of one name, and no column that is known to tell them apart; `apart` does.
        case repeatedRow(String, column: String, line: Int, apart: String?)
        /// The first row holds numbers, such as this.
        case noHeader(String)
        /// Another table begins here.
        case secondTable(String)
        case damagedCompression
        /// What is packed ends too soon.
        case cutOff
        /// More bytes than this.
        case tooLarge(Int)
        case json(String)
        /// A quotation opens here and is never closed.
        case unclosedQuotation
        case utf16
        case notUTF8
        case zeroByte
    }
}
