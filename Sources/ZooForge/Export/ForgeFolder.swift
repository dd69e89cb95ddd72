import Foundation
import Support

/// Folders that what was made is written to: looked at before the making, which takes minutes or hours.
public enum ForgeFolder {
    /// - Throws: ``ForgeError/notWritable(_:path:reason:)`` where no files could be made there.
    public static func look(at directory: URL, for product: ForgeError.Output) throws(ForgeError) {
        if let obstacle = FolderPlace.obstacle(directory.path) {
            throw .notWritable(product, path: directory.path, reason: obstacle)
        }
    }

    /// Writes files, each whole or not at all, into a folder that is made where it is not there.
    ///
    /// - Throws: ``ForgeError/notWritable(_:path:reason:)``.
    static func write(
        _ files: [(name: String, data: Data)], _ product: ForgeError.Output, to directory: URL
    ) throws(ForgeError) {
        do {
            try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
            for (name, data) in files { try WholeFile(directory.path + "/" + name).write(data) }
        } catch {
            throw .notWritable(product, path: directory.path, reason: FileFailure.reason(error))
        }
    }
}
