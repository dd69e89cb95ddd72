import Support

/// Tells what a file of torchvision's weights says.
struct TorchvisionWeights {
    private let root: DataNode
    /// The names of models by architecture and weights: `resnet50 / IMAGENET1K_V2`; of an architecture with weights of one
    /// kind only, the architecture's.
    private var names: [String: [String: String]] = [:]

    /// Whether the mapping is one of architectures, weights and what is said of them.
    static func isWeights(_ root: DataNode) -> Bool {
        root.pairs.prefix(5).contains { _, weights in
            weights.pairs.contains { _, value in
                value["url"] != nil || value["_metrics"] != nil || value["num_params"] != nil
            }
        }
    }

    init(_ root: DataNode) {
        self.root = root
        for (architecture, weights) in root.pairs {
            let kinds = weights.pairs.map(\.key)
            for kind in kinds {
                names[architecture, default: [:]][kind] = kinds.count == 1 ? architecture : "\(architecture) / \(kind)"
            }
        }
    }

    func tell(file: Int32, to facts: inout Facts) {
        for (architecture, weights) in root.pairs {
            for (kind, value) in weights.pairs {
                guard let model = names[architecture]?[kind] else { continue }
                let place = Facts.Place(file: file, line: value.line)
                guard value.isMapping else {
                    facts.note(.leftOut, "weights of which nothing is said", example: model, at: place)
                    continue
                }
                facts.mention(model: model, at: place)
                facts.describe(model: model, "architecture", .category(architecture), at: place)
                facts.describe(model: model, "weights", .category(kind), at: place)
                describe(model, value, kind, file: file, to: &facts)
                tellMetrics(of: model, value["_metrics"], file: file, to: &facts)
                if let node = value["unquantized"], let name = node.name, let parent = self.name(of: name) {
                    facts.link(
                        model, to: parent, relation: .quantized, source: "unquantized",
                        at: .init(file: file, line: node.line))
                }
            }
        }
    }

    private func describe(_ model: String, _ value: DataNode, _ kind: String, file: Int32, to facts: inout Facts) {
        func number(_ attribute: String, _ node: DataNode?) {
            guard let node, let value = node.text.flatMap({ WrittenNumber($0) })?.value else { return }
            facts.describe(model: model, attribute, .number(value), at: .init(file: file, line: node.line))
        }
        func category(_ attribute: String, _ node: DataNode?) {
            guard let node, let name = node.name else { return }
            facts.describe(model: model, attribute, .category(name), at: .init(file: file, line: node.line))
        }
        number("parameters", value["num_params"])
        number("gflops", value["_ops"])
        number("file_size_mb", value["_file_size"])
        let crop = value["transforms"]?["crop_size"]
        number("input_size", crop?.items.first ?? crop)
        number("min_size", value["min_size"]?.items.first ?? value["min_size"])
        category("license", value["license"])
        category("recipe", value["recipe"])
        category("backend", value["backend"])
        if let categories = value["categories"], categories.isList {
            facts.describe(
                model: model, "labels", .number(Double(categories.items.count)),
                at: .init(file: file, line: categories.line))
        }
        let pretraining = Self.pretraining(kind)
        if !pretraining.isEmpty {
            facts.describe(
                model: model, "pretraining_dataset", .set(pretraining), at: .init(file: file, line: value.line))
        }
    }

    private func tellMetrics(of model: String, _ metrics: DataNode?, file: Int32, to facts: inout Facts) {
        for (dataset, values) in metrics?.pairs ?? [] {
            let entry = facts.newEntry()
            for (metric, value) in values.pairs {
                // All values are percents but those in pixels, and all but these are accuracies.
                let isError = ["epe", "per_image_epe", "fl_all"].contains(metric)
                facts.add(
                    model: model, dataset: dataset, metric: metric, written: value.text ?? "",
                    scale: metric.hasSuffix("epe") ? .asWritten : .percent, higherIsBetter: !isError, entry: entry,
                    provenance: Provenance(standing: .measured), at: .init(file: file, line: value.line))
            }
        }
    }

    /// `ResNet50_Weights.IMAGENET1K_V2` is `resnet50 / IMAGENET1K_V2`.
    private func name(of reference: String) -> String? {
        let parts = reference.split(separator: ".").map(String.init)
        guard parts.count == 2, parts[0].hasSuffix("_Weights") else { return nil }
        return names[parts[0].dropLast("_Weights".count).lowercased()]?[parts[1]]
    }

    /// What the weights were trained on before, by their name.
    private static func pretraining(_ kind: String) -> [String] {
        let parts: KeyValuePairs = [
            "SWAG": "Instagram-3.6B", "IMAGENET22K": "ImageNet-22K", "IMAGENET1K": "ImageNet-1K",
            "KINETICS400": "Kinetics-400",
            "COCO": "COCO",
        ]
        return parts.filter { kind.contains($0.key) }.map(\.value)
    }
}
