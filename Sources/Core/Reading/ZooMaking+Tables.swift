import Support

extension ZooMaking {
    /// The tables of transferability scores, in the order in which scores are first named.
    mutating func scores() -> [Zoo.Score] {
        struct Sum {
            var sum = 0.0
            var count = 0
        }
        var order: [(name: String, method: String)] = []
        var positions: [Name: Int] = [:]
        var byMethod: [String: Int] = [:]
        var spellings: [String] = []
        var sums: [[UInt64: Sum]] = []
        var unusable: [String] = []
        var unknownModels = UnknownNames(kind: "model", known: models.map { known.models.texts[$0] }, in: "scores")
        var unknownDatasets = UnknownNames(
            kind: "dataset", known: datasets.map { known.datasets.texts[$0] }, in: "scores")
        var models = [Int](repeating: -2, count: facts.names.count)
        var datasets = models
        for score in facts.scores {
            let model = cached(&models, score.model) { modelIndex($0) }
            let dataset = cached(&datasets, score.dataset) { datasetIndex($0) }
            if model < 0 { unknownModels.add(facts.names[score.model], at: facts.text(score.place)) }
            if dataset < 0 { unknownDatasets.add(facts.names[score.dataset], at: facts.text(score.place)) }
            guard model >= 0, dataset >= 0 else { continue }
            let position: Int
            if let known = positions[score.score] {
                position = known
            } else {
                let name = facts.names[score.score].trimmed
                let method = ScoreNaming.method(for: name)
                if let known = byMethod[method] {
                    position = known
                    if name != order[known].name { spellings.append("\(name) is \(order[known].name)") }
                } else {
                    position = order.count
                    byMethod[method] = position
                    order.append((name, method))
                    sums.append(Dictionary(minimumCapacity: 1024))
                }
                positions[score.score] = position
            }
            guard score.value.isFinite else {
                unusable.append(
                    "\(order[position].name) of \(facts.names[score.model]) on \(facts.names[score.dataset])")
                continue
            }
            let key = UInt64(dataset) << 32 | UInt64(model)
            // A power of two changes no digit, and large values have a sum.
            sums[position][key, default: Sum()].sum += score.value * 0x1p-40
            sums[position][key, default: Sum()].count += 1
        }
        var repeated: [UInt64] = []
        let tables = zip(order, sums).map { name, sums in
            let entries = sums.map { key, sum -> PairTable.Entry in
                if sum.count > 1 { repeated.append(key) }
                return PairTable.Entry(
                    model: Int(key & 0xffff_ffff), dataset: Int(key >> 32), value: sum.sum / Double(sum.count) / 0x1p-40
                )
            }
            return Zoo.Score(
                name: name.name, method: name.method,
                values: PairTable(datasetCount: self.datasets.count, entries: entries))
        }
        report.add(
            .merged, "scores given more than once: their mean is taken", count: repeated.count,
            examples: repeated.sorted().prefix(3).map {
                "\(known.models.texts[self.models[Int($0 & 0xffff_ffff)]]) on "
                    + known.datasets.texts[self.datasets[Int($0 >> 32)]]
            })
        report.add(
            .merged, "scores under a second spelling: one method", count: spellings.count, examples: spellings)
        report.add(.leftOut, "scores that are not finite numbers", count: unusable.count, examples: unusable)
        unknownModels.note(in: &report)
        unknownDatasets.note(in: &report)
        return tables
    }

    private func cached(_ cache: inout [Int], _ name: Name, _ find: (Name) -> Int) -> Int {
        let index = Int(name.index)
        if cache[index] == -2 { cache[index] = find(name) }
        return cache[index]
    }

    /// The index in the zoo of a model under any of its spellings; -1 where the zoo does not have it.
    func modelIndex(_ name: Name) -> Int { known.models.find(facts.names[name]).map { modelIndices[$0] } ?? -1 }
    func datasetIndex(_ name: Name) -> Int { known.datasets.find(facts.names[name]).map { datasetIndices[$0] } ?? -1 }

