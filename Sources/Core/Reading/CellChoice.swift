import Support

/// Decides what becomes of each measurement, dataset by dataset, and gives the result of each model on it.
struct CellChoice {
    let facts: Facts
    let options: ReadingOptions
    let known: KnownNames
    let meanings: DatasetMeanings
    let metrics: MetricTable

    /// By measurement: its ``Decision``, packed; 0 for one that another row lists.
    private(set) var decisions: [UInt16] = []
    /// By dataset.
    private(set) var outcomes: [DatasetOutcome] = []
    var notes = CellNotes()
    /// What names of metrics tell, looked up once each.
    private var told: [String: MetricMeaning] = [:]

    /// The cells of one dataset, by ascending model.
    struct DatasetOutcome {
        var metric = DatasetMetric()
        var models: [Int32] = []
        /// In the dataset's own direction, on its scale.
        var values: [Double] = []
        var runs: [Int32] = []
        var ranges: [Int: Zoo.RunRange] = [:]
        /// The first of the measurements that each value rests on.
        var rows: [Int32] = []
    }

    init(facts: Facts, options: ReadingOptions, known: KnownNames, meanings: DatasetMeanings, metrics: MetricTable) {
        self.facts = facts
        self.options = options
        self.known = known
        self.meanings = meanings
        self.metrics = metrics
    }

    mutating func decide(_ work: Work) throws(Cancelled) {
        let table = facts.measurements
        decisions = [UInt16](repeating: 0, count: table.count)
        outcomes = [DatasetOutcome](repeating: DatasetOutcome(), count: known.datasets.count)
        let (rows, offsets) = try byDataset(work)
        var space = CellSpace(models: known.models.count)
        let step = max(1, known.datasets.count / 100)
        for dataset in 0..<known.datasets.count {
            try work.check()
            if dataset % step == 0 { work.report("Choosing results", Double(dataset) / Double(known.datasets.count)) }
            let part = rows[offsets[dataset]..<offsets[dataset + 1]]
            if part.isEmpty { continue }
            outcomes[dataset] = try outcome(dataset, Array(part), &space, work)
        }
    }

    /// The measurements that make results, ordered by dataset; the others are decided here.
    private mutating func byDataset(_ work: Work) throws(Cancelled) -> (rows: [Int32], offsets: [Int]) {
        let table = facts.measurements
        var offsets = [Int](repeating: 0, count: known.datasets.count + 1)
        var datasets = [Int32](repeating: -1, count: table.count)
        for row in 0..<table.count {
            if row & 0xffff == 0 { try work.check() }
            if case .decided(let decision) = table.statuses[row] {
                decisions[row] = decision.packed
                continue
            }
            let dataset = known.dataset(row)
            let reason: Decision.Reason? =
                table.models[row].isNone || known.isUsable(row) && known.model(row) < 0
                ? .noModel
                : table.datasets[row].isNone || known.isUsable(row) && dataset < 0
                    ? .noDataset : !table.values[row].isFinite ? .noNumber : nil
            if let reason {
                if table.statuses[row] == .open { decisions[row] = undecided(row, reason) }
                notes.count(reason, row)
                continue
            }
            datasets[row] = Int32(dataset)
            offsets[dataset + 1] += 1
        }
        for dataset in 0..<known.datasets.count { offsets[dataset + 1] += offsets[dataset] }
        var next = offsets
        var rows = [Int32](repeating: 0, count: offsets.last ?? 0)
        for row in 0..<table.count where datasets[row] >= 0 {
            rows[next[Int(datasets[row])]] = Int32(row)
            next[Int(datasets[row])] += 1
        }
        return (rows, offsets)
    }

    /// A decision that leaves the number as it was written.
    private func undecided(_ row: Int, _ reason: Decision.Reason) -> UInt16 {
        let metric = metrics.index(facts.measurements.metrics[row])
        let known = metric < 0 ? nil : metrics.metrics[metric].meaning
        let value = facts.measurements.values[row]
        let scale =
            facts.measurements.scales[row]
            ?? (known?.isBounded == true && value.isFinite
                ? metrics.boundedScale(
                    entry: known?.goesByEntry == true ? facts.measurements.entries[row] : -1, value: value)
                : .asWritten)
        return Decision(
            reason, scale: scale, higherIsBetter: facts.measurements.directions[row] ?? known?.higherIsBetter
        ).packed
    }

