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
        guard var node else { return nil }
        // A list of one is the one.
        if node.isList, node.items.count == 1 { node = node.items[0] }
        if node.isScalar {
            guard let name = node.name else { return nil }
            self.name = Self.plainName(name)
            return
        }
        title = node["name"]?.name.map(Self.plainName)
        let type = node["type"]?.name.map(Self.plainName)
        guard let identity = type ?? title else { return nil }
        name = identity
        // A loader is no dataset; what it loaded may have a name.
        if let title, Self.isLoader(identity), !Self.isLoader(title) { name = title }
        split = node["split"]?.name
        config = node["config"]?.name
        if config == nil, let args = node["args"]?.name { readArguments(args) }
        if config == nil, let title { readTitle(title) }
    }

    /// Of a benchmark of several datasets the title says which is meant where nothing else does: `GLUE MRPC`, or a
    /// repository that is none of them.
    private mutating func readTitle(_ title: String) {
        let plain = Self.letters(title)
        for (benchmark, parts) in Self.benchmarks where [benchmark, title].contains(name) {
            if let part = parts.first(where: { plain == Self.letters(benchmark + $0) }) {
                name = benchmark
                config = part
                return
            }
        }
        let isBenchmark = Self.benchmarks.contains { $0.key == name }
        if isBenchmark, Self.isRepository(title), !plain.contains(Self.letters(name)), !Self.isLoader(title) {
            name = title
        }
    }

    private static func letters(_ text: String) -> String {
        text.lowercased().filter { $0.isLetter || $0.isNumber }
    }

    /// Benchmarks of which each dataset is a configuration.
    private static let benchmarks: KeyValuePairs<String, [String]> = [
        "glue": [
            "cola", "sst2", "mrpc", "stsb", "qqp", "mnli", "qnli", "rte", "wnli", "ax", "mnli_matched",
            "mnli_mismatched",
        ],
        "super_glue": ["boolq", "cb", "copa", "multirc", "record", "rte", "wic", "wsc", "axb", "axg"],
    ]

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

    /// Whether the text names no dataset that another model could have: a way to load files, a place on somebody's machine,
    /// or a word that a template left. They are many private datasets, and not one that all have in common.
    static func isLoader(_ name: String) -> Bool {
        let text = name.trimmed.lowercased()
        return loaders.contains(text) || text.contains("{{") || text.contains("more information needed") || isPath(text)
    }

    /// Whether the text is the path of a file or folder.
    private static func isPath(_ text: String) -> Bool {
        if text.contains("://") { return false }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        return ["/", "./", "../", "~/"].contains { text.hasPrefix($0) } || text.contains("\\") || parts.count > 4
            || endings.contains { text.hasSuffix($0) }
    }

    private static let endings = [
        ".csv", ".tsv", ".json", ".jsonl", ".parquet", ".arrow", ".txt", ".zip", ".tar", ".gz", ".pkl", ".xlsx", ".npz",
    ]

    /// A dataset's name without the hub's address: `https://huggingface.co/datasets/OWNER/NAME` is `OWNER/NAME`.
    static func plainName(_ text: String) -> String {
        if let address = addresses.first(where: text.hasPrefix) {
            let path = text.dropFirst(address.count).prefix { $0 != "?" && $0 != "#" }
            return path.split(separator: "/").prefix(2).joined(separator: "/")
        }
        // The hub's own addresses begin so; a path below a folder of that name is longer, or a file's.
        if text.hasPrefix("datasets/"), text.split(separator: "/").count <= 3, !isPath(text.lowercased()) {
            return String(text.dropFirst("datasets/".count))
        }
        return text
    }

    private static let addresses =
        ["https://", "http://", ""].flatMap { scheme in
            ["huggingface.co", "www.huggingface.co", "hf.co"].map { "\(scheme)\($0)/datasets/" }
        } + ["hf://datasets/"]

    private static let loaders: Set<String> = [
        "imagefolder", "image_folder", "audiofolder", "audio_folder", "videofolder", "generator", "csv", "json", "text",
        "parquet", "arrow", "pandas", "webdataset", "custom", "custom_dataset", "custom dataset", "none", "null",
        "dataset", "unknown", "private", "private dataset", "private_dataset", "local", "local dataset", "my_dataset",
        "my-dataset", "your_dataset", "your-dataset", "your dataset", "dataset_name", "dataset name", "n/a", "na", "-",
        "?", "tbd", "todo", "undefined", "an unknown dataset", "unknown dataset",
    ]

    private static func isRepository(_ text: String) -> Bool {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        return parts.count == 2
            && parts.allSatisfy { part in
                !part.isEmpty && part.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" || $0 == "." }
            }
    }
}
