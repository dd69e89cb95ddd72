/// Reads `config.json` and `preprocessor_config.json`: the class, the family and the sizes of a model.
enum HubConfiguration {
    static func read(_ root: DataNode, file: Int, into reading: inout ModelReading) {
        if let node = root["architectures"], let name = node.itemsOrSelf.lazy.compactMap(\.name).first {
            reading.state("architecture", .category(name), at: .init(file: file, line: node.line))
        }
        reading.state("family", named: root["model_type"], file: file)
        reading.state("input_size", number: side(root["image_size"]) ?? root["max_position_embeddings"], file: file)
        reading.state("output_size", number: root["hidden_size"] ?? root["d_model"], file: file)
        if let labels = root["id2label"], labels.isMapping {
            reading.state("labels", .number(Double(labels.pairs.count)), at: .init(file: file, line: labels.line))
        }
        reading.tunedTask = root["finetuning_task"]?.name
        HubLineage.readConfig(root, file: file, into: &reading)
    }

    static func readPreprocessor(_ root: DataNode, file: Int, into reading: inout ModelReading) {
        guard !reading.statements.contains(where: { $0.attribute == "input_size" }) else { return }
        reading.state("input_size", number: side(root["crop_size"]) ?? side(root["size"]), file: file)
    }

    /// A size is a number, two of them, or a mapping with a height.
    private static func side(_ node: DataNode?) -> DataNode? {
        guard let node, !node.isNull else { return nil }
        if node.isList { return node.items.first }
        return node.isMapping ? node["height"] ?? node["shortest_edge"] : node
    }
}
