import Foundation

/// The running program.
package enum RunningProgram {
    /// Its path when it was first asked for.
    private static let started = now.path

    /// Asks for the path while it is still valid: pip renames the folder that it replaces, and then removes it.
    package static func remember() { _ = started }

    /// Its file, links resolved: the path at its start, even if another version replaced it or it was removed; if it was
    /// moved, its present path. Its resources lie beside it, including those of a version that replaced it.
    package static var path: String {
        if FileManager.default.fileExists(atPath: started) { return started }
        let now = now
        return now.isThere ? now.path : started
    }

    /// What the system says now.
    private static var now: (path: String, isThere: Bool) {
        guard let link = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe") else {
            return (CommandLine.arguments[0], false)
        }
        if FileManager.default.fileExists(atPath: link) { return (link, true) }
        // The kernel's own mark for a deleted file.
        let mark = " (deleted)"
        return (link.hasSuffix(mark) ? String(link.dropLast(mark.count)) : link, false)
    }

    package static var folder: URL { URL(fileURLWithPath: LocalPath(path).folder) }
}
