/// What can go wrong when a table of text is read.
public enum TableError: Error, Sendable, Equatable {
    case file(FileError)
    /// The file's content is at fault. `file` is its name and `line` counts from 1, `nil` where it is all of the file.
    case content(Problem, file: String, line: Int?)

    public enum Problem: Sendable, Equatable {
        /// There is not even a header.
        case empty
        case repeatedColumn(String)
        case missingColumn(String, known: [String])
        case notANumber(String, column: String)
        /// A quotation opens here and is never closed.
        case unclosedQuotation
        case utf16
        case notUTF8
        case zeroByte
    }
}