    private mutating func mark(_ row: Int, _ decision: Decision) {
        if facts.measurements.statuses[row] == .open { decisions[row] = decision.packed }
    }

    private mutating func outcome(
        _ dataset: Int, _ rows: [Int32], _ space: inout CellSpace, _ work: Work
    ) throws(Cancelled) -> DatasetOutcome {
        guard let chosen = metric(dataset, rows, &space) else {
            for row in rows {
                if facts.measurements.statuses[Int(row)] == .open {
                    decisions[Int(row)] = undecided(Int(row), .secondaryMetric)
                }
                notes.count(.secondaryMetric, Int(row))
            }
            notes.onlySecondary.append(dataset)
            return DatasetOutcome()
        }
        var used: [Int32] = []
        used.reserveCapacity(rows.count)
        for row in rows {
            let metric = metrics.index(facts.measurements.metrics[Int(row)])
            if metric == chosen.index || chosen.takesUnnamed && metric < 0 {
                used.append(row)
            } else {
                if facts.measurements.statuses[Int(row)] == .open {
                    decisions[Int(row)] = undecided(Int(row), .otherMetric)
                }
                notes.count(.otherMetric, Int(row))
            }
        }
        let told = meaning(ofMetric: chosen.name)
        leaveOutImpossible(dataset, &used, told)
        var outcome = DatasetOutcome()
        outcome.metric.name = chosen.name
        (outcome.metric.higherIsBetter, outcome.metric.directionSource) = direction(dataset, used, chosen.name, told)
        let scales = DatasetScales(self, dataset: dataset, metric: chosen.index, told, rows: used)
        outcome.metric.scale = scales.target
        // A metric that is known and has no bound, such as an RMSE, may well have 0.5 beside 12.
        if scales.isSuspect, !told.isKnown || told.isBounded { notes.mixtures.append((dataset, scales.suspects)) }
        if scales.hasSmallPercents { notes.smallPercents.append(dataset) }
        noteStrange(dataset, used)
        let splits = commonSplits(used, &space)
        let grouped = space.group(used) { known.model(Int($0)) }
        try work.check()
        for (model, cell) in grouped {
            fill(&outcome, dataset, model, cell, scales, splits)
        }
        noteSplits(dataset, outcome)
        return outcome
    }

    /// Takes out what the metric cannot have, such as an accuracy of -999: a way to say that there is none. Where half of a
    /// dataset's results are so, it is the metric's name that is not understood, and they stay. So do numbers below 0 where
    /// one is no whole number among small ones: differences are called after what they are the difference of.
    private mutating func leaveOutImpossible(_ dataset: Int, _ used: inout [Int32], _ told: MetricMeaning) {
        guard told.isBounded, options.scale != .asWritten else { return }
        let values = facts.measurements.values
        let limit = told.isUnboundedRate ? 1_000.0 : 100
        let least = told.canBeNegative ? -100.0 : 0
        func isImpossible(_ row: Int32) -> Bool { values[Int(row)] > limit || values[Int(row)] < least }
        let impossible = used.filter(isImpossible)
        if impossible.isEmpty { return }
        let sizes = used.map { abs(values[Int($0)]) }.sorted()
        let areSmall = sizes[sizes.count / 2] < 0.4 * (sizes[sizes.count - 1] > 1 ? 100 : 1)
        let hasDifferences =
            areSmall
            && impossible.contains { values[Int($0)] < 0 && values[Int($0)].rounded() != values[Int($0)] }
        guard impossible.count * 2 < used.count, !hasDifferences else {
            for row in impossible { notes.impossible.append((dataset, row)) }
            return
        }
        for row in impossible {
            if facts.measurements.statuses[Int(row)] == .open {
                decisions[Int(row)] = undecided(Int(row), .impossible)
            }
            notes.count(.impossible, Int(row))
        }
        used.removeAll(where: isImpossible)
    }

