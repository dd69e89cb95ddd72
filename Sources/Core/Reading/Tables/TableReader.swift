import Foundation
import Support

/// Reads tables: this project's tidy layout, a table a file in a folder, and single tables of any shape.
///
/// ``TidyLayout`` documents the files and columns.
struct TableReader: ZooReader {
    let format: ZooFormat
    /// What a place that is a file holds, where it is not results.
    var role: ZooFiles.Role?
    /// Whether the place is a file beside others, whose names tell what the files do not.
    var isOneOfSeveral = false

    func recognises(_ place: ReadingPlace) -> Bool {
        if !place.isFolder { return format == .table }
        return format == .tidy
            ? ZooFiles(place.names()).files[.records] != nil : !Self.evaluations(in: place, budget: 60).isEmpty
    }

    /// Files of the Language Model Evaluation Harness and of lighteval: a model's results a file, in folders of any name.
    private static func evaluations(in place: ReadingPlace, budget: Int = .max) -> [String] {
        FileSearch.files(in: place, depth: 5, budget: budget) { $0.hasPrefix("results") && $0.hasSuffix(".json") }
            .filter { path in
                let head = HubFile.headText(place, path, 1 << 14)
                return head.contains("\"results\"")
                    && ["_stderr", ",none\"", "\"config_general\""].contains { head.contains($0) }
            }
    }

    private func readEvaluations(
        _ paths: [String], in place: ReadingPlace, options: ReadingOptions, into facts: inout Facts, work: Work
    ) throws {
        for path in paths {
            var reading = TableReading(
                source: TableSource(place: place, work: work), work: work, options: options, facts: facts)
            do {
                try reading.readRecords(path)
                facts = reading.facts
            } catch is TableError {
                facts.note(.leftOut, "evaluations that cannot be read", example: path, at: .init(file: -1))
            }
        }
        facts.note(
            .noted, "files of evaluations below the folder: each is a model's results", example: paths.first ?? "",
            at: .init(file: -1), count: paths.count)
    }

    func read(_ place: ReadingPlace, options: ReadingOptions, into facts: inout Facts, work: Work) throws {
        if !place.isFolder {
            var reading = TableReading(
                source: TableSource(place: place, work: work), work: work, options: options, facts: facts)
            if let role {
                try reading.read(ZooFiles(only: role, ""))
            } else if isOneOfSeveral {
                try Self.readRecords("", called: place.name, &reading)
            } else {
                try reading.readRecords("")
            }
            facts = reading.facts
            return
        }
        var files = ZooFiles(place.names())
        if format == .table, files.files[.records] == nil,
            !files.others.contains(where: Self.isDelimited)
        {
            let evaluations = Self.evaluations(in: place)
            if !evaluations.isEmpty {
                return try readEvaluations(evaluations, in: place, options: options, into: &facts, work: work)
            }
        }
        var remark: String?
        if files.files[.records] == nil {
            let tables = files.others.isEmpty ? Self.textsWithTables(files, in: place) : files.others
            if Self.areOneEach(tables, in: place) {
                var reading = TableReading(
                    source: TableSource(place: place, work: work), work: work, options: options, facts: facts)
                for name in tables.sorted() { try Self.readRecords(name, called: name, &reading) }
                facts = reading.facts
                return
            }
            guard tables.count == 1, let only = tables.first else {
                throw ZooError.noRecords(path: place.path, zoos: Self.zoos(in: place), tables: tables.sorted())
            }
            files.takeRecords(only)
            remark = only
        }
        var reading = TableReading(
            source: TableSource(place: place, work: work), work: work, options: options, facts: facts)
        do {
            try reading.read(files)
        } catch TableError.content(.missingColumns, let file, _) where file == remark && files.texts.contains(file) {
            // Any folder has texts with tables of something.
            let others = place.names().filter { !$0.hasPrefix(".") && $0 != file }
            throw ZooError.notRecognised(path: place.path, files: [file] + others)
        }
        if let remark {
            reading.facts.note(
                .noted, "results taken from the folder's only table", example: remark, at: .init(file: -1))
        }
        facts = reading.facts
    }

