import Foundation

/// Reads a model's card: the front matter, and of the text below it the one sentence that names the parent.
enum ModelCard {
    /// What a text's front matter says that it is: a model's card, one of something else, or what could be either.
    enum Kind { case model, text, other }

    /// The kind of the text that begins so; `nil` for one without front matter.
    static func kind(_ head: [UInt8]) -> Kind? {
        head.withUnsafeBufferPointer { bytes in
            guard let front = FrontMatter(in: bytes) else {
                // Of a card of half a megabyte the head holds no end.
                return bytes.count >= 1 << 16 && bytes.starts(with: Array("---".utf8)) ? .model : nil
            }
            // By its lines: of most front matter nothing else is wanted yet, and some is no YAML.
            var lines = LineScanner(UnsafeBufferPointer(rebasing: bytes[front.yaml]))
            var keys: [String] = []
            while let (range, _) = lines.next() {
                let line = bytes[front.yaml][(front.yaml.lowerBound + range.lowerBound)...].prefix(range.count)
                let key = line.prefix { $0 != UInt8(ascii: ":") }
                if key.count < line.count, key.count < 24 { keys.append(String(decoding: key, as: UTF8.self)) }
            }
            return kind(keys)
        }
    }

    /// Cards of data sets and spaces, and pages of sites, have keys that models' cards lack, and none of a model's own.
    static func kind(_ keys: [String]) -> Kind {
        if keys.contains(where: modelKeys.contains) { return .model }
        return keys.contains(where: otherKeys.contains) ? .other : .text
    }

    private static let modelKeys: Set<String> = ["model-index", "base_model", "pipeline_tag", "library_name"]
    private static let otherKeys: Set<String> = [
        "layout", "sdk", "dataset_info", "task_categories", "annotations_creators", "size_categories", "pretty_name",
        "configs",
        "sidebar_position", "sidebar_label", "permalink",
    ]

    /// - Throws: nothing; what cannot be read is noted, and the rest is kept.
    static func read(_ text: UnsafeBufferPointer<UInt8>, file: Int, isOfHeap: Bool, into reading: inout ModelReading) {
        guard let front = FrontMatter(in: text) else {
            // The page of another hub has its own reader.
            if isOfHeap, TFHubDocument(String(decoding: text.prefix(1 << 12), as: UTF8.self)) != nil {
                reading.isModel = false
                return
            }
            reading.hasFrontMatter = false
            reading.isModel = !isOfHeap || reading.model.contains("/")
            reading.note(
                .leftOut, "cards without front matter", reading.model,
                at: .init(file: file, line: reading.isModel ? 1 : 0))
            if reading.isModel { readBody(text, firstLine: 1, file: file, into: &reading) }
            return
        }
        let yaml = UnsafeBufferPointer(rebasing: text[front.yaml])
        do throws(DocumentError) {
            let tree = try YAMLReader.read(yaml, firstLine: front.firstLine)
            if let root = tree.root, root.isMapping {
                if kind(root.pairs.map(\.key)) == .other {
                    reading.isModel = false
                    // A page of another hub has its own reader.
                    if root["layout"]?.text != "hub_detail" {
                        reading.note(
                            .leftOut, "cards of data sets, spaces and sites, which are no models", reading.model,
                            at: .init(file: file, line: root.line))
                    }
                    return
                }
                readMetadata(root, file: file, into: &reading)
            } else if let root = tree.root {
                reading.note(
                    .leftOut, "cards whose front matter holds no keys", reading.model,
                    at: .init(file: file, line: root.line))
            }
        } catch {
            reading.note(
                .leftOut, "cards whose front matter is no YAML", "\(reading.model): \(error.problem)",
                at: .init(file: file, line: error.line))
        }
        readBody(UnsafeBufferPointer(rebasing: text[front.body]), firstLine: front.bodyLine, file: file, into: &reading)
    }

    /// Reads front matter, or what the hub's API gives for it.
    static func readMetadata(_ root: DataNode, file: Int, into reading: inout ModelReading) {
        if let (key, line) = repeatedKey(in: root) {
            reading.note(
                .noted, "cards in which a key stands twice: the last of the two is taken", "\(reading.model): '\(key)'",
                at: .init(file: file, line: line))
        }
        if let license = root["license"]?.itemsOrSelf.compactMap(\.name).first, let node = root["license"] {
            let name = license == "other" ? root["license_name"]?.name ?? license : license
            reading.state("license", .category(name), at: .init(file: file, line: node.line))
        }
        reading.state("language", names: root["language"], file: file)
        reading.state("library", named: root["library_name"], file: file)
        reading.state("task", named: root["pipeline_tag"], file: file)
        if let tags = root["tags"] {
            // A tag with a colon says again what another key says.
            let names = tags.itemsOrSelf.compactMap(\.name).filter { !$0.contains(":") }
            if !names.isEmpty { reading.state("tags", .set(names), at: .init(file: file, line: tags.line)) }
        }
        readTrainingData(root["datasets"], file: file, into: &reading)
        HubLineage.read(root, file: file, into: &reading)
        ModelIndex.read(root["model-index"], file: file, into: &reading)
    }

    /// The first key that stands twice in one mapping.
    private static func repeatedKey(in node: DataNode) -> (key: String, line: Int)? {
        if node.isList { return node.items.lazy.compactMap { repeatedKey(in: $0) }.first }
        var seen: Set<String> = []
        for (key, value) in node.pairs {
            if !seen.insert(key).inserted { return (key, value.line) }
            if !value.isScalar, let found = repeatedKey(in: value) { return found }
        }
        return nil
    }

    /// The datasets that a model was trained on, but for paths and the words that stand for none.
    static func readTrainingData(_ node: DataNode?, file: Int, into reading: inout ModelReading) {
        guard let node else { return }
        let written = node.itemsOrSelf.compactMap(\.name)
        let names = written.map(DatasetKey.plainName).filter { !DatasetKey.isLoader($0) }
        if names.count < written.count {
            reading.note(
                .leftOut, "training data that names no dataset: a path, a loader or a template's word",
                "\(reading.model): \(written.first { DatasetKey.isLoader(DatasetKey.plainName($0)) } ?? "")",
                at: .init(file: file, line: node.line))
        }
        if !names.isEmpty { reading.state("training_data", .set(names), at: .init(file: file, line: node.line)) }
    }

    private static func readBody(
        _ text: UnsafeBufferPointer<UInt8>, firstLine: Int, file: Int, into reading: inout ModelReading
    ) {
        guard let (parent, line, dataset) = ParentSentence(in: text, of: reading.model).parent() else { return }
        if let dataset, !DatasetKey.isLoader(dataset) { reading.tunedDataset = dataset }
        reading.parents.append(
            .init(
                name: parent, relation: reading.relation, source: "body",
                place: .init(file: file, line: firstLine + line)))
    }
}