    /// Notes a -1 among results of 0 and more, and a result that is a hundred times as large as every other.
    private mutating func noteStrange(_ dataset: Int, _ used: [Int32]) {
        guard used.count >= 4 else { return }
        var negative: Int32?
        var isSentinel = true
        var largest = 0.0
        var second = 0.0
        var far: Int32?
        for row in used {
            let value = facts.measurements.values[Int(row)]
            if value < 0 {
                if value == -1 { negative = negative ?? row } else { isSentinel = false }
            }
            let size = abs(value)
            if size > largest {
                second = largest
                largest = size
                far = row
            } else if size > second, size < largest {
                second = size
            }
        }
        if isSentinel, let negative { notes.sentinels.append((dataset, negative)) }
        if let far, second > 0, largest > 100 * second { notes.far.append((dataset, far)) }
    }

    /// Notes a dataset on which some models are measured on another kind of split than others.
    private mutating func noteSplits(_ dataset: Int, _ outcome: DatasetOutcome) {
        if facts.measurements.splits.isQuiet { return }
        var names = [0: "test", 1: "without a name", 2: "validation", 3: "other", 4: "train", -1: "not named"]
        var models: [Int: [Int32]] = [:]
        var words: [Int: Set<String>] = [:]
        for (model, row) in zip(outcome.models, outcome.rows) {
            // The benchmark's reader knows each task's own split, and notes what is on another.
            if known.source(facts.measurements.files[Int(row)])?.format == .mteb { continue }
            let split = facts.measurements.splits[Int(row)]
            let kind = split.isNone ? -1 : Int(known.splitRank(split))
            models[kind, default: []].append(model)
            if !split.isNone {
                words[kind, default: []].insert(MetricKnowledge.words(of: facts.names[split]).joined(separator: "."))
            }
        }
        // Two tests are as different as a test and a validation.
        for (kind, words) in words where words.count > 1 {
            names[kind] = (names[kind] ?? "other") + " (" + words.sorted().prefix(3).joined(separator: ", ") + ")"
        }
        guard models.keys.count(where: { $0 >= 0 }) > 1 || words.values.contains(where: { $0.count > 1 }) else {
            return
        }
        let counts = models.sorted { ($0.value.count, -$0.key) > ($1.value.count, -$1.key) }.map { kind, models in
            let first = models.count == 1 ? " (\(known.models.texts[Int(models[0])]))" : ""
            return "\(names[kind] ?? "other") \(models.count)\(first)"
        }
        notes.splits.append((dataset, counts.joined(separator: ", ")))
    }

