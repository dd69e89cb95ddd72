import Support

/// Makes the typed columns of models and datasets from what files say of them, and the models and datasets themselves.
struct MetadataMaking {
    private let facts: Facts
    private let known: KnownNames
    /// By index among the known names: the row of the zoo's table, -1 where the zoo does not have it.
    private var modelRows: [Int]
    private var datasetRows: [Int]
    private let models: [Int]
    private let datasets: [Int]
    private var modelColumns = MetadataBuilder()
    private var datasetColumns = MetadataBuilder()
    private var modelAliases: [Int: [String]] = [:]
    private var datasetAliases: [Int: [String]] = [:]
    private(set) var report = LoadReport()

    init(facts: Facts, known: KnownNames, models: [Int], datasets: [Int]) {
        self.facts = facts
        self.known = known
        self.models = models
        self.datasets = datasets
        modelRows = [Int](repeating: -1, count: known.models.count)
        datasetRows = [Int](repeating: -1, count: known.datasets.count)
        for (row, model) in models.enumerated() { modelRows[model] = row }
        for (row, dataset) in datasets.enumerated() { datasetRows[dataset] = row }
        modelColumns.reserveRows(models.count)
        datasetColumns.reserveRows(datasets.count)
        for (name, kind) in facts.declaredKinds["models"] ?? [:] { modelColumns.declare(name, kind) }
        for (name, kind) in facts.declaredKinds["datasets"] ?? [:] { datasetColumns.declare(name, kind) }
    }

    /// Reads what the files say; `features` are results that models have on their own pre-training datasets.
    mutating func read(_ features: [(model: Int, dataset: Int, value: Double, metric: DatasetMetric)]) {
        var differing: [String] = []
        var unreadable: [String] = []
        var percents: [String] = []
        for statement in facts.statements {
            guard let attribute = known.attributes.canonical(statement) else { continue }
            let subject = facts.names[statement.subject]
            let isModel = statement.kind == .model
            let row =
                isModel
                ? known.models.find(subject).map { modelRows[$0] }
                : known.datasets.find(subject).map { datasetRows[$0] }
            guard let row, row >= 0 else { continue }
            if !isModel, ["metric", "higher_is_better", "scale"].contains(attribute) { continue }
            guard var value = statement.value.withoutBlanks else { continue }
            if attribute == "aliases" {
                if isModel { modelAliases[row] = value.names } else { datasetAliases[row] = value.names }
                continue
            }
            if AttributeKnowledge.isNumber(attribute) {
                guard case .number(var number) = value, number.isFinite else {
                    // What is no number is no value of a column that is computed with.
                    unreadable.append("\(facts.text(statement.place)): \(attribute) '\(value.text.prefix(40))'")
                    continue
                }
                if attribute == "pretraining_accuracy", number > 1 {
                    percents.append("\(subject): \(WrittenNumber.shortest(number))")
                    if number > 100 { continue }
                    number /= 100
                    value = .number(number)
                }
            }
            let before = isModel ? modelColumns.value(row, attribute) : datasetColumns.value(row, attribute)
            if let before, before != value {
                differing.append("\(subject): \(attribute) \(before.text.prefix(30)), then \(value.text.prefix(30))")
            }
            if isModel { modelColumns.set(row, attribute, value) } else { datasetColumns.set(row, attribute, value) }
        }
        for feature in features {
            guard modelRows[feature.model] >= 0, feature.metric.name.map(MetricKnowledge.canonical) == "accuracy",
                modelColumns.value(modelRows[feature.model], "pretraining_accuracy") == nil
            else { continue }
            let accuracy = feature.metric.scale == .percent ? feature.value / 100 : feature.value
            modelColumns.set(modelRows[feature.model], "pretraining_accuracy", .number(accuracy))
        }
        report.add(
            .merged, "attributes said more than once, and not the same: the last counts", count: differing.count,
            examples: differing)
        report.add(
            .leftOut, "attributes that are numbers elsewhere and no number here", count: unreadable.count,
            examples: unreadable)
        report.add(
            .repaired, "pre-training accuracies given in percent or out of range", count: percents.count,
            examples: percents)
        readMillions()
    }

    /// A count of parameters has no fractions: where some do and all are small, they are millions.
    private mutating func readMillions() {
        let rows = models.indices
        let counts = rows.compactMap { row -> Double? in
            if case .number(let count)? = modelColumns.value(row, "parameters") { count } else { nil }
        }
        guard counts.contains(where: { $0 != $0.rounded() }), counts.allSatisfy({ $0 < 100_000 }) else { return }
        for row in rows {
            if case .number(let count)? = modelColumns.value(row, "parameters") {
                modelColumns.set(row, "parameters", .number((count * 1e6).rounded()))
            }
        }
        report.add(
            .repaired, "numbers of parameters, some with fractions and none large: read as millions",
            count: counts.count,
            examples: counts.prefix(3).map(WrittenNumber.shortest))
    }

    func modelTable() -> MetadataTable { modelColumns.table() }
    func datasetTable() -> MetadataTable { datasetColumns.table() }

    /// The models, with views of the columns that graph and methods look for.
    func zooModels(_ datasetIndices: [Int]) -> [Model] {
        models.enumerated().map { row, index in
            var model = Model(name: known.models.texts[index])
            model.aliases = modelAliases[row] ?? []
            for name in modelColumns.columnNames {
                guard let value = modelColumns.value(row, name) else { continue }
                switch (name, value) {
                case ("architecture", _): model.architecture = value.first
                case ("family", _): model.family = value.first
                case ("parameters", .number(let number)): model.parameters = number
                case ("input_size", .number(let number)): model.inputSize = number
                case ("output_size", .number(let number)): model.outputSize = number
                case ("memory", .number(let number)): model.memory = number
                case ("labels", .number(let number)): model.labels = number
                case ("pretraining_accuracy", .number(let number)): model.pretrainingAccuracy = number
                case ("pretraining_dataset", _):
                    model.pretrainingDatasets = (known.pretraining[index] ?? []).map { datasetIndices[$0] }
                default: model.other[name] = value.text
                }
            }
            return model
        }
    }

    func zooDatasets() -> [Dataset] {
        datasets.enumerated().map { row, index in
            var dataset = Dataset(name: known.datasets.texts[index])
            dataset.aliases = datasetAliases[row] ?? []
            for name in datasetColumns.columnNames {
                guard let value = datasetColumns.value(row, name) else { continue }
                switch (name, value) {
                case ("size", .number(let number)): dataset.size = number
                case ("classes", .number(let number)): dataset.classes = number
                default: dataset.other[name] = value.text
                }
            }
            return dataset
        }
    }
}

extension Facts.Value {
    /// The one text that stands for the value: of a set its first element.
    fileprivate var first: String? {
        if case .set(let elements) = self { return elements.first }
        return text
    }

    /// The value without blanks around its texts; `nil` where nothing is left.
    fileprivate var withoutBlanks: Facts.Value? {
        switch self {
        case .number, .truth: return self
        case .category(let text):
            let trimmed = text.trimmed
            return trimmed.isEmpty ? nil : .category(trimmed)
        case .text(let text):
            let trimmed = text.trimmed
            return trimmed.isEmpty ? nil : .text(trimmed)
        case .set(let elements):
            let trimmed = elements.map(\.trimmed).filter { !$0.isEmpty }
            return trimmed.isEmpty ? nil : .set(trimmed)
        }
    }
}
