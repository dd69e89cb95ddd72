import CellLanguage
import Foundation
import TransferGraphCore

/// A table of fine-tuning results.
struct ResultFile {
    struct Row {
        let model: String
        let value: WrittenNumber
        var metric: String?
        let hours: Double?
        /// The line of the file, from 1.
        let line: Int?
    }

    let rows: [Row]

    /// - Parameter dataset: whose results they are. A row that names another dataset is rejected.
    /// - Throws: `UserError`; `UnknownName`; `TableError`; `FileError`.
    init(contentsOf path: String, on dataset: Int, in zoo: Zoo) throws {
        let table = try CSVTable(contentsOf: URL(fileURLWithPath: LocalPath(path).text))
        func column(_ names: [String]) -> Int? {
            names.lazy.compactMap { name in table.header.firstIndex { $0.lowercased() == name } }.first
        }
        guard let model = column(["model"]), let value = column(["result", "score", "value"]) else {
            throw UserError(
                "TableError", "The file has the columns \(table.header.joined(separator: ", ")).",
                place: .init(file: path),
                hint: "A table of results has the columns model and result, and may have dataset, metric and hours.")
        }
        let hours = column(["hours"])
        let (datasets, metrics) = (column(["dataset"]), column(["metric"]))
        var rows: [Row] = []
        for row in table.rows {
            let place = UserError.Place(file: path, line: row.line)
            guard let name = table.text(row, model)?.trimmed, let written = table.text(row, value)?.trimmed else {
                throw UserError(
                    "ResultError", "A model or its result is missing.", place: place, hint: "No result was added.")
            }
            guard let number = WrittenNumber(written) else {
                throw UserError(
                    "ResultError", "'\(written)' is not a number.", place: place, hint: "No result was added.")
            }
            if let other = table.text(row, datasets)?.trimmed, try zoo.dataset(named: other) != dataset {
                throw UserError(
                    "ResultError",
                    "The row is of '\(other)', and results are added to '\(zoo.datasets[dataset].name)'.",
                    place: place, hint: "No result was added. A file holds the results on one dataset.")
            }
            var time: Double?
            if let text = table.text(row, hours)?.trimmed {
                guard let known = Double(text) else {
                    throw UserError(
                        "ResultError", "'\(text)' is not a number of hours.", place: place,
                        hint: "No result was added.")
                }
                time = known
            }
            rows.append(
                Row(model: name, value: number, metric: table.text(row, metrics)?.trimmed, hours: time, line: row.line))
        }
        if rows.isEmpty {
            throw UserError(
                "ResultError", "The file holds no result.", place: .init(file: path), hint: "It has a header only.")
        }
        self.rows = rows
    }
}