    /// Adds the cell that a model's measurements make, if any.
    private mutating func fill(
        _ outcome: inout DatasetOutcome, _ dataset: Int, _ model: Int32, _ cell: ArraySlice<Int32>,
        _ scales: DatasetScales, _ splits: [Name: Int]
    ) {
        let higherIsBetter = outcome.metric.higherIsBetter
        let measured = facts.measurements.values
        func decision(_ row: Int32, _ reason: Decision.Reason) -> Decision {
            Decision(reason, scale: scales.target, factor: scales.factor(row), higherIsBetter: higherIsBetter)
        }
        let summaries = facts.runs
        func runs(_ row: Int32) -> Int { summaries.isEmpty ? 1 : Int(summaries[row]?.count ?? 1) }
        func value(_ row: Int32) -> Double { scales.factor(row).of(measured[Int(row)]) }
        for row in cell where scales.factor(row) != .one { notes.rescaled(dataset, Int(row)) }
        if cell.count == 1, let row = cell.first, !known.anythingByParent {
            mark(Int(row), decision(row, .result))
            outcome.add(model, value(row), runs: runs(row), row: row, summaries[row])
            return
        }
        var rows = Array(cell)
        // Its own on what it was pre-trained on; results of its copies there are results.
        let features = rows.filter { known.isFeature(model: Int(model), dataset: dataset, row: Int($0)) }
        if let first = features.first {
            for row in features {
                mark(Int(row), decision(row, .pretrainingDataset))
                notes.count(.pretrainingDataset, Int(row))
            }
            notes.features.append((Int(model), dataset, value(first), outcome.metric))
            let taken = Set(features)
            rows.removeAll(where: taken.contains)
            if rows.isEmpty { return }
        }
        var leftOut: [(row: Int32, reason: Decision.Reason)] = []
        rows = keepingFirstSplit(rows, splits, &leftOut)
        rows = keepingBestReports(rows, value: value, &leftOut)
        for (row, reason) in leftOut {
            mark(Int(row), decision(row, reason))
            notes.count(reason, Int(row))
        }
        if rows.count == 1 {
            mark(Int(rows[0]), decision(rows[0], .result))
            outcome.add(model, value(rows[0]), runs: runs(rows[0]), row: rows[0], summaries[rows[0]])
            return
        }
        let values = rows.map(value)
        let way = options.runs ?? (known.isByParent(file: facts.measurements.files[Int(rows[0])]) ? .median : .mean)
        var taken: Int?
        let result: Double
        switch way {
        case .mean: result = values.scaledMean(weights: rows.map(runs))
        case .median: result = values.median
        case .best:
            let best = values.indices.max { higherIsBetter ? values[$0] < values[$1] : values[$0] > values[$1] } ?? 0
            taken = best
            result = values[best]
        }
        for (index, row) in rows.enumerated() {
            mark(Int(row), decision(row, taken.map { $0 == index ? .result : .otherRun } ?? .run))
        }
        notes.repeats.append((Int(model), dataset))
        notes.ways[way, default: 0] += 1
        outcome.ranges[outcome.models.count] = Zoo.RunRange(
            lowest: values.min() ?? result, highest: values.max() ?? result)
        outcome.add(model, result, runs: rows.reduce(0) { $0 + runs($1) }, row: rows[taken ?? 0])
    }

    /// How many models have each split of a dataset: of several tests that of most models is the one for all.
    private func commonSplits(_ rows: [Int32], _ space: inout CellSpace) -> [Name: Int] {
        let splits = facts.measurements.splits
        if splits.isQuiet { return [:] }
        var bySplit: [Name: [Int32]] = [:]
        for row in rows where !splits[Int(row)].isNone { bySplit[splits[Int(row)], default: []].append(row) }
        if bySplit.count < 2 { return [:] }
        return bySplit.mapValues { rows in space.modelCount(rows) { known.model(Int($0)) } }
    }

    /// Of several splits the one that comes first: test, then none named, then validation, then others, then training; of
    /// several that rank alike the one of most models, and of those the first.
    private func keepingFirstSplit(
        _ rows: [Int32], _ models: [Name: Int], _ leftOut: inout [(row: Int32, reason: Decision.Reason)]
    ) -> [Int32] {
        let splits = facts.measurements.splits
        if splits.isQuiet || rows.count == 1 { return rows }
        let ranks = rows.map { known.splitRank(splits[Int($0)]) }
        guard let best = ranks.min() else { return rows }
        let first = zip(rows, ranks).filter { $0.1 == best }.map { splits[Int($0.0)] }
            .max { (models[$0] ?? 0, -$0.index) < (models[$1] ?? 0, -$1.index) }
        guard let first else { return rows }
        var kept: [Int32] = []
        for (row, rank) in zip(rows, ranks) {
            if rank == best, splits[Int(row)] == first { kept.append(row) } else { leftOut.append((row, .otherSplit)) }
        }
        return kept
    }

    /// Of several reports of one result that of the highest standing, a checkpoint each; tables' repeated rows are runs.
    private func keepingBestReports(
        _ rows: [Int32], value: (Int32) -> Double, _ leftOut: inout [(row: Int32, reason: Decision.Reason)]
    ) -> [Int32] {
        if rows.count == 1
            || !rows.contains(where: { known.repeatsAreReports(file: facts.measurements.files[Int($0)]) })
        {
            return rows
        }
        var best: [Int: Int32] = [:]
        var order: [Int] = []
        func checkpoint(_ row: Int32) -> Int { known.checkpoint(Int(row)) }
        for row in rows {
            guard known.repeatsAreReports(file: facts.measurements.files[Int(row)]) else { continue }
            let own = checkpoint(row)
            if let other = best[own] {
                if isBetterReport(row, than: other) { best[own] = row }
            } else {
                best[own] = row
                order.append(own)
            }
        }
        var kept: [Int32] = []
        for row in rows {
            guard known.repeatsAreReports(file: facts.measurements.files[Int(row)]), let taken = best[checkpoint(row)],
                taken != row
            else {
                kept.append(row)
                continue
            }
            leftOut.append((row, value(row) == value(taken) ? .sameReport : .disagreement))
        }
        return kept
    }

