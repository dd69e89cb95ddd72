import Foundation

/// A path as a user types it, split at its last slash.
///
/// `NSString.deletingLastPathComponent` does the same, but swift-corelibs-foundation 6.3 traps in it on a path of one
/// character.
package struct LocalPath: Hashable, Sendable {
    /// The path, a leading `~` replaced by the user's home directory: `HOME` if set, as in a shell.
    package let text: String
    /// The directory of the last component, without a trailing slash unless it is the root; `.` if none is named.
    package let folder: String
    /// The last component; empty for an empty path and for the root.
    package let name: String

    package init(_ typed: String) {
        self.init(typed, home: getenv("HOME").map { String(cString: $0) })
    }

    /// - Parameter home: what `~` stands for; if it is `nil` or empty, the home in the system's user database.
    package init(_ typed: String, home: String?) {
        if let home, !home.isEmpty, typed == "~" || typed.hasPrefix("~/") {
            text = home + typed.dropFirst()
        } else {
            text = (typed as NSString).expandingTildeInPath
        }
        var path = Substring(text)
        while path.last == "/" { path.removeLast() }
        let cut = path.lastIndex(of: "/")
        name = String(cut.map { path[path.index(after: $0)...] } ?? path)
        var parent = cut.map { path[..<$0] } ?? ""
        while parent.last == "/" { parent.removeLast() }
        folder = parent.isEmpty ? (text.first == "/" ? "/" : ".") : String(parent)
    }

    /// The extension of the name, in lower case; empty if there is none.
    package var ending: String {
        name.lastIndex(of: ".").map { name[name.index(after: $0)...].lowercased() } ?? ""
    }

    /// The path of `name` in the folder.
    package func beside(_ name: String) -> String { (folder == "/" ? "" : folder) + "/" + name }
}