    /// The vectors of datasets, those that can be used.
    mutating func vectors() -> Zoo.DatasetEmbeddings? {
        var unknown = UnknownNames(kind: "dataset", known: datasets.map { known.datasets.texts[$0] }, in: "embeddings")
        var repeated: [String] = []
        var unusable: [String] = []
        var vectors = [[Float]?](repeating: nil, count: datasets.count)
        for (name, vector, place) in facts.embeddings {
            let index = datasetIndex(name)
            if index < 0 {
                unknown.add(facts.names[name], at: facts.text(place))
            } else if vectors[index] != nil {
                repeated.append("\(facts.text(place)): \(facts.names[name])")
            } else if !vector.allSatisfy(\.isFinite) {
                unusable.append(facts.names[name])
            } else {
                vectors[index] = vector
            }
        }
        unknown.note(in: &report)
        report.add(
            .leftOut, "embeddings of a dataset that has one already", count: repeated.count, examples: repeated)
        report.add(
            .leftOut, "embeddings with a number that is not finite", count: unusable.count, examples: unusable)
        guard let dimension = vectors.lazy.compactMap({ $0?.count }).first else { return nil }
        return Zoo.DatasetEmbeddings(dimension: dimension, vectors: vectors)
    }

    /// The vectors of texts, those that can be used.
    mutating func textVectors() -> TextEmbeddings? {
        guard let dimension = facts.texts.first?.vector.count else { return nil }
        var unknown = 0
        var unusable: [String] = []
        var ofModels = [[Float]?](repeating: nil, count: models.count)
        var ofDatasets = [[Float]?](repeating: nil, count: datasets.count)
        for (subject, name, vector, _) in facts.texts {
            let index = subject == .model ? modelIndex(name) : datasetIndex(name)
            if index < 0 {
                unknown += 1
            } else if vector.count != dimension || !vector.allSatisfy(\.isFinite) {
                unusable.append(facts.names[name])
            } else if subject == .model {
                ofModels[index] = vector
            } else {
                ofDatasets[index] = vector
            }
        }
        report.add(.leftOut, "vectors of texts of models or datasets that the zoo does not have", count: unknown)
        report.add(
            .leftOut, "vectors of texts with a number that is not finite, or of another length",
            count: unusable.count, examples: unusable)
        return TextEmbeddings(dimension: dimension, models: ofModels, datasets: ofDatasets)
    }

    /// The distances that the files give, else the Euclidean ones between the datasets' vectors.
    ///
    /// - Throws: `OutOfMemory` where there are some and a square of all datasets does not fit.
    mutating func distances(_ vectors: Zoo.DatasetEmbeddings?, count: Int) throws(OutOfMemory) -> DistanceMatrix? {
        if !facts.distances.isEmpty || vectors != nil {
            try MemoryBudget.require(MemoryBudget.bytes(Double.self, count, count))
        }
        var unknown = UnknownNames(kind: "dataset", known: datasets.map { known.datasets.texts[$0] }, in: "distances")
        var unusable: [String] = []
        var toItself: [String] = []
        var again: [String] = []
        var values: [Double] = []
        func take(_ a: Int, _ b: Int, _ value: Double) {
            if values.isEmpty {
                values = [Double](repeating: .nan, count: count * count)
                for index in 0..<count { values[index * count + index] = 0 }
            }
            values[a * count + b] = value
            values[b * count + a] = value
        }
        for distance in facts.distances {
            let (a, b) = (datasetIndex(distance.a), datasetIndex(distance.b))
            let place = facts.text(distance.place)
            for (index, name) in [(a, distance.a), (b, distance.b)] where index < 0 {
                unknown.add(facts.names[name], at: place)
            }
            guard a >= 0, b >= 0 else { continue }
            guard distance.value.isFinite, distance.value >= 0 else {
                unusable.append(place)
                continue
            }
            if a == b {
                if distance.value != 0 { toItself.append("\(place): \(facts.names[distance.a])") }
                continue
            }
            let before = values.isEmpty ? .nan : values[a * count + b]
            if before.isFinite, before != distance.value {
                again.append(
                    "\(facts.names[distance.a]) and \(facts.names[distance.b]): \(before), then \(distance.value) in \(place)"
                )
            }
            take(a, b, distance.value)
        }
        unknown.note(in: &report)
        report.add(
            .leftOut, "similarity rows without two datasets and a finite distance of 0 or more", count: unusable.count,
            examples: unusable)
        report.add(
            .leftOut, "distances of a dataset to itself other than 0", count: toItself.count, examples: toItself)
        report.add(
            .merged, "distances given more than once, and not the same: the last is taken", count: again.count,
            examples: again)
        guard values.isEmpty, let vectors else {
            return values.isEmpty ? nil : DistanceMatrix(count: count, values: values)
        }
        let with = vectors.vectors.indices.filter { vectors.vectors[$0] != nil }
        var pairs = 0
        for (position, a) in with.enumerated() {
            for b in with[(position + 1)...] {
                guard let first = vectors.vectors[a], let second = vectors.vectors[b],
                    let distance = DatasetEmbedding.Distance.euclidean.between(
                        first.map { Double($0) }, second.map { Double($0) })
                else { continue }
                take(a, b, distance)
                pairs += 1
            }
        }
        report.add(.noted, "distances of datasets, taken from their embeddings since none are given", count: pairs)
        return values.isEmpty ? nil : DistanceMatrix(count: count, values: values)
    }

