import Support

/// Results on one dataset as a table tells them, of any shape that a zoo can be read from, with or without a column of
/// datasets.
public struct ResultTable: Sendable {
    /// One result.
    public struct Row: Sendable, Equatable {
        public let model: String
        /// The dataset that the table names; `nil` where it names none.
        public let dataset: String?
        public let metric: String?
        /// As it is written; `nil` where that is no number.
        public let value: Double?
        public let written: String
        /// Whether a percent sign stands with it, or its column says that it is one.
        public let isPercent: Bool
        /// The direction where the table says it.
        public let higherIsBetter: Bool?
        /// What the table says of the hours that it took; `nil` where it says nothing.
        public let hours: Facts.Value?
        /// Counted from 1.
        public let line: Int?
    }

    public let rows: [Row]
    /// What the table holds beside these rows, in a few words each, with an example.
    public let leftOut: [(count: Int, what: String, example: String)]

    /// Any name will do for a column that is not there, but not one that sums up others or says that it is missing.
    private static let unnamed = "mine"

    /// - Parameters:
    ///   - path: the table's file.
    ///   - metric: the metric that counts, where the table has several.
    ///   - work: asked whether to go on, told how far it is.
    /// - Throws: ``TableError``; ``ZooError``; `Cancelled`.
    public init(path: String, metric: String? = nil, work: Work = .unwatched) throws {
        guard let place = ReadingPlace(path) else { throw FileError.notFound(path: path) }
        guard !place.isFolder else { throw FileError.notRegular(path: path) }
        var options = ReadingOptions()
        options.metric = metric
        var facts = Facts()
        facts.beginSource(place.path, format: .table)
        var reading = TableReading(
            source: TableSource(place: place, work: work), work: work, options: options, facts: facts)
        let before = reading
        var namesDataset = true
        do {
            try reading.readRecords("")
        } catch TableError.content(.missingColumns(let missing, let known, let line), let file, let place) {
            guard missing == ["dataset"] else {
                throw TableError.content(.missingColumns(missing, known: known, line: line), file: file, line: place)
            }
            namesDataset = false
            reading = before
            try reading.readRecords("", all: "dataset", are: Self.unnamed)
        }
        facts = reading.facts
        // Of a table without any number there is nothing to choose.
        let hasNumbers = facts.measurements.values.contains(where: \.isFinite)
        let zoo = try hasNumbers ? ZooChoice(facts, options: options).zoo(name: "", source: path, work: work) : nil
        let hours = zoo.map(Self.hours) ?? [:]
        var rows: [Row] = []
        var others: [String: (count: Int, example: String)] = [:]
        let table = facts.measurements
        let reasons = (0..<table.count).map { row in
            zoo?.reading.map { Decision(packed: $0.decisions[row]).reason } ?? .noNumber
        }
        // What is missing of a metric that does not count is not missing.
        let counting = Set(reasons.indices.filter { reasons[$0].isUsed }.map { table.metrics[$0] })
        for (row, reason) in reasons.enumerated() {
            let measured = table[row]
            let model = facts.names.text(measured.model)?.trimmed ?? ""
            let named = facts.names.text(measured.dataset)?.trimmed ?? ""
            let metric = facts.names.text(measured.metric)?.trimmed
            let isMissing = reason == .noNumber && (counting.isEmpty || counting.contains(measured.metric))
            guard reason.isUsed || isMissing || reason == .impossible else {
                let example = "line \(measured.line): \(model)\(metric.map { ", \($0)" } ?? "")"
                others["numbers that are no results (\(reason.code))", default: (0, example)].count += 1
                continue
            }
            rows.append(
                Row(
                    model: model, dataset: namesDataset ? named : nil, metric: metric,
                    value: measured.value.isFinite ? measured.value : nil,
                    written: facts.names.text(measured.written)
                        ?? (measured.value.isNaN ? "" : WrittenNumber.shortest(measured.value)),
                    isPercent: measured.scale == .percent, higherIsBetter: measured.higherIsBetter,
                    hours: hours[Pair(model: model, dataset: named)],
                    line: measured.line > 0 ? Int(measured.line) : nil))
        }
        let unused = facts.resultColumns.map(\.name).filter { AttributeKnowledge.key($0) != Zoo.hoursColumn }
        self.rows = rows
        leftOut =
            facts.leftOut.filter { $0.action == .leftOut }.map { item in
                let example = item.examples.first
                return (
                    item.count, item.reason,
                    example.map { facts.text($0.place) + ($0.text.isEmpty ? "" : ": \($0.text)") } ?? ""
                )
            } + others.sorted { $0.key < $1.key }.map { ($0.value.count, $0.key, $0.value.example) }
            + (unused.isEmpty ? [] : [(unused.count, "columns that are not kept", unused.joined(separator: ", "))])
    }

    private struct Pair: Hashable {
        let model: String
        let dataset: String
    }

    /// What is said of the hours of each result.
    private static func hours(of zoo: Zoo) -> [Pair: Facts.Value] {
        guard let metadata = zoo.resultMetadata,
            let column = metadata.columns.first(where: { AttributeKnowledge.key($0.name) == Zoo.hoursColumn })
        else { return [:] }
        var found: [Pair: Facts.Value] = [:]
        for (position, entry) in zoo.results.entries.enumerated() {
            found[Pair(model: zoo.models[entry.model].name, dataset: zoo.datasets[entry.dataset].name)] =
                metadata.value(position, column)
        }
        return found
    }
}
