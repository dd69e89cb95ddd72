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
        case .empty: ("\(file) is empty.", "A table needs a header line with column names.")
        case .repeatedColumn(let name):
            ("\(place): there are two columns '\(name.prefix(60))'.", "Rename one of them, or take it out.")
        case .noRows: ("\(file) has a header and no rows.", "A table of results needs a row below its header.")
        case .missingColumns(let names, let known, let line):
            (
                "\(file) has no \(listed(names)).",
                "Its columns are \(quoted(known))."
                    + (line.map { line in
                        // No column could be it.
                        line.contains("=NAME")
                            ? " Add a column for what is missing, or say which column it is: --columns \(line)."
                            : " Say which column is which: --columns \(line)."
                    } ?? "")
            )
        case .repeatedRow(let name, let column, let other, let apart):
            if let apart {
                (
                    "\(place): '\(name.prefix(60))' stands in line \(other) already, and nothing says what '\(apart.prefix(40))' is, which tells the two rows apart.",
                    "Where it is part of the model, call the column 'variant'; where it is part of the dataset, 'setting'; where it is the dataset and results stand in one column, --columns model=\(argument(column)),dataset=\(argument(apart)),score=COLUMN says so."
                )
            } else {
                (
                    "\(place): '\(name.prefix(60))' stands in line \(other) already, and no column tells the two rows apart.",
                    "Where they are runs of one model, --runs mean takes their mean (or median, best). Else write into '\(column.prefix(40))' what tells them apart, such as \(name.prefix(40))-large."
                )
            }
        case .unknownColumn(let name, let known):
            ("\(file) has no column '\(name.prefix(60))'.", nearestColumns(name, known))
        case .unknownRole(let name, let known):
            (
                "Nothing in a table of results is called '\(name.prefix(40))'.",
                "--columns takes \(known.joined(separator: ", ")), such as --columns model=Name,dataset=Task,score=Top1."
            )
        case .notANumber(let text, let column):
            (
                "\(place): the column '\(column)' holds '\(text.prefix(60))', which is not a number.",
                "Correct the field, or leave it empty where it is unknown."
            )
        case .mostlyText(let text, let column, let texts, let count):
            (
                "\(place): the column of results '\(column)' holds '\(text.prefix(60))'; \(texts) of \(count) of its fields are not numbers.",
                "Another column may hold the results: --columns score=NAME says which."
            )
        case .ambiguousComma(let text, let column, let decimal, let thousands):
            (
                "\(place): '\(text.prefix(30))' in the column '\(column)' is \(WrittenNumber.shortest(decimal)) or \(WrittenNumber.shortest(thousands)), and nothing in the column says which.",
                "Say it: --comma decimal or --comma thousands."
            )
        case .overlongRows(let fields, let columns, let count, let isDecimalComma):
            (
                "\(place): there are \(fields) fields and the header has \(columns) columns; \(count) rows are like that.",
                isDecimalComma
                    ? "The numbers seem to have decimal commas: put them in quotation marks, or separate the fields with semicolons or tabs."
                    : "A field with a comma in it needs quotation marks."
            )
        case .notATable(let kind): notATable(kind, file)
        case .notADelimitedTable(let document):
            (
                "\(file) is \(document.rawValue), which is not read as a table.",
                document == .html
                    ? "Convert it: python3 -c \"import pandas; pandas.read_html('\(file)')[0].to_csv('results.csv', index=False)\"."
                    : document == .printed
                        ? "Write the table with commas or tabs between its fields, as pandas' to_csv does."
                        : "Write its table as CSV, one row per line with commas between the fields, or as Markdown."
            )
        case .notResults(let what, let instead): ("\(file) holds \(what).", instead)
        case .noHeader(let text):
            (
                "\(place): the first row holds '\(text.prefix(30))', a number, so the table has no header.",
                "Add a first line with the columns' names, such as model,dataset,score."
            )
        case .secondTable(let text):
            (
                "\(place): another table begins here, with '\(text.prefix(40))'.",
                "Put each table into a file of its own, and load them together: %zoo load A B."
            )
        case .damagedCompression:
            ("\(file) is damaged: it cannot be decompressed.", "Copy it again from where it came from.")
        case .cutOff:
            ("\(file) is cut off: the compressed data ends too soon.", "Copy it again from where it came from.")
        case .tooLarge(let limit):
            (
                "\(file) holds more than \(limit) bytes (\(limit >> 30) GiB) of text.",
                "Split it, and load the parts together: %zoo load A B."
            )
        case .json(let problem):
            (
                "\(place): this is not JSON that holds a table: \(problem).",
                "Write one object per line, or one array of objects."
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
                "\(place): there is a zero byte, so this is not a text file.",
                "A zoo's tables are comma-separated text in UTF-8."
            )
        }
    }

    /// A column's name as `--columns` takes it.
    private static func argument(_ column: String) -> String {
        column.contains(where: { " ,=\"".contains($0) }) ? "\"\(column.prefix(40))\"" : String(column.prefix(40))
    }

    /// `'a', 'b'`, the first of them.
    private static func quoted(_ names: [String]) -> String {
        names.isEmpty
            ? "without names"
            : names.prefix(12).map { "'\($0.prefix(40))'" }.joined(separator: ", ") + (names.count > 12 ? ", …" : "")
    }

    /// `column 'model'`, or `columns 'model' and 'score'`.
    private static func listed(_ names: [String]) -> String {
        let quoted = names.map { "'\($0)'" }
        guard let last = quoted.last, quoted.count > 1 else { return "column \(quoted.first ?? "")" }
        return "columns \(quoted.dropLast().joined(separator: ", ")) and \(last)"
    }

    private static func nearestColumns(_ name: String, _ known: [String]) -> String {
        let near = NearestNames.nearest(to: name, in: known.filter { !$0.isEmpty })
        return near.isEmpty
            ? "Its columns are \(quoted(known.filter { !$0.isEmpty }))."
            : "Did you mean \(near.joined(separator: ", "))? Its columns are \(quoted(known.filter { !$0.isEmpty }))."
    }

    /// What to do with a file that is not text, with the line that makes a table of it.
    private static func notATable(_ kind: FileKind, _ file: String) -> (message: String, hint: String) {
        func pandas(_ reader: String) -> String {
            let stem = file.lastIndex(of: ".").map { String(file[..<$0]) } ?? file
            return
                "Convert it: python3 -c \"import pandas; pandas.\(reader)('\(file)').to_csv('\(stem).csv', index=False)\"."
        }
        return switch kind {
        case .parquet: ("\(file) is a Parquet file, which is not read here.", pandas("read_parquet"))
        case .spreadsheet: ("\(file) is a spreadsheet or an archive, which is not read here.", pandas("read_excel"))
        case .arrow: ("\(file) is an Arrow file, which is not read here.", pandas("read_feather"))
        case .bzip2:
            (
                "\(file) is compressed by bzip2, which is not read here.",
                "Unpack it: bunzip2 \(file). gzip and zstd are read."
            )
        case .xz:
            ("\(file) is compressed by xz, which is not read here.", "Unpack it: unxz \(file). gzip and zstd are read.")
        case .sqlite:
            (
                "\(file) is an SQLite database, which is not read here.",
                "Write its table as CSV: sqlite3 -csv -header \(file) 'select * from TABLE' > records.csv."
            )
        case .text, .gzip, .zstandard: ("\(file) is not a table.", "A zoo's tables are text in UTF-8.")
        }
    }
}