    /// Of two reports: the higher standing, then the larger setting, then the later date; else the first stays.
    private func isBetterReport(_ row: Int32, than other: Int32) -> Bool {
        let (a, b) = (facts.measurements.provenances[Int(row)], facts.measurements.provenances[Int(other)])
        if a == b { return false }
        let (x, y) = (facts.provenances[Int(a)], facts.provenances[Int(b)])
        if x.standing != y.standing { return x.standing > y.standing }
        if x.preference != y.preference { return x.preference > y.preference }
        return (facts.names.text(x.date) ?? "") > (facts.names.text(y.date) ?? "")
    }

    private mutating func meaning(ofMetric name: String?) -> MetricMeaning {
        guard let name else { return MetricMeaning() }
        if let known = told[name] { return known }
        let found = MetricMeaning(name)
        told[name] = found
        return found
    }

    /// Whether no number is above 0 and most are below: what libraries make of an error so that more of it is better.
    private func areNegated(_ rows: [Int32]) -> Bool {
        let values = facts.measurements.values
        return rows.allSatisfy { !(values[Int($0)] > 0) } && rows.count { values[Int($0)] < 0 } * 2 > rows.count
    }

    private mutating func direction(
        _ dataset: Int, _ rows: [Int32], _ name: String?, _ meaning: MetricMeaning
    ) -> (Bool, DatasetMetric.Source) {
        if let said = options.higherIsBetter { return (said, .option) }
        let told = meaning.higherIsBetter
        var said = meanings.directions[dataset]
        if said == nil, !facts.measurements.directions.isQuiet {
            let rows = rows.compactMap { facts.measurements.directions[Int($0)] }
            let higher = rows.count { $0 }
            if !rows.isEmpty { said = higher * 2 >= rows.count }
            if higher > 0, higher < rows.count {
                notes.directions.append((dataset, "\(higher) results say higher, \(rows.count - higher) lower"))
                return (higher * 2 >= rows.count, .file)
            }
        }
        if let said {
            if let told, told != said, let name {
                notes.directions.append((dataset, "\(name), and \(said ? "higher" : "lower") is better"))
            }
            return (said, .file)
        }
        if let told, let name {
            if !told, meaning.isAtLeastZero, areNegated(rows) {
                notes.directions.append((dataset, "\(name) below 0, so its negative: higher is better"))
                return (true, .name)
            }
            return (told, .name)
        }
        return (true, .assumed)
    }
}

extension CellChoice.DatasetOutcome {
    fileprivate mutating func add(
        _ model: Int32, _ value: Double, runs: Int, row: Int32, _ summary: Facts.RunSummary? = nil
    ) {
        if let lowest = summary?.lowest, let highest = summary?.highest {
            ranges[models.count] = Zoo.RunRange(lowest: lowest, highest: highest)
        }
        models.append(model)
        values.append(value)
        self.runs.append(Int32(clamping: runs))
        rows.append(row)
    }
}

extension [Double] {
    /// The mean, also where the sum is beyond the largest number: a power of two changes no digit.
    fileprivate func scaledMean(weights: [Int]) -> Double {
        let share = 0x1p-40
        let sum = zip(self, weights).reduce(0) { $0 + $1.0 * share * Double($1.1) }
        return sum / Double(weights.reduce(0, +)) / share
    }

    /// The middle value, or the mean of the two in the middle.
    fileprivate var median: Double {
        let ordered = sorted()
        let middle = ordered.count / 2
        return ordered.count % 2 == 1 ? ordered[middle] : ordered[middle - 1] / 2 + ordered[middle] / 2
    }
}