    /// The links between models that the zoo has.
    mutating func lineage() -> [Zoo.Lineage] {
        var links: [Zoo.Lineage] = []
        var seen: Set<UInt64> = []
        var (own, mutual): ([String], [String]) = ([], [])
        var unknown = UnknownNames(kind: "model", known: models.map { known.models.texts[$0] }, in: "lineage")
        func name(_ model: Int) -> String { known.models.texts[models[model]] }
        for link in facts.links {
            let (child, parent) = (modelIndex(link.child), modelIndex(link.parent))
            guard child >= 0, parent >= 0 else {
                // A hub's models name parents that are not here by the thousand: only a table's names are looked at.
                if known.source(link.place.file)?.repeats == .runs {
                    for (index, name) in [(child, link.child), (parent, link.parent)] where index < 0 {
                        unknown.add(facts.names[name], at: facts.text(link.place))
                    }
                }
                continue
            }
            if child == parent {
                own.append(name(child))
                continue
            }
            if !seen.insert(UInt64(child) << 32 | UInt64(parent)).inserted { continue }
            // Either may have what the other was trained on.
            if seen.contains(UInt64(parent) << 32 | UInt64(child)) { mutual.append("\(name(child)), \(name(parent))") }
            links.append(
                Zoo.Lineage(child: child, parent: parent, relation: link.relation, source: facts.names[link.source]))
        }
        unknown.note(in: &report)
        report.add(.leftOut, "models that are said to come from themselves", count: own.count, examples: own)
        report.add(
            .noted, "pairs of models that are said to come from each other", count: mutual.count, examples: mutual)
        return links
    }

    /// Further columns of the results' tables, for each result that of the first of its measurements.
    mutating func resultMetadata(_ rows: [Int32]) -> MetadataTable? {
        if facts.resultColumns.isEmpty { return nil }
        let declared = facts.declaredKinds["records"] ?? [:]
        var units: [String] = []
        let columns = facts.resultColumns.map { column -> MetadataTable.Column in
            let texts = rows.map { row in Int(row) < column.texts.count ? column.texts[Int(row)] : .none }
            let field = ColumnTyping(
                texts: texts, names: facts.names, name: column.name, declared: declared[column.name])
            if let unit = field.unit { units.append("'\(column.name)' in \(unit)") }
            return MetadataTable.Column(name: column.name, values: field.values)
        }
        report.add(.repaired, ColumnUnit.note, count: units.count, examples: units)
        return MetadataTable(rowCount: rows.count, columns: columns)
    }
}

/// Names that nothing in the zoo is called by, for the report: each with the nearest known one.
struct UnknownNames {
    private let kind: String
    private let table: String
    private let known: [String]
    private var count = 0
    private var places: [String: String] = [:]
    private var order: [String] = []

    /// - Parameter known: the names in the zoo.
    init(kind: String, known: [String], in table: String) {
        self.kind = kind
        self.table = table
        self.known = known
    }

    mutating func add(_ name: String, at place: String) {
        count += 1
        if places.updateValue(place, forKey: name) == nil { order.append(name) }
    }

    func note(in report: inout LoadReport) {
        if count == 0 { return }
        let examples = order.prefix(3).map { name -> String in
            let near = NearestNames.nearest(to: name, in: known, limit: 1).first
            return "\(places[name] ?? ""): '\(name)'" + (near.map { ", nearest is '\($0)'" } ?? "")
        }
        report.add(
            .leftOut, "rows of \(table) that name a \(kind) which neither results nor a table of \(kind)s know",
            count: count,
            examples: examples)
    }
}
