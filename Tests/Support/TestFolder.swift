import Foundation

/// Folders that all go when the tests end, for what one test makes and others use.
public enum TestFolder {
    private static let root: URL = {
        atexit { try? FileManager.default.removeItem(at: TestFolder.root) }
        return FileManager.default.temporaryDirectory.appendingPathComponent("tg-\(UUID().uuidString)")
    }()

    /// A folder that does not exist yet.
    public static func fresh() -> URL { root.appendingPathComponent(UUID().uuidString) }
}
