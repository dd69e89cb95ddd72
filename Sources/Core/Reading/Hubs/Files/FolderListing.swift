import Foundation

/// What a folder of a place holds, without a question to the system for each of them: a cache has a hundred thousand.
struct FolderListing: Sendable {
    /// The files, and links to anything, in the order of their bytes. ``ReadingPlace/contents(of:)`` follows a link only
    /// to what lies inside the place.
    private(set) var files: [String] = []
    /// The folders that are no links, in the order of their bytes: a link's folder is met where it lies, and a walk that
    /// followed links could go round in a circle.
    private(set) var folders: [String] = []

    /// - Parameter relative: the folder's path inside the place; empty for the place itself.
    init(of place: ReadingPlace, _ relative: String = "") {
        guard place.isFolder, let path = place.location(relative), let stream = opendir(path) else { return }
        defer { closedir(stream) }
        while let item = readdir(stream) {
            let name = withUnsafePointer(to: &item.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name == "." || name == ".." { continue }
            var isFolder = item.pointee.d_type == UInt8(DT_DIR)
            if item.pointee.d_type == UInt8(DT_UNKNOWN) {
                var status = stat()
                isFolder = lstat(path + "/" + name, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
            }
            if isFolder { folders.append(name) } else { files.append(name) }
        }
        files.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        folders.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    func hasFile(_ name: String) -> Bool { files.contains(name) }
    func hasFolder(_ name: String) -> Bool { folders.contains(name) }

    /// The path of `name` in the folder `relative`.
    static func join(_ relative: String, _ name: String) -> String { relative.isEmpty ? name : relative + "/" + name }
}
