import Support

/// Tells what a file of torchvision's weights says.
struct TorchvisionWeights {
    private struct Weights {
        let architecture: String
        /// `IMAGENET1K_V2`
        let kind: String
        let node: DataNode

        var isDescribed: Bool {
            ["url", "_metrics", "metrics", "num_params", "meta"].contains { node[$0] != nil }
        }
    }

    private let all: [Weights]
    /// The names of models by architecture and weights: `resnet50 / IMAGENET1K_V2`; of an architecture with weights of one
    /// kind only, the architecture's.
    private var names: [String: [String: String]] = [:]

    /// Whether the text is one of architectures, weights and what is said of them, or of weights by their names.
    static func isWeights(_ root: DataNode) -> Bool {
        (root.isList ? root.items.prefix(5).compactMap(listed) : root.pairs.prefix(5).flatMap(weights)).contains {
            $0.isDescribed
        }
    }

    init(_ root: DataNode) {
        all = root.isList ? root.items.compactMap(Self.listed) : root.pairs.flatMap(Self.weights)
        let kinds = Dictionary(grouping: all, by: \.architecture).mapValues(\.count)
        for weights in all {
            names[weights.architecture, default: [:]][weights.kind] =
                kinds[weights.architecture] == 1
                ? weights.architecture : "\(weights.architecture) / \(weights.kind)"
        }
    }

    /// Weights of a list: `{"name": "ResNet50_Weights.IMAGENET1K_V1", …}`, or with the architecture beside their kind.
    private static func listed(_ node: DataNode) -> Weights? {
        let names = ["name", "weights", "weight", "model", "architecture"].compactMap { node[$0]?.name }
        if let (architecture, kind) = names.lazy.compactMap(parts).first {
            return Weights(architecture: architecture, kind: kind, node: node)
        }
        guard let kind = (node["weights"] ?? node["weight"])?.name,
            let architecture = ["architecture", "model", "name"].lazy.compactMap({ node[$0]?.name }).first
        else { return nil }
        return Weights(architecture: architecture, kind: kind, node: node)
    }

    /// The weights under a key: those of an architecture, or the ones of which the key is the name.
    private static func weights(_ key: String, _ value: DataNode) -> [Weights] {
        if let (architecture, kind) = parts(of: key) {
            return [Weights(architecture: architecture, kind: kind, node: value)]
        }
        return value.pairs.map { Weights(architecture: key, kind: $0.key, node: $0.value) }
    }

    func tell(file: Int32, to facts: inout Facts) {
        for weights in all {
            let (architecture, kind, value) = (weights.architecture, weights.kind, weights.node)
            guard let model = names[architecture]?[kind] else { continue }
            let place = Facts.Place(file: file, line: value.line)
            guard value.isMapping else {
                facts.note(.leftOut, "weights of which nothing is said", example: model, at: place)
                continue
            }
            facts.mention(model: model, at: place)
            facts.describe(model: model, "architecture", .category(architecture), at: place)
            facts.describe(model: model, "weights", .category(kind), at: place)
            // Older versions keep all but the address and the transforms below `meta`.
            let meta = value["meta"].flatMap { $0.isMapping ? $0 : nil } ?? value
            describe(model, meta, transforms: value["transforms"] ?? meta["transforms"], kind, file: file, to: &facts)
            tellMetrics(of: model, kind, meta, file: file, to: &facts)
            if let node = meta["unquantized"], let name = node.name, let parent = self.name(of: name) {
                facts.link(
                    model, to: parent, relation: .quantized, source: "unquantized",
                    at: .init(file: file, line: node.line))
            }
        }
    }

    private func describe(
        _ model: String, _ value: DataNode, transforms: DataNode?, _ kind: String, file: Int32, to facts: inout Facts
    ) {
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
        let crop = transforms?["crop_size"]
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

    private func tellMetrics(
        of model: String, _ kind: String, _ meta: DataNode, file: Int32, to facts: inout Facts
    ) {
        let node = meta["_metrics"] ?? meta["metrics"]
        // Version 0.13 names no dataset, nor do lists with the metrics beside the rest: the weights' name does.
        let plain = (node?.pairs ?? meta.pairs.filter { MetricKnowledge.isKnown($0.key) }).filter { $0.value.isScalar }
        if !plain.isEmpty {
            let dataset = Self.dataset(kind)
            facts.note(
                .noted, "weights whose results name no dataset: taken from the weights' name",
                example: "\(model): \(dataset ?? "none")", at: .init(file: file, line: meta.line))
            tell(plain, of: model, on: dataset, file: file, to: &facts)
        }
        for (dataset, values) in node?.pairs ?? [] where values.isMapping {
            tell(values.pairs, of: model, on: dataset, file: file, to: &facts)
        }
    }

    private func tell(
        _ values: [(key: String, value: DataNode)], of model: String, on dataset: String?, file: Int32,
        to facts: inout Facts
    ) {
        let entry = facts.newEntry()
        for (metric, value) in values {
            // All values are percents but those in pixels, and all but these are accuracies.
            let isError = ["epe", "per_image_epe", "fl_all"].contains(metric)
            facts.add(
                model: model, dataset: dataset, metric: metric, written: value.text ?? "",
                scale: metric.hasSuffix("epe") ? .asWritten : .percent, higherIsBetter: !isError, entry: entry,
                provenance: Provenance(standing: .measured), at: .init(file: file, line: value.line))
        }
    }

    /// What weights are measured on, by their name.
    private static func dataset(_ kind: String) -> String? {
        let parts: KeyValuePairs = [
            "COCO_WITH_VOC_LABELS": "COCO-val2017-VOC-labels", "COCO": "COCO-val2017", "KINETICS400": "Kinetics-400",
            "IMAGENET1K": "ImageNet-1K",
        ]
        return parts.first { kind.uppercased().contains($0.key) }?.value
    }

    /// `resnet50` and `IMAGENET1K_V2` of `ResNet50_Weights.IMAGENET1K_V2`.
    private static func parts(of reference: String) -> (architecture: String, kind: String)? {
        let parts = reference.split(separator: ".").map(String.init)
        guard parts.count == 2, parts[0].hasSuffix("_Weights") else { return nil }
        return (parts[0].dropLast("_Weights".count).lowercased(), parts[1])
    }

    /// The model that a reference means.
    private func name(of reference: String) -> String? {
        Self.parts(of: reference).flatMap { names[$0.architecture]?[$0.kind] }
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