    /// Whether tables are one for each dataset, or for each model: all have one header, which names the other of the two
    /// and a metric, and the files' names can be names of what is missing.
    private static func areOneEach(_ tables: [String], in place: ReadingPlace) -> Bool {
        guard tables.count > 1, tables.allSatisfy(isDelimited) else { return false }
        let headers = Set(tables.map { HubFile.header(place, $0).map(AttributeKnowledge.key) })
        guard headers.count == 1, let keys = headers.first, tables.allSatisfy({ name(ofFile: $0) != nil }) else {
            return false
        }
        let (model, dataset) = (TableRole.model.column(in: keys), TableRole.dataset.column(in: keys))
        guard (model == nil) != (dataset == nil) else { return false }
        return keys.indices.contains { index in
            index != model && index != dataset
                && (MetricKnowledge.isHeader(keys[index]) || TableRole.score.headers.contains(keys[index]))
        }
    }

    /// The name of a file without its ending, as it is written, where it may be that of a dataset or a model: no metric, no
    /// split, and no word for tables.
    private static func name(ofFile file: String) -> String? {
        guard let stem = ZooFiles.stem(file) else { return nil }
        let words = MetricKnowledge.words(of: stem)
        let says = words.filter { !generic.contains($0) && !MetricKnowledge.splitWords.contains($0) && Int($0) == nil }
        return says.isEmpty || MetricKnowledge.isHeader(stem) ? nil : String(file.prefix(stem.count))
    }

    private static let generic: Set<String> = [
        "results", "result", "scores", "score", "table", "tables", "data", "records", "file", "part", "run", "seed",
        "shot",
        "shots", "final", "all", "new", "old", "out", "output", "summary", "leaderboard",
    ]

    /// Reads a table of results; one that names no dataset, or no model, is of the one that its file is called by.
    private static func readRecords(_ relative: String, called file: String, _ reading: inout TableReading) throws {
        let before = reading
        do {
            try reading.readRecords(relative)
        } catch TableError.content(.missingColumns(let missing, let known, let line), let path, let place) {
            guard missing == ["dataset"] || missing == ["model"], let name = name(ofFile: file) else {
                throw TableError.content(.missingColumns(missing, known: known, line: line), file: path, line: place)
            }
            reading = before
            try reading.readRecords(relative, all: missing[0], are: name)
            reading.facts.note(
                .noted, "files of one \(missing[0]) each: it is called by the file", example: name,
                at: .init(file: -1))
        }
    }

    /// The texts of Markdown in a folder that hold a table.
    static func textsWithTables(_ files: ZooFiles, in place: ReadingPlace) -> [String] {
        files.texts.filter { name in
            HubFile.head(place, name, 1 << 16).withUnsafeBufferPointer { MarkdownTables.text($0) != nil }
        }
    }

    /// Whether a file's name is that of a table of separated fields.
    static func isDelimited(_ name: String) -> Bool {
        [".csv", ".tsv", ".tab", ".psv"].contains { HubFile.plainName(name.lowercased()).hasSuffix($0) }
    }

    /// Reads a table that lies beside a hub's files where it has a column of models, one of datasets and one of results.
    ///
    /// - Returns: whether it has.
    static func readResults(
        _ name: String, in place: ReadingPlace, _ options: ReadingOptions, into facts: inout Facts, _ work: Work
    ) throws -> Bool {
        let keys = HubFile.header(place, name).map(AttributeKnowledge.key)
        guard TableRole.model.column(in: keys) != nil, TableRole.dataset.column(in: keys) != nil else { return false }
        var more = facts
        more.beginSource(place.path, format: .table)
        var reading = TableReading(
            source: TableSource(place: place, work: work), work: work, options: options, facts: more)
        do {
            try reading.readRecords(name)
        } catch is TableError {
            return false
        }
        facts = reading.facts
        facts.note(
            .noted, "tables of results beside a hub's files: read as well", example: name, at: .init(file: -1))
        return true
    }

    /// The folders inside that are zoos.
    static func zoos(in place: ReadingPlace) -> [String] {
        place.names().filter { name in
            !name.hasPrefix(".") && place.isFolder(name) && ZooFiles(place.names(in: name)).files[.records] != nil
        }
    }
}
