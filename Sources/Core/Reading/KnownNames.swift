import Support

/// The models and datasets that facts bring up, in the order of mention, and which model each measurement belongs to.
struct KnownNames {
    fileprivate let facts: Facts
    private let options: ReadingOptions
    let attributes: AttributeTable

    private(set) var models: NameSet
    private(set) var datasets: NameSet
    /// By name: the model's index, -1 where it was not brought up.
    private(set) var modelIndices: [Int32]
    /// By name: the index of the model that a measurement of it belongs to, where that is the parent.
    private(set) var parentIndices: [Int32]
    /// By name: the dataset's index, for datasets without a configuration.
    private var datasetIndices: [Int32]
    private var configuredIndices: [UInt64: Int32] = [:]
    /// By model: the parent it was tuned from; -1 where there is none or several.
    private(set) var parents: [Int32] = []
    /// Models that others were tuned from.
    fileprivate private(set) var hasChildren: Set<Int> = []
    /// By model: the datasets that its files say it was pre-trained on.
    private(set) var pretraining: [Int: [Int]] = [:]
    /// Models of sources whose results belong to parents.
    private(set) var isOfCopies: Set<Int> = []
    /// By source: whether results belong to the parents.
    private let isByParent: [Bool]
    private(set) var nearModels: [NearDuplicates.Group] = []
    private(set) var nearDatasets: [NearDuplicates.Group] = []
    /// Names that differ by a seed or the number of a run alone.
    private(set) var modelRuns: [NearDuplicates.Group] = []
    private(set) var datasetRuns: [NearDuplicates.Group] = []
    /// Models and datasets that a table of their own, or a usable result, brings up.
    private(set) var describedModels: Set<Int> = []
    private(set) var describedDatasets: Set<Int> = []

    init(_ facts: Facts, _ options: ReadingOptions) {
        self.facts = facts
        self.options = options
        attributes = AttributeTable(facts)
        var modelAliases: [String: String] = [:]
        var datasetAliases: [String: String] = [:]
        for alias in facts.aliases {
            let (name, kept) = (facts.names[alias.name].trimmed, facts.names[alias.kept].trimmed)
            switch alias.subject {
            case .model: modelAliases[name] = kept
            case .dataset: datasetAliases[name] = kept
            }
        }
        modelAliases.merge(attributes.otherNames(.model, facts)) { known, _ in known }
        datasetAliases.merge(attributes.otherNames(.dataset, facts)) { known, _ in known }
        if case .these(let pairs) = options.mergeNames {
            modelAliases.merge(pairs) { _, said in said }
            datasetAliases.merge(pairs) { _, said in said }
        }
        models = NameSet(kept: modelAliases)
        datasets = NameSet(kept: datasetAliases)
        modelIndices = [Int32](repeating: -1, count: facts.names.count)
        parentIndices = modelIndices
        datasetIndices = modelIndices
        isByParent = facts.sources.map { source in
            options.by.map { $0 == .parent } ?? source.resultsAreOfCopies
        }
    }

    /// Whether a measurement makes a result unless something speaks against it.
    func isUsable(_ row: Int) -> Bool {
        facts.measurements.values[row].isFinite && !facts.measurements.models[row].isNone
            && !facts.measurements.datasets[row].isNone && !facts.measurements.statuses[row].isDecided
    }

    /// Whether a file's results belong to the parents of the models that it names.
    func isByParent(file: Int32) -> Bool {
        guard Int(file) < facts.files.count else { return false }
        let source = facts.files[Int(file)].source
        return source < isByParent.count && isByParent[source]
    }

    var anythingByParent: Bool { isByParent.contains(true) }

    mutating func collect(_ work: Work) throws(Cancelled) {
        if options.mergeNames == .reported {
            var probe = self
            try probe.walk(work)
            (nearModels, nearDatasets) = probe.duplicates()
            (modelRuns, datasetRuns) = (RunNames.groups(probe.models.texts), RunNames.groups(probe.datasets.texts))
            // The runs last: a spelling of one is the run's, and that the name's without it.
            for groups in [nearModels, modelRuns] { merge(groups, into: &models) }
            for groups in [nearDatasets, datasetRuns] { merge(groups, into: &datasets) }
            try walk(work)
        } else {
            try walk(work)
            (nearModels, nearDatasets) = duplicates()
            (modelRuns, datasetRuns) = (RunNames.groups(models.texts), RunNames.groups(datasets.texts))
        }
    }

