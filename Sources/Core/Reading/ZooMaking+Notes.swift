import Support

extension ZooMaking {
    /// What readers could not use.
    mutating func noteReading() {
        for item in facts.leftOut {
            let examples = item.examples.map { place, text in
                let place = facts.text(place)
                return text.isEmpty ? place : place.isEmpty ? text : "\(place): \(text)"
            }
            report.add(item.action, item.reason, count: item.count, examples: examples, takenBy: item.takenBy)
        }
    }

    /// What was decided about measurements.
    mutating func noteChoices(_ results: Results) {
        let notes = cells.notes
        note(.noNumber, .leftOut, "results that are no number", texts: true)
        note(.impossible, .leftOut, "results that their metric cannot have", choice: .scale)
        note(.noModel, .leftOut, "results without a model")
        note(.noDataset, .leftOut, "results without a dataset")
        note(
            .secondaryMetric, .leftOut,
            "results of datasets with nothing but losses, precisions and recalls", choice: .metric)
        note(
            .disagreement, .merged,
            "results reported again with another value: what was verified or measured by others counts first, then the larger setting, then the later date"
        )
        note(.sameReport, .merged, "results reported again with the same value")
        note(.otherSplit, .leftOut, "results on other splits: test comes before validation, that before others")
        report.add(
            .noted, "datasets whose models are measured on different splits: compare them with care",
            count: notes.splits.count,
            examples: notes.splits.prefix(3).map { "\(known.datasets.texts[$0.dataset]): \($0.counts)" })
        report.add(
            .noted, "datasets with results that name no metric, taken for the one that others of their file name",
            count: notes.unnamed.count,
            examples: notes.unnamed.prefix(3).map { dataset, count, metric in
                "\(known.datasets.texts[dataset]): \(count) as \(metric)"
            })
        note(
            .pretrainingDataset, .leftOut,
            "results of models on the dataset they were pre-trained on: a feature of the model")
        report.add(
            .repaired,
            "results in fractions beside percents of one dataset: brought to the scale of most",
            choice: .scale, count: notes.rescaledCounts.values.reduce(0, +),
            examples: notes.rescaledExamples.map { row in
                "\(place(row)): \(written(row)) is \(WrittenNumber.shortest(value(row)))"
            })
        report.add(
            .noted, "datasets with numbers up to 1 beside others near by: all taken for percents", choice: .scale,
            count: notes.smallPercents.count, examples: notes.smallPercents.prefix(3).map { known.datasets.texts[$0] })
        report.add(
            .noted,
            "datasets whose results look like fractions and percents together, taken as written",
            choice: .scale, count: notes.mixtures.count,
            examples: notes.mixtures.map { dataset, rows in
                "\(known.datasets.texts[dataset]): "
                    + rows.map { "\(written(Int($0))) (\(place(Int($0))))" }.joined(separator: " beside ")
            })
        report.add(
            .noted, "datasets with -1 among results of 0 and more, taken as a result: leave a missing one empty",
            count: notes.sentinels.count,
            examples: notes.sentinels.map { "\(known.datasets.texts[$0.dataset]): \(place(Int($0.row)))" })
        report.add(
            .noted, "datasets with a result a hundred times as large as every other, taken as a result",
            count: notes.far.count,
            examples: notes.far.prefix(3).map { dataset, row in
                "\(known.datasets.texts[dataset]): \(written(Int(row))) (\(place(Int(row))))"
            })
        let byWay = notes.ways.keys.sorted { $0.rawValue < $1.rawValue }.map { way in
            way == .best ? "the best is the result" : "their \(way.rawValue) is the result"
        }
        report.add(
            .merged, "(model, dataset) pairs with more than one run: \(byWay.joined(separator: " or "))",
            count: notes.repeats.count,
            examples: notes.repeats.prefix(3).map {
                "\(known.models.texts[$0.model]) on \(known.datasets.texts[$0.dataset])"
            })
        report.add(
            .noted,
            "datasets whose files say both directions, or another than their metric's name: what most of them say is taken",
            count: notes.directions.count,
            examples: notes.directions.map { "\(known.datasets.texts[$0.dataset]): \($0.text)" })
        report.add(
            .noted, "datasets with several metrics: one stands for each", choice: .metric,
            count: notes.metricChoices.count,
            examples: notes.metricChoices.prefix(3).map { dataset, taken, others in
                "\(known.datasets.texts[dataset]): \(taken), not \(others.prefix(3).joined(separator: ", "))"
                    + (others.count > 3 ? ", …" : "")
            })
        report.add(
            .noted, "directions and scales of datasets that are not understood: taken from the metric",
            count: cells.meanings.unknown.count, examples: Array(cells.meanings.unknown.prefix(3)))
        report.add(
            .noted, "results outside of what their metric's name lets expect: taken as results",
            count: notes.impossible.count,
            examples: notes.impossible.prefix(3).map { dataset, row in
                "\(known.datasets.texts[dataset]): \(written(Int(row))) (\(place(Int(row))))"
            })
        if let asked = options.metric {
            report.add(
                .noted, "datasets without the metric \(asked): another one or none stands there",
                count: notes.withoutMetric.count,
                examples: notes.withoutMetric.prefix(3).map { known.datasets.texts[$0] })
        }
        if options.higherIsBetter != nil {
            let against = cells.outcomes.indices.filter { dataset in
                let outcome = cells.outcomes[dataset]
                guard !outcome.models.isEmpty else { return false }
                let told =
                    cells.meanings.directions[dataset] ?? outcome.metric.name.flatMap(MetricKnowledge.higherIsBetter)
                return told.map { $0 != outcome.metric.higherIsBetter } ?? false
            }
            report.add(
                .noted, "datasets whose direction was given against what their files or metrics say",
                count: against.count,
                examples: against.prefix(3).map {
                    "\(known.datasets.texts[$0])" + (cells.outcomes[$0].metric.name.map { ": \($0)" } ?? "")
                })
        }
    }

