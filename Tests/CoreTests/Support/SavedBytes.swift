import Foundation
import TransferGraphCore

/// The files that a zoo is saved as, each with its bytes.
func savedBytes(_ zoo: Zoo) throws -> [String: Data] {
    let folder = try TemporaryZoo()
    let path = folder.path + "/saved"
    var found: [String: Data] = [:]
    for file in try ZooWriter(zoo).write(to: path) {
        found[file.name] = try Data(contentsOf: URL(fileURLWithPath: path + "/" + file.name))
    }
    return found
}
