/// What a result's `dataset` names (rule K): the type, or the name where there is none; with it the configuration, and the
/// split apart.
struct DatasetKey: Equatable {
    var name: String
    /// The name for people.
    var title: String?
    var config: String?
    var split: String?

    /// `nil` where no dataset is named.
    init?(_ node: DataNode?) {
        guard let node else { return nil }
        if node.isScalar {
            guard let name = node.name else { return nil }
            self.name = name
            return
        }
        title = node["name"]?.name
        let type = node["type"]?.name
        guard let identity = type ?? title else { return nil }
        name = identity
        // A loader is no dataset; what it loaded may have a name.
        if let title, Self.isLoader(identity), !Self.isLoader(title) { name = title }
        // A name that is a repository's says better than the type what was measured on.
        if let title, Self.isRepository(title), title != identity { name = title }
        split = node["split"]?.name
        config = node["config"]?.name
        if config == nil, let args = node["args"]?.name { readArguments(args) }
    }

    /// `args` is the configuration, or says it with its name: `config: hi, split: test`.
    private mutating func readArguments(_ text: String) {
        guard text.contains(":") else {
            config = text
            return
        }
        for part in text.split(separator: ",") {
            let pair = part.split(separator: ":", maxSplits: 1).map { $0.trimmed }
            guard pair.count == 2, !pair[1].isEmpty else { continue }
            if pair[0] == "config" { config = pair[1] }
            if pair[0] == "split", split == nil { split = pair[1] }
        }
    }

    /// Whether the text is the name of a way to load files: many private datasets, and not one that all have in common.
    static func isLoader(_ name: String) -> Bool { loaders.contains(name.lowercased()) }

    private static let loaders: Set<String> = [
        "imagefolder", "image_folder", "audiofolder", "audio_folder", "videofolder", "generator", "csv", "json", "text",
        "parquet", "arrow", "pandas", "webdataset", "custom", "custom_dataset", "none", "null", "dataset", "unknown",
    ]

    private static func isRepository(_ text: String) -> Bool {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        return parts.count == 2
            && parts.allSatisfy { part in
                !part.isEmpty && part.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" || $0 == "." }
            }
    }
}
