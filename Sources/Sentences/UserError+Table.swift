import Support
import TransferGraphCore

extension UserError {
    public init(_ error: TableError) {
        switch error {
        case .file(let error): self.init(error)
        case .content(let problem, let file, let line):
            let (message, hint) = Self.sentences(problem, file: file, line: line)
            self.init("ZooFormatError", message, place: .init(file: file, line: line), hint: hint)
        }
    }

    private static func sentences(
        _ problem: TableError.Problem, file: String, line: Int?
    ) -> (message: String, hint: String) {
        let place = line.map { "\(file), line \($0)" } ?? file
        return switch problem {
        case .empty: ("\(file) is empty.", "A table needs a header line with its columns' names.")
        case .repeatedColumn(let name):
            ("\(place): there are two columns '\(name.prefix(60))'.", "Rename one of them, or take it out.")
        case .missingColumn(let name, let known):
            (
                "\(file) has no column '\(name)'.",
                "Its columns are \(known.map { "'\($0.prefix(40))'" }.prefix(12).joined(separator: ", "))."
            )
        case .notANumber(let text, let column):
            (
                "\(place): the column '\(column)' holds '\(text.prefix(60))', which is not a number.",
                "Correct the field, or leave it empty where it is unknown."
            )
        case .unclosedQuotation:
            (
                "\(file): the quotation that opens\(line.map { " on line \($0)" } ?? "") is never closed.",
                "Add the missing quotation mark."
            )
        case .utf16:
            (
                "\(file) is written in UTF-16.",
                "Save the file as UTF-8; spreadsheet programs call it CSV UTF-8."
            )
        case .notUTF8: ("\(place): there are bytes that are not UTF-8 text.", "Save the file as UTF-8.")
        case .zeroByte:
            (
                "\(place): there is a zero byte, so this is no text file.",
                "A zoo's tables are comma-separated text in UTF-8."
            )
        }
    }
}
