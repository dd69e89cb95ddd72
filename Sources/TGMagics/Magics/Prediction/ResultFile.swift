import CellLanguage
import Presentation
import Sentences
import TransferGraphCore

/// A table of fine-tuning results on one dataset.
struct ResultFile {
    struct Row {
        let model: String
        let value: Double
        let isPercent: Bool
        var metric: String?
        /// The direction where the file says it.
        var higherIsBetter: Bool?
        let hours: Double?
        /// The line of the file, from 1.
        let line: Int?
    }

    let rows: [Row]
    /// What the file holds beside them, a sentence each.
    let notes: [String]

    /// - Parameters:
    ///   - metric: the metric that counts, where the file has several.
    ///   - dataset: whose results they are. A row that names another dataset is rejected.
    /// - Throws: `UserError`; `UnknownName`; `TableError`; `ZooError`; `Cancelled`.
    init(
        contentsOf path: String, metric: String?, on dataset: Int, in zoo: Zoo, of invocation: Invocation
    ) throws {
        let table: ResultTable
        do {
            table = try invocation.withProgress("Reading \(path)") { work in
                try ResultTable(path: path, metric: metric ?? zoo.datasets[dataset].metric.name, work: work)
            }
        } catch let error as TableError {
            let told = UserError(explaining: error) ?? UserError("TableError", "The table cannot be read.")
            // A hint that names an option names one of those that a zoo is loaded with.
            guard told.hint?.contains(" --") == true else { throw error }
            throw told.hinting(
                "A table of results has the columns model and result, or the metric's name, and may have dataset, metric and hours."
            )
        }
        rows = try table.rows.map { row in
            func refusal(_ message: String, _ hint: String = "") -> UserError {
                UserError(
                    "ResultError", message, place: .init(file: path, line: row.line),
                    hint: "No result was added.\(hint)")
            }
            if let other = row.dataset, try zoo.dataset(named: other) != dataset {
                throw refusal(
                    "The row is of '\(other)', and results are added to '\(zoo.datasets[dataset].name)'.",
                    " A file holds the results on one dataset.")
            }
            guard let value = row.value else {
                throw refusal(row.written.isEmpty ? "A result is missing." : "'\(row.written)' is not a number.")
            }
            var hours: Double?
            switch row.hours {
            case nil: break
            case .number(let number)?: hours = number
            case let other?: throw refusal("'\(other.text)' is not a number of hours.")
            }
            return Row(
                model: row.model, value: value, isPercent: row.isPercent, metric: row.metric,
                higherIsBetter: row.higherIsBetter, hours: hours, line: row.line)
        }
        if rows.isEmpty {
            throw UserError(
                "ResultError", "The file holds no result.", place: .init(file: path),
                hint: table.leftOut.first.map { "Left out: \($0.what), \($0.example)." } ?? "It has a header only.")
        }
        notes = table.leftOut.map { count, what, example in
            "Left out of the file: \(what) (\(count.grouped))\(example.isEmpty ? "" : ", such as \(example.singleLine(limit: 80))")."
        }
    }
}
