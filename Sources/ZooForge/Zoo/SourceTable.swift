import Foundation
import TransferGraphCore

/// The packages a zoo was made from: `sources.csv` with `package,version,licence,lists`.
public struct SourceTable: Sendable {
    private let rows: [[String]]

    /// Reads the versions from `versions.csv` (`package,version`) beside the lists, where `script/make-zoo` writes them.
    public init(_ shelf: WordShelf) {
        let text =
            (try? String(contentsOf: shelf.root.appendingPathComponent("versions.csv"), encoding: .utf8)) ?? ""
        var versions: [String: String] = [:]
        for line in text.split(separator: "\n") {
            let fields = line.split(separator: ",", maxSplits: 1)
            if fields.count == 2 { versions[String(fields[0])] = String(fields[1]) }
        }
        rows = WordListCatalog.packages.map { package in
            let lists = WordListCatalog.names(inPackage: package)
            return [
                package, versions[package] ?? "", PackageLicences.byPackage[package] ?? "",
                lists.joined(separator: " "),
            ]
        }
    }

    /// - Throws: ``ForgeError``.
    public func write(to directory: URL) throws(ForgeError) {
        let lines = [["package", "version", "licence", "lists"]] + rows
        let text = lines.map { $0.joined(separator: ",") + "\n" }.joined()
        try ForgeFolder.write([("sources.csv", Data(text.utf8))], .sourceTable, to: directory)
    }
}
