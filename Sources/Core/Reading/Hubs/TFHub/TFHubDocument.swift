import Support

/// A document of TensorFlow Hub: `# KIND HANDLE`, then lines `<!-- key: value -->`, of which a key may have several.
struct TFHubDocument: Sendable, Equatable {
    enum Kind: String, Sendable, CaseIterable {
        case module = "Module"
        /// A family's page, without weights.
        case placeholder = "Placeholder"
        case lite = "Lite"
        case tfjs = "Tfjs"
        case coral = "Coral"
        case collection = "Collection"
        case publisher = "Publisher"

        /// Whether the document is of a model or a form of one.
        var isModel: Bool { self != .collection && self != .publisher }
        /// Whether it is another one's weights in another form.
        var isDeployment: Bool { self == .lite || self == .tfjs || self == .coral }
    }

    struct Entry: Sendable, Equatable {
        let key: String
        let value: String
        let line: Int
    }

    let kind: Kind
    /// With its version: `google/imagenet/resnet_v2_50/classification/5`.
    let handle: String
    private(set) var entries: [Entry] = []
    /// The side of the input in pixels, where the text says it.
    private(set) var inputSize: Double?

    /// `nil` where the first line that is not blank is no title of such a document.
    init?(_ text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard let title = lines.first(where: { !$0.trimmed.isEmpty })?.trimmed, title.hasPrefix("# ") else {
            return nil
        }
        let words = title.dropFirst(2).split(separator: " ").map(String.init)
        guard words.count == 2, let kind = Kind(rawValue: words[0]), words[1].contains("/") || kind == .publisher else {
            return nil
        }
        self.kind = kind
        handle = words[1]
        for (index, line) in lines.enumerated() {
            if line.contains("<!--"), let entry = Self.entry(line.trimmed, index + 1) { entries.append(entry) }
            if inputSize == nil { inputSize = Self.size(in: line) }
        }
        if inputSize == nil, let size = name.split(separator: "_").last.flatMap({ Double($0) }), size >= 64,
            size <= 1024
        {
            // `mobilenet_v2_100_224/classification` has it in the part before.
            inputSize = size
        }
    }

    /// The handle without its version; a form of a model is told apart from the model by the kind, since no handle is
    /// unique across kinds.
    var name: String {
        let base = Self.versionless(handle)
        return kind.isDeployment ? "\(base) (\(kind.rawValue))" : base
    }

    var version: Double { handle.split(separator: "/").last.flatMap { Double($0) } ?? 0 }

    static func versionless(_ handle: String) -> String {
        guard let cut = handle.lastIndex(of: "/"), !handle[cut...].dropFirst().isEmpty,
            handle[cut...].dropFirst().allSatisfy(\.isNumber)
        else { return handle }
        return String(handle[..<cut])
    }

    func values(_ key: String) -> [Entry] { entries.filter { $0.key == key && !$0.value.isEmpty } }

    /// The keys that are metadata; comments of other kinds stand in documents too.
    private static let keys: Set<String> = [
        "dataset", "network-architecture", "task", "fine-tunable", "format", "license", "language", "parent-model",
    ]

    private static func entry(_ line: String, _ number: Int) -> Entry? {
        guard line.hasPrefix("<!--"), line.hasSuffix("-->") else { return nil }
        let parts = line.dropFirst(4).dropLast(3).split(separator: ":", maxSplits: 1).map { $0.trimmed }
        guard parts.count == 2, let key = parts.first?.lowercased(), keys.contains(key) else { return nil }
        return Entry(key: key, value: parts[1], line: number)
    }

    /// `224 x 224 pixels`, or `build([None, 224, 224, 3])`.
    private static func size(in line: Substring) -> Double? {
        guard line.contains("pixels") || line.contains("build([None") else { return nil }
        let numbers = line.split { !$0.isNumber }.compactMap { Double($0) }
        guard let pair = zip(numbers, numbers.dropFirst()).first(where: { $0 == $1 && $0 >= 16 && $0 <= 4096 }) else {
            return nil
        }
        return pair.0
    }
}
