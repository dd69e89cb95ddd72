import Foundation
import Support

/// Writes a zoo as tables that load to the same zoo: models, datasets and results with their metadata and types, scores,
/// distances, lineage, and the log of what was measured. The same zoo gives the same bytes.
public struct ZooWriter: Sendable {
    /// A file that was written.
    public struct File: Sendable, Equatable {
        public let name: String
        public let rows: Int
        /// What it holds, in a few words.
        public let what: String
    }

    /// The version of the layout; 1 where a folder names none.
    static let format = 1

    private let zoo: Zoo

    public init(_ zoo: Zoo) { self.zoo = zoo }

    /// Writes the files into a folder, which is made where it is not there. All of them or none: they are written beside
    /// their places first.
    ///
    /// - Throws: ``ZooError/notWritten(path:reason:)`` where the folder holds other things, or a file cannot be written;
    ///   `Cancelled`.
    public func write(to path: String, work: Work = .unwatched) throws -> [File] {
        try Self.look(at: path)
        return try write(content(work: work), to: path, work: work)
    }

    /// The files that ``write(to:work:)`` writes: what tells this zoo from any other.
    ///
    /// - Parameter includesMeasurements: whether the log of what was read is among them, which makes no results.
    package func content(
        includingMeasurements includesMeasurements: Bool = true, work: Work = .unwatched
    ) throws(Cancelled) -> [(file: File, data: Data)] {
        var files: [(file: File, data: Data)] = []
        func add(_ name: String, _ what: String, _ table: WrittenTable) {
            files.append((File(name: name, rows: table.count, what: what), table.data))
        }
        add("records.csv", "results", records())
        try work.check()
        add("models.csv", "models with what is known of them", models())
        add("datasets.csv", "datasets, with metric, direction and scale of their results", datasets())
        if !zoo.scores.isEmpty { add("scores.csv", "transferability scores", scores()) }
        if zoo.distances != nil { add("similarity.csv", "distances of datasets", similarity()) }
        let lineage = lineage()
        if lineage.count > 0 { add("lineage.csv", "which model was made from which", lineage) }
        try work.check()
        if includesMeasurements, let reading = zoo.reading, reading.count > 0 {
            add(
                "measurements.csv", "every number that was read, with what became of it",
                try measurements(reading, work))
        }
        add("columns.csv", "the types of the columns, and the version of this layout", columns())
        if !zoo.about.isEmpty {
            let text = zoo.about.map { $0 + "\n" }.joined()
            files.append((File(name: "about.txt", rows: zoo.about.count, what: "where it is from"), Data(text.utf8)))
        }
        if let embeddings = zoo.datasetEmbeddings {
            let (vectors, names) = self.embeddings(embeddings)
            let count = embeddings.vectors.count { $0 != nil }
            files.append((File(name: "embeddings.npy", rows: count, what: "vectors of datasets"), vectors))
            files.append((File(name: "embeddings.txt", rows: count, what: "their names"), names))
        }
        if let texts = zoo.textEmbeddings {
            let lines =
                texts.models.indices.map { ("model", zoo.models[$0].name, texts.models[$0]) }
                + texts.datasets.indices.map { ("dataset", zoo.datasets[$0].name, texts.datasets[$0]) }
            let (vectors, names) = vectors(
                lines.compactMap { subject, name, vector in
                    vector.map { ("\(subject)\t\(EmbeddingNames.line(name))", $0) }
                }, dimension: texts.dimension)
            files.append(
                (File(name: "text.npy", rows: texts.count, what: "vectors of names and descriptions"), vectors))
            files.append((File(name: "text.txt", rows: texts.count, what: "whose they are"), names))
        }
        return files
    }

    /// Writes ``content(includingMeasurements:work:)`` as ``write(to:work:)`` does.
    package func write(
        _ files: [(file: File, data: Data)], to path: String, work: Work = .unwatched
    ) throws -> [File] {
        let present = try Self.look(at: path)
        let folder = LocalPath(path).text
        let manager = FileManager.default
        var begun: [WholeFile.Begun] = []
        do {
            try manager.createDirectory(atPath: folder, withIntermediateDirectories: true)
            for (file, data) in files {
                try work.check()
                try begun.append(WholeFile(folder + "/" + file.name).begin(data))
            }
            for name in present where Self.names.contains(name) && !files.contains(where: { $0.file.name == name }) {
                try manager.removeItem(atPath: folder + "/" + name)
            }
            for file in begun { try file.finish() }
        } catch {
            for file in begun { file.discard() }
            if error is Cancelled { throw error }
            throw ZooError.notWritten(path: path, reason: FileFailure.reason(error))
        }
        return files.map(\.file)
    }

