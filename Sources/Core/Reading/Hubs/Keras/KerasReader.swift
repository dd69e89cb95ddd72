import Foundation
import Support

/// Reads the table of Keras Applications: of keras.io, as Markdown or comma-separated, and of the older README.
///
/// All models were trained on ImageNet; the table holds nothing but benchmarks.
public struct KerasReader: ZooReader {
    public let format = ZooFormat.keras

    public init() {}

    public func recognises(_ place: ReadingPlace) -> Bool {
        Self.files(in: place, budget: 10).prefix(20).contains { path in
            guard Self.isPage(FileSearch.name(path, in: place)) else { return true }
            return Self.tables(in: HubFile.headText(place, path, 1 << 16)).contains { KerasTable($0) != nil }
        }
    }

    private static func files(in place: ReadingPlace, budget: Int = .max) -> [String] {
        FileSearch.files(in: place, depth: 1, budget: budget) { name in
            isPage(name) || isTable(name) || name.hasSuffix(".json")
        }.filter { path in
            let name = FileSearch.name(path, in: place)
            if isPage(name) { return true }
            if isTable(name) {
                let header = HubFile.header(place, path)
                return ["top-1", "top-5", "size"].allSatisfy { part in header.contains { $0.hasPrefix(part) } }
            }
            let head = HubFile.headText(place, path, 1 << 13)
            // What `script/export-zoo keras` wrote.
            return ["\"input_shape\"", "\"layers\"", "\"parameters\""].allSatisfy { head.contains($0) }
        }
    }

    private static func isPage(_ name: String) -> Bool { [".md", ".html", ".htm"].contains { name.hasSuffix($0) } }

    private static func isTable(_ name: String) -> Bool { [".csv", ".tsv", ".txt"].contains { name.hasSuffix($0) } }

    private static func tables(_ place: ReadingPlace, _ path: String) throws(DocumentError) -> [HubTable] {
        if isTable(FileSearch.name(path, in: place)) { return [try HubFile.table(place, path)] }
        return tables(in: try HubFile.text(place, path))
    }

    private static func tables(in text: String) -> [HubTable] {
        MarkdownTables.tables(in: text.split(separator: "\n", omittingEmptySubsequences: false))
    }

    public func read(_ place: ReadingPlace, options: ReadingOptions, into facts: inout Facts, work: Work) throws {
        facts.source.holdsOnlyBenchmarks = true
        facts.source.repeats = .reports
        var found: [(table: KerasTable, file: Int32)] = []
        var hasModels = false
        for path in Self.files(in: place) {
            try work.check()
            let file = facts.addFile(FileSearch.label(path, in: place))
            do throws(DocumentError) {
                if FileSearch.name(path, in: place).hasSuffix(".json") {
                    if let root = try HubFile.json(place, path).root { Self.tellModels(root, file: file, to: &facts) }
                    hasModels = true
                    continue
                }
                found += try Self.tables(place, path).compactMap { KerasTable($0) }.map { ($0, file) }
            } catch {
                facts.note(
                    .leftOut, "files that cannot be read", example: error.problem,
                    at: .init(file: file, line: error.line))
            }
        }
        guard hasModels || !found.isEmpty else { throw ZooError.nothing(format, path: place.path) }
        // Keras' own table first: the older one spells names otherwise.
        found.sort { $0.table.isCurrent && !$1.table.isCurrent }
        var names: [String: String] = [:]
        for (table, file) in found {
            for row in table.rows {
                let key = row.model.lowercased().filter { $0.isLetter || $0.isNumber }
                if let known = names[key], known != row.model { facts.alias(.model, row.model, of: known) }
                names[key] = names[key] ?? row.model
                Self.tell(row, of: table, file: file, to: &facts)
            }
            for row in table.tooLong {
                facts.note(
                    .leftOut, "rows with more fields than their header", example: row.fields.first ?? "",
                    at: .init(file: file, line: row.line))
            }
        }
    }

    /// What the package itself says of its applications.
    private static func tellModels(_ root: DataNode, file: Int32, to facts: inout Facts) {
        for (model, value) in root.pairs where value.isMapping {
            func number(_ attribute: String, _ node: DataNode?) {
                guard let node, let number = node.text.flatMap({ WrittenNumber($0) })?.value else { return }
                facts.describe(model: model, attribute, .number(number), at: .init(file: file, line: node.line))
            }
            let place = Facts.Place(file: file, line: value.line)
            facts.mention(model: model, at: place)
            number("parameters", value["parameters"])
            number("layers", value["layers"])
            number("input_size", value["input_shape"]?.items.first)
            facts.describe(model: model, "pretraining_dataset", .set(["ImageNet"]), at: place)
        }
    }

    private static func tell(_ row: KerasTable.Row, of table: KerasTable, file: Int32, to facts: inout Facts) {
        let place = Facts.Place(file: file, line: row.line)
        facts.describe(model: row.model, "pretraining_dataset", .set(["ImageNet"]), at: place)
        for (attribute, value) in row.facts { facts.describe(model: row.model, attribute, .number(value), at: place) }
        let entry = facts.newEntry()
        // The current table replaces the older one.
        let provenance = Provenance(standing: table.isCurrent ? .measured : .unknown)
        for (metric, written) in row.results {
            if table.hasErrors, let error = WrittenNumber(written) {
                HubErrors.add(
                    model: row.model, dataset: "ImageNet", metric: metric,
                    error: error.value <= 1 && !error.isPercent ? error.value * 100 : error.value, written: written,
                    entry: entry, provenance: provenance, at: place, to: &facts)
                continue
            }
            facts.add(
                model: row.model, dataset: "ImageNet", metric: metric, written: written, higherIsBetter: true,
                entry: entry,
                provenance: provenance, at: place)
        }
    }
}
