import Foundation

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

    /// - Throws: ``ReferenceError``: no such file, no table, a column missing, or a text where a number should be.
    public init(contentsOf url: URL) throws(ReferenceError) {
        let (table, method, target): (CSVTable, Int, Int)
        do throws(TableError) {
            table = try CSVTable(contentsOf: url)
            method = try table.requiredColumn("method")
            target = try table.requiredColumn("target")
        } catch {
            throw .table(error)
        }
        var columns: [(measure: Measure, column: Int)] = []
        for (column, title) in table.header.enumerated() {
            if let measure = Self.measure(titled: title) { columns.append((measure, column)) }
        }
        guard !columns.isEmpty else {
            if table.column("predicted") != nil, table.column("actual") != nil {
                throw .predictions(file: table.file)
            }
            throw .noMeasure(file: table.file)
        }
        do throws(TableError) {
            rows = try Self.rows(of: table, method: method, target: target, measures: columns)
        } catch {
            throw .table(error)
        }
        file = table.file
        measures = Measure.all.filter { measure in columns.contains { $0.measure == measure } }
    }

    /// The figures of another evaluation, as if a file called `name` held them.
    public init(_ summary: EvaluationSummary, name: String) {
        file = name
        let rows = summary.methods.flatMap { method in
            summary.targets.enumerated().map { place, target in
                Row(
                    title: method.name, method: method.name, target: target,
                    modelCount: Int(method.predictedCounts[place].rounded()),
                    values: method.figures.compactMapValues { $0.values[place] })
            }
        }
        self.rows = rows
        measures = Measure.all.filter { measure in rows.contains { $0.values[measure] != nil } }
    }

    private static func rows(
        of table: CSVTable, method: Int, target: Int, measures: [(measure: Measure, column: Int)]
    ) throws(TableError) -> [Row] {
        let models = table.column("models")
        var rows: [Row] = []
        for row in table.rows {
            guard let title = table.text(row, method), let name = table.text(row, target) else { continue }
            var values: [Measure: Double] = [:]
            for (measure, column) in measures { values[measure] = try table.number(row, column) }
            var modelCount: Int?
            if let models { modelCount = try table.number(row, models).flatMap { Int(exactly: $0) } }
            rows.append(
                Row(
                    title: title, method: Self.method(titled: title), target: name, modelCount: modelCount,
                    values: values))
        }
        return rows
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
