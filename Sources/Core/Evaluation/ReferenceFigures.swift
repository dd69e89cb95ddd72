import Foundation
import Support

/// Measures of methods on targets that someone else computed, from a comma-separated file: what an ``Evaluation`` is held
/// against.
///
/// The file has the columns `method` and `target` and any of the measures (`pearson`, `spearman`, `kendall`,
/// `weighted_kendall` or `weighted_tau`, `regret_at_1`, …); `models`, if present, counts the models that entered. Other
/// columns are passed over.
public struct ReferenceFigures: Sendable, Equatable {
    public struct Row: Sendable, Equatable {
        /// The method as the file names it.
        public let title: String
        /// The method in the words of the command surface, such as `tg:lr:n2v` for `published TG:lr:n2v`.
        public let method: String
        public let target: String
        public let modelCount: Int?
        public let values: [Measure: Double]
    }

    /// The file's name.
    public let file: String
    /// The measures there are columns for, in the order of ``Measure/all``.
    public let measures: [Measure]
    public let rows: [Row]

    /// - Throws: ``UserError``: no such file, no table, a column missing, or a text where a number should be.
    public init(contentsOf url: URL) throws(UserError) {
        try self.init(CSVTable(contentsOf: url))
    }

    init(_ table: CSVTable) throws(UserError) {
        let method = try table.requiredColumn("method")
        let target = try table.requiredColumn("target")
        var columns: [(measure: Measure, column: Int)] = []
        for (column, title) in table.header.enumerated() {
            if let measure = Self.measure(titled: title) { columns.append((measure, column)) }
        }
        guard !columns.isEmpty else {
            if table.column("predicted") != nil, table.column("actual") != nil {
                throw UserError(
                    "FormatError", "\(table.file) holds predictions, a line a model, and no figures of a method.",
                    place: .init(file: table.file, line: 1),
                    hint: "Name a table with a line for each method and target, and a column such as pearson.")
            }
            throw UserError(
                "FormatError", "\(table.file) has no column with a measure.", place: .init(file: table.file, line: 1),
                hint: "Name a column pearson, spearman, kendall, weighted_kendall, or regret_at_5.")
        }
        let models = table.column("models")
        var rows: [Row] = []
        for row in table.rows {
            guard let title = table.text(row, method), let name = table.text(row, target) else { continue }
            var values: [Measure: Double] = [:]
            for (measure, column) in columns { values[measure] = try table.number(row, column) }
            var modelCount: Int?
            if let models { modelCount = try table.number(row, models).flatMap { Int(exactly: $0) } }
            rows.append(
                Row(
                    title: title, method: Self.method(titled: title), target: name, modelCount: modelCount,
                    values: values))
        }
        file = table.file
        measures = Measure.all.filter { measure in columns.contains { $0.measure == measure } }
        self.rows = rows
    }

    /// What a file's column is, by its title.
    static func measure(titled title: String) -> Measure? {
        let name = title.lowercased().replacing("_at_", with: "@").replacing("_", with: " ")
        if name == "weighted tau" { return .weightedKendall }
        return Measure.all.first { $0.name.lowercased() == name }
    }

    /// The method a title stands for: without a leading "published" and what is in brackets, a score by its usual name.
    static func method(titled title: String) -> String {
        var name = title.lowercased()
        if let bracket = name.firstIndex(of: "(") { name = String(name[..<bracket]) }
        if name.hasPrefix("published ") { name.removeFirst("published ".count) }
        name = name.trimmingCharacters(in: .whitespaces)
        if name.hasPrefix("tg:") { return name }
        return name == "history mean" ? "history" : ScoreNaming.method(for: name)
    }

    /// The row of a method on a target; `nil` where there is none.
    public func row(method: String, target: String) -> Row? {
        rows.first { $0.method == method && $0.target == target }
    }
}
