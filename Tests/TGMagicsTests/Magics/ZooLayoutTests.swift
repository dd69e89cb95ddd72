import Foundation
import TGMagics
import Testing

/// The README and `%help zoo` tell of the same files and columns.
struct ZooLayoutTests {
    @Test func theReadmeAndTheHelpNameTheSameFilesAndColumns() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let readme = try String(contentsOf: root.appendingPathComponent("README.md"), encoding: .utf8)
        let begin = try #require(readme.range(of: "## A zoo's files"))
        let end = try #require(readme[begin.upperBound...].range(of: "\n## "))
        let section = readme[begin.upperBound..<end.lowerBound]
        var told: Set<String> = []
        for line in section.split(separator: "\n") where line.hasPrefix("|") {
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
            #expect(told.contains(word), "the README's table does not name \(word)")
        }
    }
}
