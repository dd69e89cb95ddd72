import Foundation

/// A path as a user types it, cut at its last slash.
///
/// `NSString.deletingLastPathComponent` does the same, but swift-corelibs-foundation 6.3 traps in it on a path of one
/// character.
package struct LocalPath: Hashable, Sendable {
    /// The path, a leading `~` replaced by the user's directory: `HOME` where that is set, as in a shell.
    package let text: String
    /// The directory of the last component, with no slash at its end unless it is the root; `.` where none is named.
    package let folder: String
    /// The last component; empty for an empty path and for the root.
    package let name: String

    package init(_ typed: String) {
        self.init(typed, home: getenv("HOME").map { String(cString: $0) })
    }

    /// - Parameter home: what `~` stands for; where it is `nil` or empty, what the system's list of users says.
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

    /// What follows the last dot of the name, in small letters; empty where there is none.
    package var ending: String {
        name.lastIndex(of: ".").map { name[name.index(after: $0)...].lowercased() } ?? ""
    }

    /// The path of `name` in the folder.
    package func beside(_ name: String) -> String { (folder == "/" ? "" : folder) + "/" + name }
}
