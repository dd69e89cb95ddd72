import Foundation
import Testing

/// The folder of reference numbers beside the repository, if it is there.
enum SharedOracles {
    static let folder: URL? = {
        let root = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let folder = root.deletingLastPathComponent().appendingPathComponent("shared/oracles")
        return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
    }()

    static var isPresent: Bool { folder != nil }
    static let absence: Comment = "Skipped: the reference numbers (../shared/oracles) are not here."
}
