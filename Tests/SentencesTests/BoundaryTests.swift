import Foundation
import Testing

/// What model selection is knows nothing of how somebody asks for it.
struct BoundaryTests {
    private static let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Sources")

    private func lines(of target: String) throws -> [(place: String, text: Substring)] {
        let root = Self.sources.appendingPathComponent(target)
        let files = try #require(FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil))
        var lines: [(place: String, text: Substring)] = []
        for case let file as URL in files where file.pathExtension == "swift" {
            let text = try String(contentsOf: file, encoding: .utf8)
            for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
                lines.append(("\(target)/\(file.lastPathComponent), line \(number + 1)", line))
            }
        }
        return lines
    }

    @Test(arguments: ["Core", "ZooForge"])
    func noStringNamesAMagicOrAnOption(target: String) throws {
        let lines = try lines(of: target)
        #expect(lines.count > 1000)
        for (place, text) in lines where !text.contains(#/^ *\/\//#) {
            #expect(!text.contains(#/"[^"]*(%[a-z]{2,}|--[a-z]{2,})/#), "\(place): \(text)")
        }
    }

    @Test(arguments: ["Core", "ZooForge"])
    func noErrorIsASentence(target: String) throws {
        for (place, text) in try lines(of: target) {
            #expect(!text.contains("UserError"), "\(place): \(text)")
        }
    }
}
