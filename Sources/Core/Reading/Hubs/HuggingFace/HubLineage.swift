/// What a model was made from, as its files say it (rule L).
enum HubLineage {
    /// The sources in the order of their weight: what one says makes those after it superfluous.
    static let order = ["base_model", "adapter_config.json", "mergekit_config.yml", "body", "config.json", "folder"]

    /// Reads `base_model` with what says the relation.
    static func read(_ root: DataNode, file: Int, into reading: inout ModelReading) {
        takeRelation(root, into: &reading)
        guard let node = root["base_model"] else { return }
        var parents: [(name: String, line: Int)] = []
        for item in node.itemsOrSelf {
            // A mapping says the name under a key.
            guard let written = (item["name"] ?? item["id"] ?? item["model"] ?? item["path"] ?? item).name else {
                continue
            }
            for part in written.split(separator: ",") {
                let name = plainName(part.trimmed)
                if name == reading.model || parents.contains(where: { $0.name == name }) { continue }
                if isParent(name, of: reading.model), name.lowercased() != "unknown" {
                    parents.append((name, item.line))
                } else {
                    reading.note(
                        .leftOut, "parents that name no model of the hub", "\(reading.model): \(written)",
                        at: .init(file: file, line: item.line))
                }
            }
        }
        let relation = relation(root, parents: parents.count)
        for parent in parents {
            reading.parents.append(
                .init(
                    name: parent.name, relation: relation, source: "base_model",
                    place: .init(file: file, line: parent.line)))
        }
    }

    /// Puts the relation to its parents right by what the hub says of a model beside its front matter: the tags
    /// `base_model:RELATION:X`, the library and the other tags.
    static func relate(_ card: DataNode, _ root: DataNode, into reading: inout ModelReading) {
        if card["base_model_relation"]?.name.flatMap({ Facts.Relation(rawValue: $0.lowercased()) }) != nil { return }
        let tags = root["tags"]?.itemsOrSelf.compactMap(\.name) ?? []
        let said = Dictionary(
            related(tags).map { ($0.parent, $0.relation) }, uniquingKeysWith: { _, last in last })
        let ofHub = relation(root, parents: 1)
        for index in reading.parents.indices where reading.parents[index].source == "base_model" {
            if let relation = said[reading.parents[index].name] {
                reading.parents[index].relation = relation
            } else if reading.parents[index].relation == .finetune {
                reading.parents[index].relation = ofHub
            }
        }
    }

    /// The parents that tags name with their relation: `base_model:RELATION:X`.
    static func related(_ tags: [String]) -> [(parent: String, relation: Facts.Relation)] {
        tags.compactMap { tag in
            let parts = tag.split(separator: ":", maxSplits: 2).map(String.init)
            guard parts.count == 3, parts[0] == "base_model", let relation = Facts.Relation(rawValue: parts[1]) else {
                return nil
            }
            return (parts[2], relation)
        }
    }

    /// A model's name without the hub's address, a slash at its end or a revision after `@`; of a link in Markdown its
    /// address.
    static func plainName(_ text: String) -> String {
        var name = text[...]
        if name.hasPrefix("["), name.hasSuffix(")"), let middle = name.firstRange(of: "](") {
            let address = name[middle.upperBound...].dropLast()
            name = address.contains("huggingface.co/") ? address : name[..<middle.lowerBound].dropFirst()
        }
        for host in ["https://huggingface.co/", "http://huggingface.co/", "huggingface.co/"] where name.hasPrefix(host)
        {
            name = name.dropFirst(host.count)
            // Below a model's page are its files: `/tree/main`.
            name = name.split(separator: "/").prefix(2).joined(separator: "/")[...]
        }
        while name.count > 1, name.hasSuffix("/") { name = name.dropLast() }
        if let mark = name.firstIndex(of: "@"), mark > name.startIndex { name = name[..<mark] }
        return String(name)
    }