    private func merge(_ groups: [NearDuplicates.Group], into names: inout NameSet) {
        for group in groups { for other in group.others { names.keep(group.kept, for: other) } }
    }

    private func duplicates() -> (models: [NearDuplicates.Group], datasets: [NearDuplicates.Group]) {
        var weights = ([Int](repeating: 0, count: models.count), [Int](repeating: 0, count: datasets.count))
        let table = facts.measurements
        for row in 0..<table.count where isUsable(row) {
            let model = modelIndices[Int(table.models[row].index)]
            if model >= 0 { weights.0[Int(model)] += 1 }
            let dataset = self.dataset(row)
            if dataset >= 0 { weights.1[dataset] += 1 }
        }
        return (
            NearDuplicates.groups(models.texts, weights: weights.0),
            NearDuplicates.groups(datasets.texts, weights: weights.1, mayHaveOwners: true)
        )
    }

    /// Goes over facts and measurements as they were read and gives each new name an index.
    private mutating func walk(_ work: Work) throws(Cancelled) {
        let parentNames = anythingByParent || !facts.links.isEmpty ? uniqueParents() : [:]
        var statement = 0
        let table = facts.measurements
        var lastDataset = Name.none
        var lastConfig = Name.none
        let hasConfigs = !table.configs.isQuiet
        for row in 0..<table.count {
            if row & 0xffff == 0 { try work.check() }
            while statement < facts.statements.count, facts.statements[statement].after <= row {
                mention(facts.statements[statement])
                statement += 1
            }
            guard isUsable(row) else { continue }
            let model = table.models[row]
            if modelIndices[Int(model.index)] < 0 { bringUp(model, parentNames) }
            let dataset = table.datasets[row]
            if hasConfigs {
                let config = table.configs[row]
                if dataset != lastDataset || config != lastConfig {
                    lastDataset = dataset
                    lastConfig = config
                    bringUp(dataset, config)
                }
            } else if datasetIndices[Int(dataset.index)] < 0 {
                bringUp(dataset, .none)
            }
        }
        while statement < facts.statements.count {
            mention(facts.statements[statement])
            statement += 1
        }
        for score in facts.scores where admitsUnknown(score.place) {
            if let model = models.index(of: facts.names[score.model]) { describedModels.insert(model) }
            if let dataset = datasets.index(of: facts.names[score.dataset]) { describedDatasets.insert(dataset) }
        }
        for distance in facts.distances where admitsUnknown(distance.place) {
            for name in [distance.a, distance.b] {
                if let dataset = datasets.index(of: facts.names[name]) { describedDatasets.insert(dataset) }
            }
        }
        parents = [Int32](repeating: -1, count: models.count)
        for (child, parent) in parentNames {
            if let child = models.find(child), let parent = models.find(parent), child != parent {
                parents[child] = Int32(parent)
                hasChildren.insert(parent)
            }
        }
    }

    /// By child: the one model it was tuned from.
    private func uniqueParents() -> [String: String] {
        var parents: [String: String] = [:]
        var several: Set<String> = []
        for link in facts.links where link.relation == .finetune || link.relation == .adapter {
            let (child, parent) = (facts.names[link.child].trimmed, facts.names[link.parent].trimmed)
            if child == parent { continue }
            if let known = parents.updateValue(parent, forKey: child), known != parent { several.insert(child) }
        }
        for child in several { parents[child] = nil }
        return parents
    }

    private mutating func bringUp(_ model: Name, _ parentNames: [String: String]) {
        let text = facts.names[model]
        guard let own = models.index(of: text) else { return }
        modelIndices[Int(model.index)] = Int32(own)
        let parent = parentNames[text.trimmed].flatMap { models.index(of: $0) }
        parentIndices[Int(model.index)] = Int32(parent ?? own)
    }

    private mutating func bringUp(_ dataset: Name, _ config: Name) {
        let key = UInt64(UInt32(bitPattern: dataset.index)) << 32 | UInt64(UInt32(bitPattern: config.index))
        if config.isNone ? datasetIndices[Int(dataset.index)] >= 0 : configuredIndices[key] != nil { return }
        let configured = config.isNone ? "" : facts.names[config].trimmed
        guard
            let index = configured.isEmpty
                ? datasets.index(of: facts.names[dataset])
                : datasets.index(of: facts.names[dataset].trimmed, part: configured)
        else { return }
        if config.isNone {
            datasetIndices[Int(dataset.index)] = Int32(index)
        } else {
            configuredIndices[key] = Int32(index)
        }
    }

