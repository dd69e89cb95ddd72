import Foundation
import Support

/// Reads tables: this project's tidy layout, a table a file in a folder, and single tables of any shape.
///
/// ``TidyLayout`` documents the files and columns.
struct TableReader: ZooReader {
    let format: ZooFormat
    /// What a place that is a file holds, where it is not results.
    var role: ZooFiles.Role?

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
