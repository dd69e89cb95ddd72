import Foundation

/// The files that tests compare with and that the repository does not hold: they lie beside it, in `../shared`.
enum SharedFiles {
    static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("shared")

    static var areThere: Bool { FileManager.default.fileExists(atPath: root.appendingPathComponent("README.md").path) }

    static func path(_ relative: String) -> String { root.appendingPathComponent(relative).path }

    static let imageZoo = path("zoos/transfergraph/image_classification")
    static let textZoo = path("zoos/transfergraph/sequence_classification")
}