    private mutating func note(
        _ reason: Decision.Reason, _ action: LoadReport.Item.Action, _ what: String, texts: Bool = false,
        choice: LoadReport.Item.Choice? = nil
    ) {
        guard let count = cells.notes.counts[reason] else { return }
        let rows = cells.notes.examples[reason] ?? []
        if texts {
            // A kind of text once, with how often it stands among the first.
            var kinds: [String: Int] = [:]
            var order: [Int] = []
            for row in rows where kinds.updateValue((kinds[written(row)] ?? 0) + 1, forKey: written(row)) == nil {
                order.append(row)
            }
            let examples = order.prefix(3).map { "\(place($0)): '\(written($0).prefix(30))'" }
            report.add(action, what, choice: choice, count: count, examples: examples)
        } else {
            let examples = rows.prefix(3).map { row -> String in
                let measured = facts.measurements[row]
                let parts = [facts.names.text(measured.model), facts.names.text(measured.dataset)].compactMap { $0 }
                return "\(place(row)): \(parts.joined(separator: " on ")) \(written(row))"
            }
            report.add(action, what, choice: choice, count: count, examples: examples)
        }
    }

    /// What stood there.
    private func written(_ row: Int) -> String {
        let measured = facts.measurements[row]
        if let text = facts.names.text(measured.written) { return text }
        return measured.value.isNaN ? "" : WrittenNumber.shortest(measured.value)
    }

    /// The value used, to the digits that a person would write: 0.412 is 41.2 percent.
    private func value(_ row: Int) -> Double {
        let value = Decision(packed: cells.decisions[row]).factor.of(facts.measurements.values[row])
        return abs(value) < 1e6 ? (value * 1e9).rounded() / 1e9 : value
    }

    /// Notes datasets whose results differ in a unit, or in how the models were asked.
    mutating func noteMixedSettings(_ datasets: [Dataset], _ results: PairTable, _ metadata: MetadataTable?) {
        guard let metadata else { return }
        for column in metadata.columns
        where ["unit", "units", "shots", "n_shot", "num_fewshot"].contains(AttributeKnowledge.key(column.name)) {
            let mixed = datasets.indices.compactMap { dataset -> String? in
                var texts: [String] = []
                for row in results.column(dataset) {
                    if let text = metadata.text(row, column), !texts.contains(text) { texts.append(text) }
                }
                return texts.count > 1 ? "\(datasets[dataset].name): \(texts.prefix(3).joined(separator: ", "))" : nil
            }
            report.add(
                .noted, "datasets whose results differ in '\(column.name)': taken as written, compare them with care",
                count: mixed.count, examples: Array(mixed.prefix(3)))
        }
    }

    mutating func noteModels(_ models: [Model], _ results: PairTable, _ scores: [Zoo.Score]) {
        var hasResult = [Bool](repeating: false, count: models.count)
        for model in results.models { hasResult[Int(model)] = true }
        let bare = models.filter { !$0.hasMetadata }.map(\.name)
        report.add(.noted, "models without any metadata", count: bare.count, examples: bare)
        let homeless = models.filter { $0.hasMetadata && $0.pretrainingDatasets.isEmpty }.map(\.name)
        report.add(.noted, "models whose pre-training dataset is not given", count: homeless.count, examples: homeless)
        let idle = models.indices.filter { !hasResult[$0] }
        let known = models.indices.filter { hasResult[$0] }.map { models[$0].name }
        report.add(
            .noted, "models without any fine-tuning result", count: idle.count,
            examples: idle.prefix(3).map { index in
                let near = NearestNames.nearest(to: models[index].name, in: known, limit: 1).first
                return models[index].name + (near.map { " (nearest with results: \($0))" } ?? "")
            })
        report.add(
            .noted, "results without a score on a dataset that has scores", count: missingScores(results, scores))
    }

    private func missingScores(_ results: PairTable, _ scores: [Zoo.Score]) -> Int {
        if scores.isEmpty { return 0 }
        var missing = 0
        for dataset in 0..<results.datasetCount where scores.contains(where: { !$0.values.column(dataset).isEmpty }) {
            for position in results.column(dataset) {
                let model = Int(results.models[position])
                if !scores.contains(where: { $0.values.position(model: model, dataset: dataset) != nil }) {
                    missing += 1
                }
            }
        }
        return missing
    }

