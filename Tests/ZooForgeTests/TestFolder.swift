import Foundation

/// Folders of these tests, all gone when the tests end.
enum TestFolder {
    private static let root: URL = {
        atexit { try? FileManager.default.removeItem(at: TestFolder.root) }
        return FileManager.default.temporaryDirectory.appendingPathComponent("forge-\(UUID().uuidString)")
    }()

    /// A folder that does not exist yet.
    static func fresh() -> URL { root.appendingPathComponent(UUID().uuidString) }
}
