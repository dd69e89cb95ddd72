import Foundation
import Support

/// Reads a ModelLens corpus (Cai et al. 2026): one table `task,dataset,model,metric,value,dataset_desp` of up to two million
/// rows, with `model_profile.json`, `model2family.json` and `model_popularity.json` beside it.
///
/// Several metrics of a dataset stand in rows of their own; its task and description are metadata.
public struct ModelLensReader: ZooReader {
    public let format = ZooFormat.modellens

    public init() {}

    private static let columns = ["task", "dataset", "model", "metric", "value", "dataset_desp"]

    public func recognises(_ place: ReadingPlace) -> Bool {
        !Self.tables(in: place).isEmpty
    }

    /// The tables whose header has all the columns.
    private static func tables(in place: ReadingPlace) -> [String] {
        FileSearch.files(in: place, depth: 1, budget: 20) { $0.hasSuffix(".csv") || $0.hasSuffix(".tsv") }.prefix(20)
            .filter { path in
                let head = String(decoding: HubFile.head(place, path, 1024), as: UTF8.self)
                let names = head.prefix { !$0.isNewline }.split { ",\t".contains($0) }.map { $0.trimmed.lowercased() }
                return columns.allSatisfy { names.contains($0) }
            }
    }

    public func read(_ place: ReadingPlace, options: ReadingOptions, into facts: inout Facts, work: Work) throws {
        let tables = Self.tables(in: place)
        guard !tables.isEmpty else { throw ZooError.nothing(format, path: place.path) }
        for (index, path) in tables.enumerated() {
            let part = work.part(
                0.9 * Double(index) / Double(tables.count)...0.9 * Double(index + 1) / Double(tables.count))
            let file = facts.addFile(FileSearch.label(path, in: place))
            try TableSource(place: place, work: part).withTable(path) { table in
                try Self.read(table, file: file, into: &facts, work: part)
            }
        }
        let folders = Set(tables.map { $0.split(separator: "/").dropLast().joined(separator: "/") }).sorted()
        for folder in folders where place.isFolder {
            try work.check()
            ModelLensProfiles.tell(place, folder, into: &facts)
        }
    }

    private static func read(_ table: CellTable, file: Int32, into facts: inout Facts, work: Work) throws {
        let header = table.texts(0).map { $0.trimmed.lowercased() }
        let positions = columns.compactMap { header.firstIndex(of: $0) }
        guard positions.count == columns.count else { return }
        let (task, dataset, model, metric, value, description) = (
            positions[0], positions[1], positions[2], positions[3], positions[4], positions[5]
        )
        facts.measurements.reserveCapacity(facts.measurements.count + table.rowCount)
        var known: [Bool] = []
        for row in 1..<max(1, table.rowCount) {
            if row & 0x3fff == 0 {
                try work.check()
                work.report("noting results", 0.5 + 0.5 * Double(row) / Double(table.rowCount))
            }
            if table.fieldCount(row) > header.count,
                table.texts(row)[header.count...].contains(where: { !$0.trimmed.isEmpty })
            {
                facts.note(
                    .leftOut, "rows with more fields than their header", example: table.text(row, model) ?? "",
                    at: Facts.Place(file: file, line: table.line(row)))
                continue
            }
            let datasetName = table.name(row, dataset, in: &facts.names)
            let number = table.number(row, value)
            facts.measurements.append(
                .init(
                    model: table.name(row, model, in: &facts.names), dataset: datasetName,
                    metric: table.name(row, metric, in: &facts.names), value: number?.value ?? .nan,
                    written: number?.isShortest == true ? .none : table.name(row, value, in: &facts.names),
                    scale: number?.isPercent == true ? .percent : nil, file: file,
                    line: Int32(clamping: table.line(row))))
            guard !datasetName.isNone else { continue }
            // What is said of a dataset stands in each of its rows; the first is enough.
            let index = Int(datasetName.index)
            while known.count <= index { known.append(false) }
            if known[index] { continue }
            known[index] = true
            let place = Facts.Place(file: file, line: table.line(row))
            let name = facts.names[datasetName]
            if let text = table.text(row, task)?.trimmed, !text.isEmpty {
                facts.describe(dataset: name, "task", .category(text), at: place)
            }
            if let text = table.text(row, description)?.trimmed, !text.isEmpty {
                facts.describe(dataset: name, "description", .text(text), at: place)
            }
        }
    }
}
