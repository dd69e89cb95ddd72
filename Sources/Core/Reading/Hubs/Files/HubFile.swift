import Foundation

/// Reads the files of a hub's copy.
enum HubFile {
    /// No card, configuration or document is larger; a file that is holds something else.
    static let sizeLimit = 1 << 30

    /// A file's bytes.
    ///
    /// A link of a cache (`../../blobs/HASH`) that an archive or a version control wrote out as a text is followed as
    /// the link that it was.
    ///
    /// - Throws: ``DocumentError`` with what keeps the file from being read.
    static func contents(_ place: ReadingPlace, _ path: String) throws(DocumentError) -> Data {
        let data = try bytes(place, path)
        guard let target = linkTarget(data) else { return data }
        let folder = path.split(separator: "/").dropLast(3).joined(separator: "/")
        return try bytes(place, FolderListing.join(folder, target))
    }

    private static func bytes(_ place: ReadingPlace, _ path: String) throws(DocumentError) -> Data {
        let data: Data
        do throws(ReadingPlace.Failure) {
            data = try place.contents(of: path)
        } catch {
            let problem =
                switch error {
                case .missing: "it is a link that leads nowhere"
                case .outside: "it is a link that leads out of the folder"
                case .unreadable: "it cannot be read"
                }
            throw DocumentError(line: 0, problem: problem)
        }
        guard data.count <= sizeLimit else { throw DocumentError(line: 0, problem: "it has more than 1 GiB") }
        return data
    }

    /// `blobs/HASH` where the file holds nothing but a cache's link, written out.
    private static func linkTarget(_ data: Data) -> String? {
        let prefix = "../../blobs/"
        guard data.count >= prefix.utf8.count + 40, data.count <= prefix.utf8.count + 66,
            data.starts(with: prefix.utf8)
        else { return nil }
        let hash = String(decoding: data.dropFirst(prefix.utf8.count), as: UTF8.self).trimmed
        guard hash.utf8.count >= 40, hash.utf8.allSatisfy(\.isHexadecimal) else { return nil }
        return "blobs/" + hash
    }

    /// Reads a JSON file.
    static func json(_ place: ReadingPlace, _ path: String) throws(DocumentError) -> DataTree {
        try parse(contents(place, path)) { bytes throws(DocumentError) in try JSONReader.read(bytes) }
    }

    /// Reads a YAML file.
    static func yaml(_ place: ReadingPlace, _ path: String) throws(DocumentError) -> DataTree {
        try parse(contents(place, path)) { bytes throws(DocumentError) in try YAMLReader.read(bytes) }
    }

    /// `Data` itself gives its bytes only to what throws any error.
    private static func parse(
        _ data: Data, _ body: (UnsafeBufferPointer<UInt8>) throws(DocumentError) -> DataTree
    ) throws(DocumentError) -> DataTree {
        let result: Result<DataTree, DocumentError> = data.withUnsafeBytes { bytes in
            do throws(DocumentError) {
                return .success(try body(bytes.bindMemory(to: UInt8.self)))
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    /// Reads a comma-separated table.
    static func table(_ place: ReadingPlace, _ path: String) throws(DocumentError) -> HubTable {
        let data = try contents(place, path)
        let name = FileSearch.name(path, in: place)
        let table = name.hasSuffix(".md") ? nil : try? CSVTable(data, file: name)
        guard let table else { throw DocumentError(line: 0, problem: "it is no comma-separated text") }
        return HubTable(header: table.header, rows: table.rows.map { .init(line: $0.line, fields: $0.fields) })
    }

    /// The first bytes of a file, for recognising it; empty where there are none to be had.
    static func head(_ place: ReadingPlace, _ path: String, _ count: Int = 4096) -> [UInt8] {
        guard let data = try? contents(place, path) else { return [] }
        return Array(data.prefix(count))
    }
}

extension UInt8 {
    var isHexadecimal: Bool {
        (self >= 48 && self <= 57) || (self >= 97 && self <= 102) || (self >= 65 && self <= 70)
    }
}
