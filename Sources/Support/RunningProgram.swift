import Foundation

/// The running program.
package enum RunningProgram {
    /// Its file, links resolved; if it was replaced or removed since its start, its former path. Its resources lie
    /// beside it, including those of a version that replaced it.
    package static var path: String {
        guard let link = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe") else {
            return CommandLine.arguments[0]
        }
        // The kernel's own mark for a deleted file.
        let mark = " (deleted)"
        return link.hasSuffix(mark) && !FileManager.default.fileExists(atPath: link)
            ? String(link.dropLast(mark.count)) : link
    }

    package static var folder: URL { URL(fileURLWithPath: LocalPath(path).folder) }
}
