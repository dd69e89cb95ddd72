import Foundation

/// The files that tests compare with and that the repository does not hold: they lie beside it, in `../shared`.
public enum SharedFiles {
    public static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("shared")

    public static var areThere: Bool {
        FileManager.default.fileExists(atPath: root.appendingPathComponent("README.md").path)
    }

    public static func path(_ relative: String) -> String { root.appendingPathComponent(relative).path }

    public static let imageZoo = path("zoos/transfergraph/image_classification")
    public static let textZoo = path("zoos/transfergraph/sequence_classification")

    /// The folder of reference numbers.
    public static let oracles = root.appendingPathComponent("oracles")
    public static var hasOracles: Bool { FileManager.default.fileExists(atPath: oracles.path) }
}
