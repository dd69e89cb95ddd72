/// Tells ``Facts`` what the models' files say: the strongest word on lineage, and datasets by names that tell them apart.
struct HuggingFaceTeller {
    /// What identifies a dataset in a card, and the datasets that it is said of.
    private struct Identity: Hashable {
        let dataset: String
        let config: String?
    }

    /// Identities under which a card lists several datasets, told apart by their titles only.
    private var ambiguous: Set<Identity> = []
    /// The facts' index of each file's path: a dump holds many models.
    private var files: [String: Int32] = [:]
    /// The datasets whose task was told.
    private var described: Set<String> = []

    init(_ readings: [ModelReading]) {
        for reading in readings { ambiguous.formUnion(Self.ambiguousIdentities(reading.results)) }
    }

    private static func ambiguousIdentities(_ results: [ModelReading.Result]) -> Set<Identity> {
        struct Column: Hashable {
            let identity: Identity
            let split: String?
            let metric: String?
        }
        var titles: [Column: String] = [:]
        var found: Set<Identity> = []
        for result in results {
            guard let dataset = result.dataset, let title = result.title else { continue }
            let identity = Identity(dataset: dataset, config: result.config)
            let column = Column(identity: identity, split: result.split, metric: result.metric)
            guard let first = titles.updateValue(title, forKey: column) else { continue }
            // "Common Voice 8.0" and "Common Voice 8.0 pt" are one.
            if !first.hasPrefix(title), !title.hasPrefix(first) { found.insert(identity) }
        }
        return found
    }

    /// What tells the result's dataset apart from others of its name: the configuration, or the title where many have it.
    private func config(of result: ModelReading.Result) -> String? {
        guard let dataset = result.dataset, let title = result.title,
            ambiguous.contains(Identity(dataset: dataset, config: result.config))
        else { return result.config }
        // The one whose title is the identity's own, or the beginning of it, stays what it is: "Common Voice 8".
        let plain = title.filter { $0.isLetter || $0.isNumber }.lowercased()
        let identity = dataset.filter { $0.isLetter || $0.isNumber }.lowercased()
        return !plain.isEmpty && identity.contains(plain) ? result.config : title
    }

    mutating func tell(_ reading: ModelReading, to facts: inout Facts) {
        let files = reading.files.map { file($0, in: &facts) }
        func place(_ place: ModelReading.Place) -> Facts.Place {
            Facts.Place(file: place.file < files.count ? files[place.file] : 0, line: place.line)
        }
        for note in reading.notes { facts.note(note.action, note.reason, example: note.example, at: place(note.place)) }
        guard reading.isModel else { return }
        facts.mention(model: reading.model, at: Facts.Place(file: files.first ?? 0))
        let source = HubLineage.order.first { source in reading.parents.contains { $0.source == source } }
        let parents = reading.parents.filter { $0.source == source }
        for parent in parents {
            facts.link(
                reading.model, to: parent.name, relation: parent.relation, source: parent.source,
                at: place(parent.place))
        }
        for statement in reading.statements {
            var attribute = statement.attribute
            // `datasets` are what the model was trained on: before fine-tuning, unless it is a fine-tuned copy.
            if attribute == "training_data" {
                attribute = parents.isEmpty ? "pretraining_dataset" : "finetuning_dataset"
            }
            facts.describe(model: reading.model, attribute, statement.value, at: place(statement.place))
        }
        tell(reading.results, of: reading.model, to: &facts, at: place)
    }

    private mutating func tell(
        _ results: [ModelReading.Result], of model: String, to facts: inout Facts,
        at place: (ModelReading.Place) -> Facts.Place
    ) {
        // Cards give the benchmark's numbers in percent, all of a card or none.
        let isPercent = results.contains { $0.isOfMTEB && (WrittenNumber($0.written)?.value ?? 0) > 1 }
        var entries: [Int: Int32] = [:]
        for result in results {
            let entry = entries[result.entry] ?? facts.newEntry()
            entries[result.entry] = entry
            let config = config(of: result)
            let isLoader = result.dataset.map(DatasetKey.isLoader) ?? false
            if isLoader {
                facts.note(
                    .leftOut, "results on files that a loader read: no dataset is named",
                    example: "\(model): \(result.dataset ?? "")", at: place(result.place))
            }
            facts.add(
                model: model, dataset: result.dataset, config: config, split: result.split, metric: result.metric,
                written: result.written, scale: result.isOfMTEB && isPercent ? .percent : result.scale, entry: entry,
                provenance: Provenance(
                    standing: result.standing, date: facts.names.intern(result.date),
                    source: facts.names.intern(result.source)),
                status: isLoader ? .decided(Decision(.loader)) : .open, at: place(result.place))
            if let task = result.task, let dataset = result.dataset, !isLoader, WrittenNumber(result.written) != nil {
                let name = config.map { dataset + "/" + $0 } ?? dataset
                // Cards differ in what they call the task of one dataset; the first word counts.
                if described.insert(name).inserted {
                    facts.describe(dataset: name, "task", .category(task), at: place(result.place))
                }
            }
        }
    }

    private mutating func file(_ path: String, in facts: inout Facts) -> Int32 {
        if let index = files[path] { return index }
        let index = facts.addFile(path)
        files[path] = index
        return index
    }
}

extension ModelReading.Result {
    /// Whether it is of the Massive Text Embedding Benchmark.
    fileprivate var isOfMTEB: Bool { title?.hasPrefix("MTEB ") == true || dataset?.hasPrefix("mteb/") == true }
}
