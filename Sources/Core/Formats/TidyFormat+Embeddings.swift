import Foundation

extension TidyFormat {
    /// Reads `embeddings.npy` (a row a dataset, float32 or float64) with the names in `embeddings.txt`, a line a row.
    ///
    /// - Throws: ``ZooError`` where one of the two files is missing, damaged, or longer than the other.
    static func readEmbeddings(in directory: URL, into builder: inout ZooBuilder) throws(ZooError) {
        let vectors = directory.appendingPathComponent("embeddings.npy")
        let names = directory.appendingPathComponent("embeddings.txt")
        guard FileManager.default.fileExists(atPath: vectors.path) else { return }
        let matrix: FeatureMatrix
        do throws(NumPyError) { matrix = try FeatureMatrix(npy: vectors.path) } catch { throw .embeddings(error) }
        let lines = try lines(of: names)
        guard lines.count == matrix.rows else {
            throw .embeddingNamesCount(path: names.path, rows: matrix.rows, names: lines.count)
        }
        var unknown: [String] = []
        var repeated: [String] = []
        var unusable: [String] = []
        var seen: Set<String> = []
        let values = matrix.matrix()
        for (row, name) in lines.enumerated() {
            let vector = values.row(row).map { Float($0) }
            if !builder.hasDataset(name) {
                unknown.append("embeddings.txt line \(row + 1): \(name)")
            } else if !seen.insert(name).inserted {
                repeated.append("embeddings.txt line \(row + 1): \(name)")
            } else if !vector.allSatisfy(\.isFinite) {
                unusable.append(name)
            } else {
                builder.addEmbedding(dataset: name, vector: vector)
            }
        }
        builder.report.add(
            .leftOut, "embeddings of datasets the zoo does not have", count: unknown.count, examples: unknown)
        builder.report.add(
            .leftOut, "embeddings of a dataset that has one already", count: repeated.count, examples: repeated)
        builder.report.add(
            .leftOut, "embeddings with a number that is not finite", count: unusable.count, examples: unusable)
    }

    /// The lines of a text file; a newline at its end begins no further line.
    private static func lines(of url: URL) throws(ZooError) -> [String] {
        guard let data = try? Data(contentsOf: url) else { throw .embeddingNamesMissing(path: url.path) }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw .embeddingNamesNotUTF8(path: url.path)
        }
        var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            .map { $0.trimmingCharacters(in: .whitespaces) }
        if lines.last == "" { lines.removeLast() }
        if lines.first?.unicodeScalars.first == "\u{FEFF}" { lines[0].unicodeScalars.removeFirst() }
        return lines
    }
}
