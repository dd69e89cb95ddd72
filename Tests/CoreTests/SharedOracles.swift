import Foundation
import Testing

/// The folder of reference numbers beside the repository, if it is there.
enum SharedOracles {
    static var folder: URL? { SharedFiles.hasOracles ? SharedFiles.oracles : nil }
    static var isPresent: Bool { folder != nil }
    static let absence: Comment = "Skipped: the reference numbers (../shared/oracles) are not here."
}
