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
        /// The line of the file that it stands on; `nil` for figures that are of no file.
        public let line: Int?
    }

    /// The file's name.
    public let file: String
    /// The measures there are columns for, in the order of ``Measure/all``.
    public let measures: [Measure]
    public let rows: [Row]
    /// The lines of the file that lack a method or a target.
    public let unnamedLines: [Int]

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
        rows = try Self.rows(of: table, method: method, target: target, measures: columns)
        unnamedLines = table.rows.filter { table.text($0, method) == nil || table.text($0, target) == nil }.map(\.line)
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
                    values: method.figures.compactMapValues { $0.values[place] }, line: nil)
            }
        }
        self.rows = rows
        unnamedLines = []
        measures = Measure.all.filter { measure in rows.contains { $0.values[measure] != nil } }
    }

    private static func rows(
        of table: CSVTable, method: Int, target: Int, measures: [(measure: Measure, column: Int)]
    ) throws(ReferenceError) -> [Row] {
        func number(_ row: CSVTable.Row, _ column: Int) throws(ReferenceError) -> Double? {
            do throws(TableError) { return try table.number(row, column) } catch { throw .table(error) }
        }
        let models = table.column("models")
        var rows: [Row] = []
        for row in table.rows {
            guard let title = table.text(row, method), let name = table.text(row, target) else { continue }
            var values: [Measure: Double] = [:]
            for (measure, column) in measures {
                let value = try number(row, column)
                // What is beyond by a rounding is not.
                if let value, value < measure.range.lowerBound - 1e-6 || value > measure.range.upperBound + 1e-6 {
                    throw .beyondRange(
                        value, column: table.header[column], range: measure.range, file: table.file, line: row.line)
                }
                values[measure] = value
            }
            var modelCount: Int?
            if let models { modelCount = try number(row, models).flatMap { Int(exactly: $0) } }
            rows.append(
                Row(
                    title: title, method: Self.method(titled: title), target: name, modelCount: modelCount,
                    values: values, line: row.line))
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

    /// Why rows of figures are not compared with an evaluation.
    public enum Omission: Sendable, Hashable, CaseIterable {
        case unnamed
        case unknownMethod
        case unknownTarget
        /// An earlier row is of the same method and target.
        case repeated
    }

    /// The rows that are not compared with an evaluation of these methods on these targets: by reason, their lines and what
    /// they name.
    public func omissions(
        methods: [String], targets: [String]
    ) -> [(reason: Omission, rows: [(line: Int?, name: String)])] {
        var found: [Omission: [(line: Int?, name: String)]] = [.unnamed: unnamedLines.map { ($0, "") }]
        let (methods, targets) = (Set(methods), Set(targets))
        var seen: Set<[String]> = []
        for row in rows {
            if !methods.contains(row.method) {
                found[.unknownMethod, default: []].append((row.line, row.title))
            } else if !targets.contains(row.target) {
                found[.unknownTarget, default: []].append((row.line, row.target))
            } else if !seen.insert([row.method, row.target]).inserted {
                found[.repeated, default: []].append((row.line, "\(row.title) on \(row.target)"))
            }
        }
        return Omission.allCases.compactMap { reason in
            guard let rows = found[reason], !rows.isEmpty else { return nil }
            return (reason, rows)
        }
    }

    /// The row of a method on a target; `nil` where there is none.
    public func row(method: String, target: String) -> Row? {
        rows.first { $0.method == method && $0.target == target }
    }
}