    /// Keeps what the library and the tags say of the relation, for a parent that something else names.
    static func takeRelation(_ root: DataNode, into reading: inout ModelReading) {
        if reading.relation == .finetune { reading.relation = relation(root, parents: 1) }
    }

    private static func relation(_ root: DataNode, parents: Int) -> Facts.Relation {
        if let said = root["base_model_relation"]?.name, let relation = Facts.Relation(rawValue: said.lowercased()) {
            return relation
        }
        let library = root["library_name"]?.name?.lowercased()
        let tags = Set(root["tags"]?.itemsOrSelf.compactMap { $0.name?.lowercased() } ?? [])
        if parents > 1 { return .merge }
        if library == "peft" || tags.contains("lora") { return .adapter }
        if library == "gguf" || tags.contains("gguf") { return .quantized }
        return .finetune
    }

    /// Reads `adapter_config.json`.
    static func readAdapter(_ root: DataNode, file: Int, into reading: inout ModelReading) {
        add(root["base_model_name_or_path"], .adapter, "adapter_config.json", file: file, into: &reading)
    }

    /// Reads `mergekit_config.yml`: models of `models`, of `slices` and their `sources`, and `base_model`.
    static func readMerge(_ root: DataNode, file: Int, into reading: inout ModelReading) {
        var found: [DataNode] = [root["base_model"]].compactMap { $0 }
        let slices = root["slices"]?.items ?? []
        let sources =
            (root["models"]?.items ?? []) + (root["experts"]?.items ?? [])
            + slices.flatMap { $0["sources"]?.items ?? [] }
        // A model is a name, or a mapping with its place.
        found += sources.compactMap { $0["model"] ?? $0["source_model"] ?? ($0.isScalar ? $0 : nil) }.map {
            $0["model"]?["path"] ?? $0["path"] ?? $0
        }
        for node in found {
            // `MODEL+ADAPTER` is a model with an adapter merged into it.
            for part in (node.name ?? "").split(separator: "+") {
                let name = plainName(part.trimmed)
                let isThere = reading.parents.contains { $0.name == name && $0.source == "mergekit_config.yml" }
                if !isThere { add(name, line: node.line, .merge, "mergekit_config.yml", file: file, into: &reading) }
            }
        }
    }

    /// Reads `_name_or_path` of `config.json`: what the weights were loaded from before they were trained on.
    static func readConfig(_ root: DataNode, file: Int, into reading: inout ModelReading) {
        add(root["_name_or_path"], reading.relation, "config.json", file: file, into: &reading)
    }

    private static func add(
        _ node: DataNode?, _ relation: Facts.Relation, _ source: String, file: Int, into reading: inout ModelReading
    ) {
        guard let node, let name = node.name else { return }
        add(plainName(name), line: node.line, relation, source, file: file, into: &reading)
    }

    private static func add(
        _ name: String, line: Int, _ relation: Facts.Relation, _ source: String, file: Int,
        into reading: inout ModelReading
    ) {
        guard isParent(name, of: reading.model) else { return }
        reading.parents.append(
            .init(name: name, relation: relation, source: source, place: .init(file: file, line: line)))
    }

    /// Whether the text names a model of the hub, and not the model itself: neither a path of somebody's machine nor an
    /// address.
    static func isParent(_ name: String, of model: String) -> Bool {
        guard name != model, let first = name.first, first != ".", first != "/", first != "~" else { return false }
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        // What a trainer calls the folders that it writes to.
        if parts.count == 2, folders.contains(parts[0].lowercased()) { return false }
        return parts.count <= 2 && parts.allSatisfy { !$0.isEmpty && TrainerResults.checkpoint(String($0)) == nil }
            && name.allSatisfy { !$0.isWhitespace && $0 != "\\" && $0 != ":" }
    }

    private static let folders: Set<String> = [
        "output", "outputs", "out", "results", "checkpoints", "ckpt", "ckpts", "runs", "logs", "tmp", "saved_models",
    ]
}
