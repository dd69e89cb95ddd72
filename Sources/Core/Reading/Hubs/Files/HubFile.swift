import Foundation
import Support

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
    /// What is packed by gzip or zstd is unpacked.
    ///
    /// - Parameter most: how many bytes are wanted, about; the rest is not unpacked.
    static func contents(
        _ place: ReadingPlace, _ path: String, most: Int = .max, work: Work = .unwatched
    ) throws(DocumentError) -> Data {
        let data = try bytes(place, path)
        guard let target = linkTarget(data) else { return try unpacked(data, most, work) }
        let folder = path.split(separator: "/").dropLast(3).joined(separator: "/")
        return try unpacked(bytes(place, FolderListing.join(folder, target)), most, work)
    }

    private static func unpacked(_ data: Data, _ most: Int, _ work: Work) throws(DocumentError) -> Data {
        let kind = data.withUnsafeBytes { FileKind($0) }
        guard kind == .gzip || kind == .zstandard else { return plain(data) }
        do {
            return plain(try Decompression.unpack(data, kind, file: "", most: most, work: work))
        } catch is Cancelled {
            throw DocumentError(line: 0, problem: "its reading was stopped")
        } catch {
            throw DocumentError(line: 0, problem: "its compression is damaged, cut off, or of more than 2 GiB")
        }
    }

    /// The bytes as UTF-8 without a byte order mark, which editors on Windows put before it; UTF-16 is known by its mark.
    private static func plain(_ data: Data) -> Data {
        if data.starts(with: [0xEF, 0xBB, 0xBF]) { return plain(data.dropFirst(3)) }
        // Lines of a card that end as those of old Macs do.
        if data.starts(with: Array("---\r".utf8)), !data.contains(10) {
            return Data(data.map { $0 == 13 ? 10 : $0 })
        }
        guard data.starts(with: [0xFF, 0xFE]) || data.starts(with: [0xFE, 0xFF]) else { return data }
        return String(data: data, encoding: .utf16).map { Data($0.utf8) } ?? data
    }

    /// A file's text with line ends of one kind.
    static func text(_ place: ReadingPlace, _ path: String) throws(DocumentError) -> String {
        text(try contents(place, path))
    }

    /// The beginning of a file's text with line ends of one kind.
    static func headText(_ place: ReadingPlace, _ path: String, _ count: Int = 4096) -> String {
        text(Data(head(place, path, count)))
    }

    private static func text(_ data: Data) -> String {
        String(decoding: data, as: UTF8.self).replacing("\r\n", with: "\n")
    }

    /// A file's name without what says that it is packed: `models.jsonl.gz` is read as `models.jsonl`.
    static func plainName(_ name: String) -> String {
        for ending in [".gz", ".zst"] where name.hasSuffix(ending) { return String(name.dropLast(ending.count)) }
        return name
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
    static func json(
        _ place: ReadingPlace, _ path: String, work: Work = .unwatched
    ) throws(DocumentError) -> DataTree {
        try parse(contents(place, path, work: work)) { bytes throws(DocumentError) in
            try JSONReader.read(bytes, isCancelled: work.isCancelled)
        }
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

    /// Reads a table whose fields are separated by commas, semicolons, tabs or bars.
    static func table(_ place: ReadingPlace, _ path: String) throws(DocumentError) -> HubTable {
        try table(contents(place, path), name: FileSearch.name(path, in: place))
    }

    private static func table(_ data: Data, name: String) throws(DocumentError) -> HubTable {
        let table = try? TableSource.withTables(data, file: name, work: .unwatched) { tables in
            let table = tables[0]
            return HubTable(
                header: table.texts(0).map(\.trimmed),
                rows: (1..<max(1, table.rowCount)).map { .init(line: table.line($0), fields: table.texts($0)) },
                line: table.line(0))
        }
        guard let table else { throw DocumentError(line: 0, problem: "it is no table of separated fields") }
        return table
    }

    /// The names in the header of a table, in small letters; none where the file is no table.
    static func header(_ place: ReadingPlace, _ path: String) -> [String] {
        let head = head(place, path, 1 << 13)
        // The last line may be cut off.
        let whole = head.lastIndex(of: 10).map { head[..<$0] } ?? head[...]
        return (try? table(Data(whole), name: FileSearch.name(path, in: place)))?.header.map { $0.lowercased() } ?? []
    }

    /// The first bytes of a file, for recognising it; empty where there are none to be had.
    static func head(_ place: ReadingPlace, _ path: String, _ count: Int = 4096) -> [UInt8] {
        guard let data = try? contents(place, path, most: count) else { return [] }
        return Array(data.prefix(count))
    }
}

extension UInt8 {
    var isHexadecimal: Bool {
        (self >= 48 && self <= 57) || (self >= 97 && self <= 102) || (self >= 65 && self <= 70)
    }
}
