import Core
import Foundation

/// The names that a value of each kind may have in a session.
struct NameSource {
    let registry: MagicRegistry
    let state: SessionState

    /// The known names of `kind`, each with what it is.
    func names(_ kind: ValueKind) -> [(text: String, type: String)] {
        switch kind {
        case .dataset: state.zoo.map { $0.datasets.map { ($0.name, "dataset") } } ?? []
        case .model: state.zoo.map { $0.models.map { ($0.name, "model") } } ?? []
        case .node: names(.dataset) + names(.model)
        case .method: state.methodNames.map { ($0, "method") }
        case .score: state.zoo?.scores.map { ($0.method, "method") } ?? []
        case .zoo: state.knownZooNames.map { ($0, "zoo") }
        case .zooOrPath: names(.zoo)
        case .magic, .topic: registry.names().map { ($0, "magic") }
        case .variable: state.variables.keys.sorted().map { ($0, "variable") }
        case .path, .file: []
        }
    }

    /// The paths that begin with `text`; directories end in a slash.
    static func paths(beginningWith text: String) -> [String] {
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
