/// Tells what `model_meta.json` says of a model.
enum MTEBModel {
    static func tell(_ root: DataNode, of model: String, file: Int32, to facts: inout Facts) {
        func place(_ node: DataNode) -> Facts.Place { Facts.Place(file: file, line: node.line) }
        func number(_ attribute: String, _ key: StaticString) {
            guard let node = root[key], let value = node.text.flatMap({ WrittenNumber($0) })?.value else { return }
            facts.describe(model: model, attribute, .number(value), at: place(node))
        }
        func category(_ attribute: String, _ key: StaticString) {
            guard let node = root[key], let name = node.name else { return }
            facts.describe(model: model, attribute, .category(name), at: place(node))
        }
        func set(_ attribute: String, _ key: StaticString) {
            guard let node = root[key] else { return }
            let names = node.isMapping ? node.pairs.map(\.key) : node.itemsOrSelf.compactMap(\.name)
            if !names.isEmpty { facts.describe(model: model, attribute, .set(names), at: place(node)) }
        }
        func truth(_ attribute: String, _ key: StaticString) {
            guard let node = root[key], let text = node.text, text == "true" || text == "false" else { return }
            facts.describe(model: model, attribute, .truth(text == "true"), at: place(node))
        }
        facts.mention(model: model, at: Facts.Place(file: file, line: root.line))
        number("parameters", "n_parameters")
        number("output_size", "embed_dim")
        number("input_size", "max_tokens")
        number("memory_usage_mb", "memory_usage_mb")
        category("license", "license")
        category("release_date", "release_date")
        category("similarity", "similarity_fn_name")
        set("language", "languages")
        set("modalities", "modalities")
        set("library", "framework")
        set("pretraining_dataset", "training_datasets")
        truth("open_weights", "open_weights")
        truth("use_instructions", "use_instructions")
        guard let parents = root["adapted_from"] else { return }
        for parent in parents.itemsOrSelf {
            guard let name = parent.name else { continue }
            guard HubLineage.isParent(name, of: model) else {
                if name != model {
                    facts.note(
                        .leftOut, "parents that are a path of somebody's machine", example: "\(model): \(name)",
                        at: place(parent))
                }
                continue
            }
            facts.link(model, to: name, relation: .finetune, source: "adapted_from", at: place(parent))
        }
    }
}
