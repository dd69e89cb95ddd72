import Foundation

/// Reads a model's card: the front matter, and of the text below it the one sentence that names the parent.
enum ModelCard {
    /// - Throws: nothing; what cannot be read is noted, and the rest is kept.
    static func read(_ text: UnsafeBufferPointer<UInt8>, file: Int, isOfHeap: Bool, into reading: inout ModelReading) {
        guard let front = FrontMatter(in: text) else {
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
                // A page of another hub, which lies in a heap of cards.
                if root["layout"]?.text == "hub_detail" {
                    reading.isModel = false
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
        reading.state("training_data", names: root["datasets"], file: file)
        HubLineage.read(root, file: file, into: &reading)
        ModelIndex.read(root["model-index"], file: file, into: &reading)
    }

    private static func readBody(
        _ text: UnsafeBufferPointer<UInt8>, firstLine: Int, file: Int, into reading: inout ModelReading
    ) {
        guard let (parent, line) = HubLineage.sentence(in: text, model: reading.model, firstLine: firstLine) else {
            return
        }
        reading.parents.append(
            .init(name: parent, relation: .finetune, source: "body", place: .init(file: file, line: line)))
    }
}
