import Support

/// A page of PyTorch Hub: a family of models, which its lines of code load and its tables have the results of.
package struct PyTorchHubPage: Sendable {
    /// A model that the page loads.
    package struct Entry: Sendable, Hashable {
        /// Without the branch: `pytorch/vision`.
        package let repository: String
        /// `resnet18`
        package let name: String
        let line: Int
    }

    /// A result in a table of the page.
    struct Result: Sendable, Equatable {
        var model: String
        var dataset: String?
        var split: String?
        var metric: String
        var written: String
        var isError: Bool
        /// Whether the number is a share of one, and not of a hundred.
        var isFraction = false
        var line: Int
    }

    let title: String?
    let summary: String?
    let summaryLine: Int
    let tags: [String]
    let repository: String?
    package private(set) var entries: [Entry] = []
    let tables: [HubTable]
    let lines: [Substring]

    /// - Parameters:
    ///   - front: the page's front matter.
    ///   - text: the whole page.
    package init(front: DataNode, text: String) {
        title = front["title"]?.name
        summary = front["summary"]?.name
        summaryLine = front["summary"]?.line ?? 1
        tags = front["tags"]?.itemsOrSelf.compactMap(\.name) ?? []
        repository = front["github-id"]?.name
        lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        tables = MarkdownTables.tables(in: lines)
        var seen: Set<[String]> = []
        for (index, line) in lines.enumerated() where line.contains("hub.load(") {
            // The arguments may stand on the lines below.
            let call = lines[index..<min(index + 4, lines.count)].joined(separator: "\n")
            guard let entry = Self.entry(call, line: index + 1), seen.insert([entry.repository, entry.name]).inserted
            else { continue }
            entries.append(entry)
        }
    }

    /// `torch.hub.load('pytorch/vision:v0.10.0', 'vgg11_bn', …)`, its arguments with their names or without.
    private static func entry(_ call: String, line: Int) -> Entry? {
        guard let start = call.firstRange(of: "hub.load(")?.upperBound else { return nil }
        var rest = call[start...]
        var arguments: [String] = []
        while arguments.count < 2 {
            rest = rest.drop { $0.isWhitespace || $0 == "," || $0 == "#" }
            for name in ["repo_or_dir", "model"] where rest.hasPrefix(name) {
                rest = rest.dropFirst(name.count).drop { $0 == " " || $0 == "=" }
            }
            guard let mark = rest.first, mark == "'" || mark == "\"" else { return nil }
            rest = rest.dropFirst()
            guard let end = rest.firstIndex(of: mark) else { return nil }
            arguments.append(String(rest[..<end]))
            rest = rest[rest.index(after: end)...]
        }
        let repository = arguments[0].split(separator: ":").first.map(String.init) ?? arguments[0]
        return Entry(repository: repository, name: arguments[1], line: line)
    }

    /// The entries that are models, and neither their tools nor ways to load any.
    var models: [Entry] {
        entries.filter { entry in
            !["utils", "tokenizer", "config", "transforms", "preprocess"].contains { entry.name.hasSuffix($0) }
                && !entry.name.hasPrefix("model") && !entry.name.contains("/")
        }
    }
}
