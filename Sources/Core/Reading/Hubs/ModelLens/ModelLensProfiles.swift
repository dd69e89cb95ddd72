import Support

/// Tells what the files beside a ModelLens corpus say of its models: sizes, families, how often they are fetched.
enum ModelLensProfiles {
    static func tell(_ place: ReadingPlace, _ folder: String, into facts: inout Facts) {
        for (name, attribute) in [
            ("model_profile.json", "profile"), ("model2family.json", "family"), ("model_popularity.json", "popularity"),
        ] {
            let path = FolderListing.join(folder, name)
            guard place.has(path) else { continue }
            let file = facts.addFile(path)
            do throws(DocumentError) {
                guard let root = try HubFile.json(place, path).root else { continue }
                tell(root, attribute, file: file, into: &facts)
            } catch {
                facts.note(
                    .leftOut, "descriptions of models that cannot be read", example: error.problem,
                    at: .init(file: file, line: error.line))
            }
        }
    }

    /// A mapping from models to what is said of them, or a list of mappings that name their models.
    private static func tell(_ root: DataNode, _ attribute: String, file: Int32, into facts: inout Facts) {
        var unknown = 0
        var lastUnknown: (name: String, line: Int)?
        func tellOne(_ model: String, _ value: DataNode) {
            // A corpus describes models that have no result in it.
            guard facts.names.find(model) != nil else {
                unknown += 1
                lastUnknown = (model, value.line)
                return
            }
            if value.isMapping {
                for (key, node) in value.pairs where key != "model" && key != "name" {
                    describe(model, key, node, file: file, into: &facts)
                }
            } else {
                describe(model, attribute, value, file: file, into: &facts)
            }
        }
        for (model, value) in root.pairs { tellOne(model, value) }
        for item in root.items {
            if let model = (item["model"] ?? item["name"] ?? item["model_name"])?.name { tellOne(model, item) }
        }
        if let lastUnknown {
            facts.note(
                .leftOut, "descriptions of models without a result", example: lastUnknown.name,
                at: .init(file: file, line: lastUnknown.line), count: unknown)
        }
    }

    private static func describe(
        _ model: String, _ attribute: String, _ node: DataNode, file: Int32, into facts: inout Facts
    ) {
        let place = Facts.Place(file: file, line: node.line)
        if node.isList {
            let names = node.items.compactMap(\.name)
            if !names.isEmpty { facts.describe(model: model, attribute, .set(names), at: place) }
            return
        }
        guard let text = node.name else { return }
        if node.kind == .plain, text == "true" || text == "false" {
            facts.describe(model: model, attribute, .truth(text == "true"), at: place)
        } else if let number = WrittenNumber(text, allowsMagnitude: true), isNumeric(node, attribute) {
            // Sizes are in thousand millions of parameters.
            let isInBillions = billions.contains(attribute.lowercased()) && number.value < 1e5
            facts.describe(
                model: model, isInBillions ? "parameters" : attribute,
                .number(isInBillions ? (number.value * 1e9).rounded() : number.value), at: place)
        } else {
            facts.describe(model: model, attribute, text.contains(" ") ? .text(text) : .category(text), at: place)
        }
    }

    /// A number in quotation marks is one where the attribute is a size.
    private static func isNumeric(_ node: DataNode, _ attribute: String) -> Bool {
        node.kind == .plain || billions.contains(attribute.lowercased())
    }

    private static let billions: Set<String> = [
        "size", "size_b", "model_size", "params_b", "parameters_b", "num_params_b", "size_in_b", "param_size",
    ]
}