    /// Looks whether a zoo can be written to the folder at `path`, before anything is made for it.
    ///
    /// - Returns: what is in it.
    /// - Throws: ``ZooError/notWritten(path:reason:)``.
    @discardableResult
    package static func look(at path: String) throws(ZooError) -> [String] {
        let folder = LocalPath(path).text
        let manager = FileManager.default
        var isDirectory: ObjCBool = false
        if manager.fileExists(atPath: folder, isDirectory: &isDirectory), !isDirectory.boolValue {
            throw .notWritten(path: path, reason: "there is a file of that name")
        }
        let present = (try? manager.contentsOfDirectory(atPath: folder)) ?? []
        let foreign = present.filter { !$0.hasPrefix(".") && !names.contains($0) }
        guard foreign.isEmpty, present.isEmpty || present.contains("columns.csv") else {
            throw .notWritten(
                path: path, reason: "the folder holds other things, such as \(foreign.first ?? present[0])")
        }
        if let reason = FolderPlace.obstacle(folder) { throw .notWritten(path: path, reason: reason) }
        return present
    }

    private static let names: Set<String> = [
        "records.csv", "models.csv", "datasets.csv", "scores.csv", "similarity.csv", "lineage.csv", "measurements.csv",
        "columns.csv", "embeddings.npy", "embeddings.txt", "text.npy", "text.txt", "about.txt",
    ]

    private func records() -> WrittenTable {
        let metadata = zoo.resultMetadata
        let hasRuns = zoo.runs.contains { $0 > 1 }
        let taken = ["model", "dataset", "score"] + (hasRuns ? ["runs", "lowest", "highest"] : [])
        let further = (metadata?.columns ?? []).filter { !taken.contains($0.name) }
        let header =
            ["model", "dataset", "score"] + (hasRuns ? ["runs", "lowest", "highest"] : []) + further.map(\.name)
        var table = WrittenTable(header)
        for (position, entry) in zoo.results.entries.enumerated() {
            var fields = [
                zoo.models[entry.model].name, zoo.datasets[entry.dataset].name,
                WrittenNumber.shortest(zoo.turned(entry.value, on: entry.dataset)),
            ]
            if hasRuns {
                let range = zoo.runRanges[position]
                fields += [
                    "\(zoo.runs[position])", range.map { WrittenNumber.shortest($0.lowest) } ?? "",
                    range.map { WrittenNumber.shortest($0.highest) } ?? "",
                ]
            }
            fields += further.map { metadata?.text(position, $0) ?? "" }
            table.add(fields)
        }
        return table
    }

    private func models() -> WrittenTable {
        let hasAliases = zoo.models.contains { !$0.aliases.isEmpty }
        return described(
            zoo.models.map(\.name), "model", zoo.modelMetadata,
            hasAliases ? [("aliases", { Facts.Value.set(zoo.models[$0].aliases).text })] : [])
    }

    private func datasets() -> WrittenTable {
        let extra: [(String, (Int) -> String)] = [
            ("metric", { zoo.datasets[$0].metric.name ?? "" }),
            (
                "higher_is_better",
                { index in
                    let metric = zoo.datasets[index].metric
                    // What was only assumed is not known the next time either.
                    return metric.directionSource == .assumed ? "" : metric.higherIsBetter ? "true" : "false"
                }
            ),
            ("scale", { zoo.results.column($0).isEmpty ? "" : zoo.datasets[$0].metric.scale.rawValue }),
            ("aliases", { Facts.Value.set(zoo.datasets[$0].aliases).text }),
        ]
        return described(zoo.datasets.map(\.name), "dataset", zoo.datasetMetadata, extra)
    }

    private func described(
        _ names: [String], _ key: String, _ metadata: MetadataTable, _ extra: [(String, (Int) -> String)]
    ) -> WrittenTable {
        let taken = Set(extra.map(\.0) + [key])
        let further = metadata.columns.filter { !taken.contains($0.name) }
        var table = WrittenTable([key] + extra.map(\.0) + further.map(\.name))
        for (row, name) in names.enumerated() {
            table.add([name] + extra.map { $0.1(row) } + further.map { metadata.text(row, $0) ?? "" })
        }
        return table
    }

    private func columns() -> WrittenTable {
        var table = WrittenTable(["table", "column", "type"])
        table.add(["zoo", "format", "\(Self.format)"])
        for (name, metadata) in [
            ("models", zoo.modelMetadata), ("datasets", zoo.datasetMetadata),
        ] {
            for column in metadata.columns { table.add([name, column.name, column.values.kind.rawValue]) }
        }
        table.add(["models", "aliases", "set"])
        table.add(["datasets", "aliases", "set"])
        for column in zoo.resultMetadata?.columns ?? [] {
            table.add(["records", column.name, column.values.kind.rawValue])
        }
        return table
    }

