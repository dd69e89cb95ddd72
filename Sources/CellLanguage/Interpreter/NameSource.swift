import Foundation
import Support

/// The names that a value of each kind may have in a session.
package struct NameSource {
    package let registry: MagicRegistry
    package let state: SessionState

    /// The known names of `kind`, each with what it is.
    package func names(_ kind: ValueKind) -> [(text: String, type: String)] {
        switch kind {
        case .magic, .topic: registry.names().map { ($0, "magic") }
        case .variable: state.variables.keys.sorted().map { ($0, "variable") }
        default: registry.vocabulary.names(of: kind, in: state)
        }
    }

    /// The paths that begin with `text`; directories end in a slash.
    package static func paths(beginningWith text: String) -> [String] {
        if text == "~" { return ["~/"] }
        let isWhole = text.hasSuffix("/") || text.isEmpty
        let path = LocalPath(isWhole ? text + "." : text)
        let prefix = isWhole ? "" : path.name
        let typed = String(text.dropLast(prefix.count))
        let entries = (try? FileManager.default.contentsOfDirectory(atPath: path.folder)) ?? []
        return entries.filter { $0.hasPrefix(prefix) && (!$0.hasPrefix(".") || prefix.hasPrefix(".")) }.sorted()
            .prefix(500).map { entry in
                var isFolder: ObjCBool = false
                let exists = FileManager.default.fileExists(atPath: path.beside(entry), isDirectory: &isFolder)
                return typed + entry + (exists && isFolder.boolValue ? "/" : "")
            }
    }
}