    mutating func noteAliases(_ datasets: [Dataset]) {
        let renamed = datasets.filter { !$0.aliases.isEmpty }
        report.add(
            .merged, "datasets under two names", count: renamed.count,
            examples: renamed.map { "\($0.aliases.joined(separator: ", ")) is \($0.name)" })
    }

    /// Notes the other names that mean nothing, since several models or datasets have them.
    mutating func noteSharedAliases(_ models: [Model], _ datasets: [Dataset]) {
        let shared = [models.map { ($0.name, $0.aliases) }, datasets.map { ($0.name, $0.aliases) }]
            .flatMap { entries in entries.contains { !$0.1.isEmpty } ? NameIndex(entries).shared : [] }
        report.add(
            .leftOut,
            "other names that several have, or that one has for its own: they stand for none, or for that one",
            count: shared.count, examples: Array(shared.prefix(3)))
    }

    /// Notes datasets whose results teach nothing, or teach the same twice.
    mutating func noteFewAndTwins(_ datasets: [Dataset], _ results: PairTable) {
        let single = datasets.indices.filter { results.column($0).count == 1 }
        report.add(
            .noted, "datasets with one result: it tells no models apart, and does not count as history",
            count: single.count, examples: single.prefix(3).map { datasets[$0].name })
        // A few of the results find those that may be the same; all of them decide.
        var seen: [[UInt64]: [Int]] = [:]
        var twins: [String] = []
        func areSame(_ a: Int, _ b: Int) -> Bool {
            let (a, b) = (results.column(a), results.column(b))
            return results.models[a].elementsEqual(results.models[b])
                && results.values[a].elementsEqual(results.values[b])
        }
        for dataset in datasets.indices where datasets[dataset].carriesSignal {
            let column = results.column(dataset)
            guard column.count >= 3 else { continue }
            let few = column.prefix(3).flatMap { [UInt64(results.models[$0]), results.values[$0].bitPattern] }
            let key = [UInt64(column.count)] + few
            if let other = seen[key]?.first(where: { areSame($0, dataset) }) {
                twins.append("\(datasets[dataset].name) and \(datasets[other].name)")
            } else {
                seen[key, default: []].append(dataset)
            }
        }
        report.add(
            .noted,
            "datasets whose results are all the same as another's: if they are one dataset, each tells the other's results",
            choice: .mergeNames, count: twins.count, examples: Array(twins.prefix(3)))
    }

    mutating func noteNames() {
        for (names, kind) in [(known.models, "models"), (known.datasets, "datasets")] where !names.spaced.isEmpty {
            report.add(
                .repaired, "names of \(kind) with spaces around them", count: names.spaced.count,
                examples: names.spaced.prefix(3).map { "'\($0)'" })
        }
        let isJoined = options.mergeNames == .reported
        func note(_ what: String, joined: String, apart: String, count: Int, _ examples: [String]) {
            report.add(
                isJoined ? .merged : .noted, what + (isJoined ? joined : apart), choice: isJoined ? nil : .mergeNames,
                count: count, examples: examples)
        }
        for (groups, kind) in [(known.nearModels, "models"), (known.nearDatasets, "datasets")] {
            note(
                "\(kind) with nearly equal names", joined: ": joined under the name with most results", apart: "",
                count: groups.count, groups.prefix(3).map { "\($0.others.joined(separator: ", ")) and \($0.kept)" })
        }
        // Copies whose results are their parents' are no models of the zoo.
        let modelRuns = known.modelRuns.filter { group in
            group.others.count { name in known.models.find(name).map { modelIndices[$0] >= 0 } ?? false } > 1
        }
        for (groups, kind) in [(modelRuns, "models"), (known.datasetRuns, "datasets")] {
            note(
                "\(kind) whose names differ by a seed or a run alone",
                joined: ": joined, and their results are runs of one", apart: ": each stands for itself",
                count: groups.count,
                groups.prefix(3).map { "\($0.others.prefix(4).joined(separator: ", ")) of \($0.kept)" })
        }
        if case .these(let pairs) = options.mergeNames {
            let unused = pairs.keys.sorted().filter { name in
                !known.models.others.values.contains { $0.contains(name) }
                    && !known.datasets.others.values.contains { $0.contains(name) }
            }
            report.add(
                .noted, "names to be joined that nothing is called by", count: unused.count, examples: unused)
        }
    }

    mutating func markWithoutSignal(_ datasets: inout [Dataset], _ results: PairTable) {
        var found: [String] = []
        for dataset in datasets.indices {
            guard let atChance = results.countAtChance(dataset) else { continue }
            datasets[dataset].carriesSignal = false
            let count = results.column(dataset).count
            found.append(
                "\(datasets[dataset].name): "
                    + (atChance == count ? "all \(count) are equal" : "\(atChance) of \(count) at the lowest result"))
        }
        report.add(
            .leftOut, "datasets whose results hardly tell models apart (out of history and graph unless asked for)",
            count: found.count, examples: found)
    }
}
