import Foundation

/// The program that runs.
package enum RunningProgram {
    /// Where it was when this was first asked.
    private static let started = now.path

    /// Asks for it while the program's name is still its own: pip gives the folder of what it replaces another one, and then
    /// removes it.
    package static func remember() { _ = started }

    /// Its file, links resolved: where it was started, also where another version has taken its place or it was removed;
    /// where it is now, where it was moved. Beside it lies what it brings.
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
        // The kernel's own mark for a file that has no name any more.
        let mark = " (deleted)"
        return (link.hasSuffix(mark) ? String(link.dropLast(mark.count)) : link, false)
    }

    package static var folder: URL { URL(fileURLWithPath: LocalPath(path).folder) }
}
