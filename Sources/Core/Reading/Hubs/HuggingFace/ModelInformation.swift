/// Reads what the hub's API says of a model: `modelId` or `id`, tags, configuration, and the front matter as `cardData`.
enum ModelInformation {
    /// `nil` where the mapping names no model.
    static func read(_ root: DataNode, path: String) -> ModelReading? {
        guard let name = (root["modelId"] ?? root["id"])?.name else { return nil }
        var reading = ModelReading(name)
        let file = reading.addFile(path)
        let tags = root["tags"]?.itemsOrSelf.compactMap(\.name) ?? []
        if tags.contains(where: { $0.hasPrefix("task_categories:") || $0.hasPrefix("size_categories:") }) {
            reading.isModel = false
            reading.note(
                .leftOut, "cards of data sets, spaces and sites, which are no models", name,
                at: .init(file: file, line: root.line))
            return reading
        }
        if let card = root["cardData"] ?? root["card_data"], card.isMapping {
            ModelCard.readMetadata(card, file: file, into: &reading)
            HubLineage.relate(card, root, into: &reading)
        }
        HubLineage.takeRelation(root, into: &reading)
        if reading.results.isEmpty { ModelIndex.read(root["model-index"], file: file, into: &reading) }
        if let configuration = root["config"], configuration.isMapping {
            HubConfiguration.read(configuration, file: file, into: &reading)
        }
        let parameters =
            root["safetensors"]?["total"] ?? root["safetensors"]?["parameters"]?.pairs.first?.value
            ?? root["gguf"]?["total"]
        reading.state("parameters", number: parameters, file: file)
        reading.state("downloads", number: root["downloads"], file: file)
        reading.state("likes", number: root["likes"], file: file)
        let stated = Set(reading.statements.map(\.attribute))
        if !stated.contains("library") { reading.state("library", named: root["library_name"], file: file) }
        if !stated.contains("task") { reading.state("task", named: root["pipeline_tag"], file: file) }
        readParents(root["baseModels"] ?? root["base_models"], file: file, into: &reading)
        if let tags = root["tags"] { readTags(tags, stated: stated, file: file, into: &reading) }
        return reading
    }

    /// `baseModels: {relation, models: [{id}]}`, which the hub itself gives.
    private static func readParents(_ node: DataNode?, file: Int, into reading: inout ModelReading) {
        guard let node, !reading.parents.contains(where: { $0.source == "base_model" }) else { return }
        let models = node["models"]?.items ?? node.items
        let said = node["relation"]?.name.flatMap(Facts.Relation.init)
        for model in models {
            guard let name = (model["id"] ?? model["modelId"] ?? model).name,
                HubLineage.isParent(name, of: reading.model)
            else { continue }
            reading.parents.append(
                .init(
                    name: name, relation: said ?? (models.count > 1 ? .merge : .finetune), source: "base_model",
                    place: .init(file: file, line: model.line)))
        }
    }

    /// Tags with a colon say what front matter says, for who has no front matter.
    private static func readTags(_ node: DataNode, stated: Set<String>, file: Int, into reading: inout ModelReading) {
        let place = ModelReading.Place(file: file, line: node.line)
        let tags = node.items.compactMap(\.name)
        func values(_ key: String) -> [String] {
            tags.filter { $0.hasPrefix(key + ":") }.map { String($0.dropFirst(key.count + 1)) }
        }
        if !stated.contains("license"), let license = values("license").first {
            reading.state("license", .category(license), at: place)
        }
        let datasets = values("dataset").filter { !DatasetKey.isLoader($0) }
        if !stated.contains("training_data"), !datasets.isEmpty {
            reading.state("training_data", .set(datasets), at: place)
        }
        let plain = tags.filter { !$0.contains(":") }
        if !stated.contains("tags"), !plain.isEmpty { reading.state("tags", .set(plain), at: place) }
        guard !reading.parents.contains(where: { $0.source == "base_model" }) else { return }
        // `base_model:X`, and beside it `base_model:RELATION:X`.
        let plainParents = values("base_model").filter { !$0.contains(":") }
        for (parent, relation) in HubLineage.related(tags) where HubLineage.isParent(parent, of: reading.model) {
            reading.parents.append(.init(name: parent, relation: relation, source: "base_model", place: place))
        }
        let related = Set(reading.parents.map(\.name))
        for parent in plainParents where !related.contains(parent) && HubLineage.isParent(parent, of: reading.model) {
            reading.parents.append(
                .init(
                    name: parent, relation: plainParents.count > 1 ? .merge : .finetune, source: "base_model",
                    place: place))
        }
    }
}
