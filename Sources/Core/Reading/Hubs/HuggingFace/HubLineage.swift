/// What a model was made from, as its files say it (rule L).
enum HubLineage {
    /// The sources in the order of their weight: what one says makes those after it superfluous.
    static let order = ["base_model", "adapter_config.json", "mergekit_config.yml", "body", "config.json", "folder"]

    /// Reads `base_model` with what says the relation.
    static func read(_ root: DataNode, file: Int, into reading: inout ModelReading) {
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
        add(root["_name_or_path"], .finetune, "config.json", file: file, into: &reading)
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
        return parts.count <= 2 && parts.allSatisfy { !$0.isEmpty }
            && name.allSatisfy { !$0.isWhitespace && $0 != "\\" && $0 != ":" }
    }

    /// The parent and its line from the sentence that trainers write into cards: "… fine-tuned version of
    /// [bert-base-cased](https://huggingface.co/bert-base-cased) on the emotion dataset", wherever its lines end.
    static func sentence(
        in text: UnsafeBufferPointer<UInt8>, model: String, firstLine: Int
    ) -> (parent: String, line: Int, dataset: String?)? {
        var from = 0
        while let start = positionAfterPhrase(in: text, from: from) {
            from = start
            guard let (label, address) = link(in: text, at: start) else { continue }
            // A label for people, such as "the base model", has its name in the address.
            let plain = label.filter { $0 != "`" && $0 != "*" }.trimmed
            let name = plain.contains(where: \.isWhitespace) ? hubName(address) : plain
            guard isParent(name, of: model) else { continue }
            return (name, firstLine + text[..<start].count { $0 == 10 }, dataset(in: text, after: start))
        }
        return nil
    }

    /// The dataset of "… on the emotion dataset" behind the sentence's link.
    private static func dataset(in text: UnsafeBufferPointer<UInt8>, after start: Int) -> String? {
        let rest = String(decoding: text[start...].prefix(900), as: UTF8.self)
        guard let close = rest.range(of: "](")?.upperBound, let end = rest[close...].firstIndex(of: ")") else {
            return nil
        }
        let words = rest[rest.index(after: end)...].split(maxSplits: 12, whereSeparator: \.isWhitespace).prefix(12)
        guard words.count > 3, words[0] == "on", let last = words.firstIndex(where: { $0.hasPrefix("dataset") }),
            last > 1
        else { return nil }
        let named = words[1..<last].drop { ["the", "an", "a"].contains($0) }.map { MarkdownText.plain(String($0)) }
        return named.isEmpty || named.contains { $0.hasSuffix(".") } ? nil : named.joined(separator: " ")
    }

    /// The words before the parent's name, the first without its first letter, which is large at a sentence's beginning.
    private static let phrase = ["ine-tuned", "version", "of"].map { Array($0.utf8) }

    private static func hubName(_ address: String) -> String {
        for host in ["https://huggingface.co/", "http://huggingface.co/"] where address.hasPrefix(host) {
            return String(address.dropFirst(host.count))
        }
        return ""
    }

    /// The label and address of a link whose label begins at `start`.
    private static func link(in text: UnsafeBufferPointer<UInt8>, at start: Int) -> (String, String)? {
        guard let close = text[start...].prefix(300).firstIndex(of: UInt8(ascii: "]")), close + 1 < text.count,
            text[close + 1] == UInt8(ascii: "("),
            let end = text[(close + 2)...].prefix(500).firstIndex(of: UInt8(ascii: ")"))
        else { return nil }
        return (
            String(decoding: text[start..<close], as: UTF8.self),
            String(decoding: text[(close + 2)..<end], as: UTF8.self)
        )
    }

    /// The position after the bracket that follows the first occurrence of the phrase.
    private static func positionAfterPhrase(in bytes: UnsafeBufferPointer<UInt8>, from: Int) -> Int? {
        let words = phrase
        var position = from
        while let next = bytes[position...].firstIndex(of: words[0][0]) {
            position = next + 1
            guard next > 0, bytes[next - 1] | 0x20 == UInt8(ascii: "f"),
                let end = positionAfter(words, in: bytes, at: next)
            else { continue }
            return end
        }
        return nil
    }

    private static func positionAfter(
        _ words: [[UInt8]], in bytes: UnsafeBufferPointer<UInt8>, at start: Int
    ) -> Int? {
        var position = start
        for word in words {
            guard position + word.count < bytes.count,
                bytes[position..<position + word.count].elementsEqual(word)
            else { return nil }
            let space = bytes[(position + word.count)...].prefix { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
            if space.isEmpty { return nil }
            position = space.endIndex
        }
        return position < bytes.count && bytes[position] == UInt8(ascii: "[") ? position + 1 : nil
    }
}
