import Foundation
import Support

extension TableReading {
    /// Reads the log of a zoo that was saved: what was measured, and what became of it. It makes no results.
    mutating func readMeasurements(_ relative: String) throws {
        try withTable(relative) { next, table, header in
            let found = try Self.columns(
                [("model", ["model"]), ("dataset", ["dataset"]), ("value", ["value"]), ("reason", ["reason"])],
                in: header,
                of: table)
            let optional = [
                "config", "split", "metric", "written", "scale", "higher_is_better", "file", "line", "factor",
                "standing",
                "revision", "date", "source", "setting", "preference",
            ].map { header.keys.firstIndex(of: $0) }
            var files: [String: Int32] = [:]
            next.facts.source.hasLog = true
            for row in header.rowCount..<table.rowCount {
                func text(_ index: Int) -> String? {
                    optional[index].flatMap { table.text(row, $0) }.flatMap { $0.isEmpty ? nil : $0 }
                }
                func name(_ index: Int) -> Name { next.facts.names.intern(text(index)) }
                let path = text(6) ?? ""
                let file = files[path] ?? next.facts.addFile(path)
                files[path] = file
                let value = table.number(row, found[2])?.value ?? .nan
                let reason = table.text(row, found[3]).flatMap(Decision.Reason.init(code:)) ?? .noNumber
                let scale = text(4).flatMap { MetricScale(rawValue: $0) } ?? .asWritten
                let provenance = Provenance(
                    standing: text(9).flatMap(Provenance.Standing.init(code:)) ?? .unknown, revision: name(10),
                    date: name(11),
                    source: name(12), setting: name(13), preference: text(14).flatMap { Double($0) } ?? 0)
                let written = text(3)
                next.facts.measurements.append(
                    .init(
                        model: table.name(row, found[0], in: &next.facts.names),
                        dataset: table.name(row, found[1], in: &next.facts.names), config: name(0), split: name(1),
                        metric: name(2), value: value,
                        written: written == nil || written == WrittenNumber.shortest(value)
                            ? .none : next.facts.names.intern(written),
                        provenance: next.facts.intern(provenance), file: file,
                        line: text(7).flatMap { Int32($0) } ?? 0,
                        status: .decided(
                            Decision(reason, scale: scale, higherIsBetter: text(5).flatMap(Facts.Value.truth)))))
            }
        }
    }

    /// Reads `embeddings.npy` (a row a dataset, float32 or float64) with the names in `embeddings.txt`, a line a row.
    ///
    /// - Throws: ``ZooError`` where one of the two files is missing, damaged, or longer than the other.
    mutating func readEmbeddings() throws {
        guard let (vectors, lines, file) = try readVectors("embeddings") else { return }
        for (row, name) in lines.enumerated() {
            facts.add(
                embedding: vectors.row(row).map { Float($0) }, dataset: EmbeddingNames.name(name),
                at: .init(file: file, line: row + 1))
        }
    }

    /// Reads `text.npy` (a row a model or dataset) with `text.txt`, a line a row: `model` or `dataset`, a tab, the name.
    ///
    /// - Throws: ``ZooError`` as ``readEmbeddings()``, and where a line is none of these.
    mutating func readTexts() throws {
        guard let (vectors, lines, file) = try readVectors("text") else { return }
        for (row, line) in lines.enumerated() {
            let parts = line.split(separator: "\t", maxSplits: 1).map(String.init)
            guard parts.count == 2, let subject = ["model": Facts.Subject.model, "dataset": .dataset][parts[0]] else {
                throw ZooError.textName(path: (source?.place.path ?? "") + "/text.txt", line: row + 1)
            }
            facts.add(
                text: vectors.row(row).map { Float($0) }, subject, EmbeddingNames.name(parts[1]),
                at: .init(file: file, line: row + 1))
        }
    }

    /// Reads a matrix with a line of text for each of its rows.
    private mutating func readVectors(_ stem: String) throws -> (vectors: Matrix, lines: [String], file: Int32)? {
        guard let place = source?.place else { return nil }
        let vectors = place.names().first { $0.lowercased() == "\(stem).npy" } ?? "\(stem).npy"
        let names = place.names().first { $0.lowercased() == "\(stem).txt" } ?? "\(stem).txt"
        let matrix: FeatureMatrix
        do {
            matrix = try FeatureMatrix(npy: place.path + "/" + vectors)
        } catch {
            throw ZooError.embeddings(error)
        }
        let path = place.path + "/" + names
        guard let data = try? place.contents(of: names) else { throw ZooError.embeddingNamesMissing(path: path) }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw ZooError.embeddingNamesNotUTF8(path: path)
        }
        var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(\.trimmed)
        if lines.first?.unicodeScalars.first == "\u{FEFF}" { lines[0].unicodeScalars.removeFirst() }
        if lines.last == "" { lines.removeLast() }
        guard lines.count == matrix.rows else {
            throw ZooError.embeddingNamesCount(path: path, rows: matrix.rows, names: lines.count)
        }
        return (matrix.matrix(), lines, facts.addFile(names))
    }
}