    private mutating func mention(_ statement: Facts.Fact) {
        let text = facts.names[statement.subject]
        switch statement.kind {
        case .model:
            let isOrigin = attributes.canonical(statement) == "pretraining_dataset"
            var origins: [Int] = []
            for name in isOrigin ? statement.value.names : [] {
                if let index = datasets.index(of: name), !origins.contains(index) { origins.append(index) }
            }
            guard let index = models.index(of: text) else { return }
            describedModels.insert(index)
            if isByParent(file: statement.place.file) { isOfCopies.insert(index) }
            if isOrigin { pretraining[index] = origins }
        case .dataset:
            if let index = datasets.index(of: text) { describedDatasets.insert(index) }
        }
    }

    private func admitsUnknown(_ place: Facts.Place) -> Bool {
        guard place.file >= 0, Int(place.file) < facts.files.count else { return false }
        let source = facts.files[Int(place.file)].source
        return source < facts.sources.count && facts.sources[source].admitsUnknownNames
    }

    /// The dataset of a measurement, its configuration included; -1 where it has none.
    func dataset(_ row: Int) -> Int {
        let dataset = facts.measurements.datasets[row]
        guard !dataset.isNone else { return -1 }
        let config = facts.measurements.configs[row]
        if config.isNone { return Int(datasetIndices[Int(dataset.index)]) }
        let key = UInt64(UInt32(bitPattern: dataset.index)) << 32 | UInt64(UInt32(bitPattern: config.index))
        return Int(configuredIndices[key] ?? -1)
    }

    /// The model that a measurement belongs to: the one it names, or its parent; -1 where it has none.
    func model(_ row: Int) -> Int {
        let name = facts.measurements.models[row]
        guard !name.isNone else { return -1 }
        if isByParent(file: facts.measurements.files[row]) { return Int(parentIndices[Int(name.index)]) }
        return Int(modelIndices[Int(name.index)])
    }
}

extension Facts.Value {
    /// The names that a value consists of.
    var names: [String] {
        switch self {
        case .category(let name), .text(let name): [name.trimmed].filter { !$0.isEmpty }
        case .set(let names): names.map(\.trimmed).filter { !$0.isEmpty }
        case .number(let number): [WrittenNumber.shortest(number)]
        case .truth: []
        }
    }
}

extension KnownNames {
    /// Whether a second number of a file for one model and dataset is the same result reported again.
    func repeatsAreReports(file: Int32) -> Bool {
        source(file)?.repeats == .reports
    }

    func source(_ file: Int32) -> Facts.Source? {
        guard Int(file) < facts.files.count, facts.files[Int(file)].source < facts.sources.count else { return nil }
        return facts.sources[facts.files[Int(file)].source]
    }

    /// The model that a measurement names itself, whoever its result belongs to.
    func checkpoint(_ row: Int) -> Int { Int(modelIndices[Int(facts.measurements.models[row].index)]) }

    /// Whether a result is a feature of its model: measured on the dataset that a model was pre-trained on, of which
    /// others were tuned, in a source whose results are of tuned copies.
    func isFeature(model: Int, dataset: Int, row: Int) -> Bool {
        guard let source = source(facts.measurements.files[row]), source.resultsAreOfCopies, !source.holdsOnlyBenchmarks
        else { return false }
        return checkpoint(row) == model && hasChildren.contains(model) && pretraining[model]?.contains(dataset) == true
    }

    /// Test before none named, before validation, before others, before training; of one kind the plain name first, and
    /// `matched` before `mismatched`.
    func splitRank(_ split: Name) -> Double {
        if split.isNone { return 1 }
        let words = MetricKnowledge.words(of: facts.names[split])
        if words.isEmpty { return 1 }
        let part = words.contains("mismatched") ? 0.2 : words.contains("matched") ? 0.1 : 0
        if words.contains(where: { $0.hasPrefix("test") }) { return part }
        if words.contains(where: { $0.hasPrefix("val") || $0 == "dev" }) { return 2 + part }
        return words.contains { $0.hasPrefix("train") } ? 4 : 3
    }
}
