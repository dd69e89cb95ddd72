import Foundation

/// The program that runs.
package enum RunningProgram {
    /// Its file, links resolved; where it has been replaced or removed since it was started, where it was. Beside it lies
    /// what it brings, also that of the version that took its place.
    package static var path: String {
        guard let link = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe") else {
            return CommandLine.arguments[0]
        }
        // The kernel's own mark for a file that has no name any more.
        let mark = " (deleted)"
        return link.hasSuffix(mark) && !FileManager.default.fileExists(atPath: link)
            ? String(link.dropLast(mark.count)) : link
    }

    package static var folder: URL { URL(fileURLWithPath: LocalPath(path).folder) }
}