    private func scores() -> WrittenTable {
        var table = WrittenTable(["model", "dataset", "method", "value"])
        for score in zoo.scores {
            for entry in score.values.entries {
                table.add([
                    zoo.models[entry.model].name, zoo.datasets[entry.dataset].name, score.name,
                    WrittenNumber.shortest(entry.value),
                ])
            }
        }
        return table
    }

    private func similarity() -> WrittenTable {
        var table = WrittenTable(["dataset_a", "dataset_b", "distance"])
        guard let distances = zoo.distances else { return table }
        for a in 0..<distances.count {
            for b in 0..<a {
                guard let distance = distances[a, b] else { continue }
                table.add([zoo.datasets[b].name, zoo.datasets[a].name, WrittenNumber.shortest(distance)])
            }
        }
        return table
    }

    private func lineage() -> WrittenTable {
        var table = WrittenTable(["model", "parent", "relation", "source"])
        for link in zoo.lineage {
            table.add([
                zoo.models[link.child].name, zoo.models[link.parent].name, link.relation.rawValue, link.source,
            ])
        }
        // Parents that the zoo does not have are known all the same.
        let names = Set(zoo.models.map(\.name))
        if let facts = zoo.reading?.facts {
            for link in facts.links {
                let (child, parent) = (facts.names[link.child].trimmed, facts.names[link.parent].trimmed)
                if names.contains(child), names.contains(parent) || child == parent { continue }
                table.add([child, parent, link.relation.rawValue, facts.names[link.source]])
            }
        }
        return table
    }

    private func measurements(_ reading: Reading, _ work: Work) throws(Cancelled) -> WrittenTable {
        var table = WrittenTable([
            "model", "dataset", "config", "split", "metric", "value", "written", "scale", "higher_is_better", "file",
            "line",
            "used", "reason", "standing", "revision", "date", "source", "setting", "preference",
        ])
        let names = reading.facts.names
        for (index, entry) in reading.entries.enumerated() {
            if index & 0xfff == 0 { try work.check() }
            let provenance = entry.provenance
            table.add([
                entry.model ?? "", entry.dataset ?? "", entry.config ?? "", entry.split ?? "", entry.metric ?? "",
                entry.value.map(WrittenNumber.shortest) ?? "", entry.written, entry.decision.scale.rawValue,
                entry.decision.higherIsBetter.map { $0 ? "true" : "false" } ?? "", entry.file,
                entry.line.map { "\($0)" } ?? "", entry.decision.reason.isUsed ? "true" : "false",
                entry.decision.reason.code, provenance.standing == .unknown ? "" : provenance.standing.code,
                names.text(provenance.revision) ?? "", names.text(provenance.date) ?? "",
                names.text(provenance.source) ?? "", names.text(provenance.setting) ?? "",
                provenance.preference == 0 ? "" : WrittenNumber.shortest(provenance.preference),
            ])
        }
        return table
    }

    /// A `.npy` file of float32, and the names of its rows.
    private func embeddings(_ embeddings: Zoo.DatasetEmbeddings) -> (Data, Data) {
        vectors(
            embeddings.vectors.enumerated().compactMap { index, vector in
                vector.map { (EmbeddingNames.line(zoo.datasets[index].name), $0) }
            }, dimension: embeddings.dimension)
    }

    /// The same of any rows, each with its line of text.
    private func vectors(_ rows: [(line: String, vector: [Float])], dimension: Int) -> (Data, Data) {
        let names = rows.map { $0.line + "\n" }.joined()
        let values = rows.flatMap(\.vector)
        var data = NumPyWriter.head("<f4", [rows.count, dimension])
        for value in values { withUnsafeBytes(of: value.bitPattern.littleEndian) { data.append(contentsOf: $0) } }
        return (data, Data(names.utf8))
    }
}

/// Rows of comma-separated text (RFC 4180).
struct WrittenTable {
    private var text: [UInt8] = []
    private(set) var count = 0

    init(_ header: [String]) {
        add(header)
        count = 0
    }

    var data: Data { Data(text) }

    mutating func add(_ fields: [String]) {
        for (index, field) in fields.enumerated() {
            if index > 0 { text.append(UInt8(ascii: ",")) }
            let bytes = field.utf8.filter { $0 != 0 }
            // A blank at either end would be taken for no part of the field.
            let needsQuotes =
                bytes.contains { [34, 44, 10, 13].contains($0) } || bytes.first == 32 || bytes.last == 32
                || bytes.first == 9 || bytes.last == 9 || bytes.isEmpty && fields.count == 1
            if needsQuotes {
                text.append(34)
                for byte in bytes {
                    if byte == 34 { text.append(34) }
                    text.append(byte)
                }
                text.append(34)
            } else {
                text += bytes
            }
        }
        text.append(10)
        count += 1
    }
}
