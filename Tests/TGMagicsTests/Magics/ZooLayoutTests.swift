import Foundation
import TGMagics
import Testing

/// The documentation and `%help zoo` tell of the same files and columns.
struct ZooLayoutTests {
    @Test func theDocumentationAndTheHelpNameTheSameFilesAndColumns() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let page = try String(contentsOf: root.appendingPathComponent("docs/reference/zoo-files.md"), encoding: .utf8)
        var told: Set<String> = []
        for line in page.split(separator: "\n") where line.hasPrefix("|") {
            // File and column; what they are for is prose.
            for cell in line.split(separator: "|", omittingEmptySubsequences: false).dropFirst().prefix(2) {
                for (index, name) in cell.split(separator: "`", omittingEmptySubsequences: false).enumerated()
                where index % 2 == 1 { told.insert(String(name)) }
            }
        }
        #expect(told.count > 40)
        let words = Set(
            ZooLayout.text.split { !$0.isLetter && $0 != "_" && $0 != "." }.map {
                $0.trimmingCharacters(in: .init(charactersIn: "."))
            })
        for name in told { #expect(words.contains(name), "%help zoo does not name \(name)") }
        for word in words where word.contains("_") || word.hasSuffix(".csv") || word.hasSuffix(".npy") {
            #expect(told.contains(word), "docs/reference/zoo-files.md does not name \(word)")
        }
    }
}
