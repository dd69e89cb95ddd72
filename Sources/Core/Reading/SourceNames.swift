import Support

/// What several sources of one zoo call alike: one model where their names say so, and several where they do not.
///
/// `resnet50` of timm and `resnet50` of torchvision are one architecture with other weights. Names of the Hugging Face hub
/// mean the same wherever they stand, and a table's mean what its author says.
struct SourceNames {
    private let facts: Facts
    /// The formats that give names of their own.
    private let spaces: [ZooFormat]
    /// By file: an index into ``spaces``; -1 for tables.
    private let spaceOfFile: [Int]
    /// By name: the sources that have a model of it, a bit each; the last stands for all beyond.
    private var sources: [UInt64]
    /// By name: the spaces that have a model of it, a bit each.
    private var spacesOfName: [UInt64]

    /// Makes the names of all sources say what they mean, and notes what was joined and what was told apart.
    static func settle(_ facts: inout Facts) {
        guard Set(facts.sources.map(\.format)).count > 1 else { return }
        let names = SourceNames(facts)
        names.joinHandles(in: &facts)
        names.noteShared(in: &facts)
        names.tellApart(in: &facts)
    }

    private init(_ facts: Facts) {
        self.facts = facts
        let spaces: [ZooFormat] = [.timm, .torchvision, .keras, .pytorchHub, .paperswithcode, .tfhub, .huggingface]
        self.spaces = spaces
        let ofTorchvision = Self.pagesOfTorchvision(facts)
        spaceOfFile = facts.files.enumerated().map { index, file in
            let format = facts.sources[file.source].format
            switch format {
            case .huggingface, .mteb, .modellens: return spaces.firstIndex(of: .huggingface) ?? -1
            case .pytorchHub where ofTorchvision.contains(index): return spaces.firstIndex(of: .torchvision) ?? -1
            default: return spaces.firstIndex(of: format) ?? -1
            }
        }
        sources = [UInt64](repeating: 0, count: facts.names.count)
        spacesOfName = sources
        for row in 0..<facts.measurements.count {
            add(facts.measurements.models[row], facts.measurements.files[row])
        }
        for statement in facts.statements where statement.kind == .model {
            add(statement.subject, statement.place.file)
        }
    }

    /// The pages of PyTorch Hub that load models from torchvision's repository, and so mean its models.
    private static func pagesOfTorchvision(_ facts: Facts) -> Set<Int> {
        guard let attribute = facts.names.find("repository") else { return [] }
        return Set(
            facts.statements.lazy.filter { statement in
                guard statement.attribute == attribute, case .category(let repository) = statement.value else {
                    return false
                }
                return repository.hasSuffix("/vision")
            }.map { Int($0.place.file) })
    }

    private mutating func add(_ name: Name, _ file: Int32) {
        guard !name.isNone, file >= 0, Int(file) < facts.files.count else { return }
        sources[Int(name.index)] |= 1 << UInt64(min(facts.files[Int(file)].source, 63))
        let space = spaceOfFile[Int(file)]
        if space >= 0 { spacesOfName[Int(name.index)] |= 1 << UInt64(space) }
    }

    private func sources(of name: Int) -> [Int] {
        facts.sources.indices.filter { sources[name] & (1 << UInt64(min($0, 63))) != 0 }
    }

    /// The hubs that mean models of their own by a name without an owner; none where it is one model.
    private func hubs(of name: Int) -> [Int] {
        guard spacesOfName[name].nonzeroBitCount > 1, !facts.names[Name(index: Int32(name))].contains("/") else {
            return []
        }
        return spaces.indices.filter { spacesOfName[name] & (1 << UInt64($0)) != 0 }
    }

    // MARK: One model

    /// Joins names that a handle says to be one: `timm/resnet50.a1_in1k` of the hub and `resnet50.a1_in1k` of timm; an
    /// address or a version of a model of TensorFlow Hub, and the model.
    private func joinHandles(in facts: inout Facts) {
        var joined: [String] = []
        let hasTimm = facts.sources.contains { $0.format == .timm }
        let hasTFHub = facts.sources.contains { $0.format == .tfhub }
        guard hasTimm || hasTFHub else { return }
        func has(_ text: String, _ format: ZooFormat) -> Bool {
            guard let name = facts.names.find(text), Int(name.index) < sources.count else { return false }
            return sources(of: Int(name.index)).contains { facts.sources[$0].format == format }
        }
        for index in sources.indices where sources[index] != 0 {
            let text = facts.names[Name(index: Int32(index))].trimmed
            var kept: String?
            if hasTimm, text.hasPrefix("timm/") {
                let name = String(text.dropFirst("timm/".count))
                if has(name, .timm) { kept = name }
            }
            if hasTFHub, text.contains("/") {
                let handle = Self.handle(text)
                if handle != text, has(handle, .tfhub) { kept = handle }
            }
            guard let kept, kept != text else { continue }
            facts.alias(.model, text, of: kept)
            joined.append("\(text) is \(kept)")
        }
        if let first = joined.first {
            facts.note(
                .merged, "models under a handle and a name: one by what the handle says", example: first,
                at: .init(file: -1), count: joined.count)
        }
    }

    /// A handle of TensorFlow Hub without its address and version.
    private static func handle(_ text: String) -> String {
        var rest = text[...]
        for prefix in ["https://", "http://", "www.", "tfhub.dev/"] where rest.hasPrefix(prefix) {
            rest = rest.dropFirst(prefix.count)
        }
        return TFHubDocument.versionless(String(rest.prefix { $0 != "?" && $0 != "#" }))
    }

    /// Notes the models that sources of several formats have.
    private func noteShared(in facts: inout Facts) {
        for index in sources.indices where sources[index].nonzeroBitCount > 1 && hubs(of: index).isEmpty {
            let formats = Set(sources(of: index).map { facts.sources[$0].format.rawValue }).sorted()
            guard formats.count > 1 else { continue }
            facts.note(
                .noted, "models that sources of several formats name alike: taken as one",
                example: "\(facts.names[Name(index: Int32(index))]): \(formats.joined(separator: ", "))",
                at: .init(file: -1))
        }
    }

    // MARK: Several models

    /// Gives models that several hubs call alike the hub beside the name.
    private func tellApart(in facts: inout Facts) {
        var renamed: [[Name: Name]] = Array(repeating: [:], count: spaces.count)
        for index in sources.indices {
            let hubs = hubs(of: index)
            guard hubs.count > 1 else { continue }
            let name = Name(index: Int32(index))
            let text = facts.names[name]
            for hub in hubs { renamed[hub][name] = facts.names.intern("\(text) (\(spaces[hub].rawValue))") }
            facts.note(
                .noted,
                "models of several hubs with one name: told apart by the hub, as nothing says that they are one",
                example: "\(text): \(hubs.map { spaces[$0].rawValue }.joined(separator: ", "))", at: .init(file: -1))
        }
        guard renamed.contains(where: { !$0.isEmpty }) else { return }
        facts.renameModels { name, file in
            guard file >= 0, Int(file) < spaceOfFile.count, spaceOfFile[Int(file)] >= 0 else { return nil }
            return renamed[spaceOfFile[Int(file)]][name]
        }
    }
}
