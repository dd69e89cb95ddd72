/// The metric that stands for a dataset.
struct ChosenMetric {
    /// An index into the metrics of a ``MetricTable``; -1 where measurements name none.
    let index: Int
    /// As the files spell it; `nil` where they do not name one.
    let name: String?
    /// Whether measurements that name no metric count as this one.
    let takesUnnamed: Bool
}

extension CellChoice {
    /// The one metric of a dataset, the same for all its models; `nil` where it has nothing but losses, precisions and
    /// recalls among reports of many metrics.
    ///
    /// What was asked for comes first, then what the files call the dataset's own, then the benchmark's and the task's
    /// (rule P), passing over one that has less than half the models of another that would do; then the one that most
    /// models have.
    mutating func metric(_ dataset: Int, _ rows: [Int32], _ space: inout CellSpace) -> ChosenMetric? {
        let said = meanings.metrics[dataset]
        let table = facts.measurements.metrics
        if table.isQuiet { return unnamed(dataset, said) }
        var byMetric: [Int: [Int32]] = [:]
        var order: [Int] = []
        for row in rows {
            let metric = metrics.index(table[Int(row)])
            if byMetric[metric] == nil { order.append(metric) }
            byMetric[metric, default: []].append(row)
        }
        let named = order.filter { $0 >= 0 }
        if named.isEmpty { return unnamed(dataset, said) }
        let unnamedRows = byMetric[-1] ?? []
        // What one file leaves open is none of another's business: there 0.3 may be an error.
        let takesUnnamed =
            named.count == 1 && !unnamedRows.isEmpty
            && origins(of: unnamedRows).isSubset(of: origins(of: byMetric[named[0]] ?? []))
        func chosen(_ index: Int) -> ChosenMetric {
            ChosenMetric(
                index: index, name: spelling(of: byMetric[index] ?? []),
                takesUnnamed: takesUnnamed || said.map(MetricKnowledge.canonical) == metrics.metrics[index].canonical)
        }
        if takesUnnamed {
            notes.unnamed.append((dataset, unnamedRows.count, metrics.metrics[named[0]].canonical))
        }
        if let asked = options.metric {
            if let index = named.first(where: { metrics.metrics[$0].canonical == MetricKnowledge.canonical(asked) }) {
                return choice(dataset, chosen(index), among: named)
            }
            notes.withoutMetric.append(dataset)
        }
        if let said,
            let index = named.first(where: { metrics.metrics[$0].canonical == MetricKnowledge.canonical(said) })
        {
            return choice(dataset, chosen(index), among: named)
        }
        let isOfReports = rows.first.map { known.repeatsAreReports(file: facts.measurements.files[Int($0)]) } ?? false
        if unnamedRows.isEmpty || takesUnnamed, named.count == 1,
            !isOfReports || !metrics.metrics[named[0]].isSecondary
        {
            return chosen(named[0])
        }
        var models: [Int: Int] = [:]
        for index in named {
            models[index] = space.modelCount(byMetric[index] ?? []) { known.model(Int($0)) }
        }
        let primary = named.filter { !metrics.metrics[$0].isSecondary }
        let open = primary.isEmpty && !isOfReports ? named : primary
        if open.isEmpty { return nil }
        let preferred = MetricKnowledge.preferred(dataset: known.datasets.texts[dataset], task: meanings.tasks[dataset])
        let candidates = preferred.compactMap { name in open.first { metrics.metrics[$0].canonical == name } }
        // Among a table's own columns any metric will do; a hub's many reports are passed over.
        let most = (isOfReports ? candidates : open).map { models[$0] ?? 0 }.max() ?? 0
        let index =
            candidates.first { (models[$0] ?? 0) * 2 >= most }
            ?? open.max { (models[$0] ?? 0, -$0) < (models[$1] ?? 0, -$1) } ?? open[0]
        // Results without a metric's name stand for the dataset where they are of more models than any that have one.
        if !unnamedRows.isEmpty, !takesUnnamed, said == nil,
            space.modelCount(unnamedRows, model: { known.model(Int($0)) }) > models[index] ?? 0
        {
            return choice(dataset, ChosenMetric(index: -1, name: nil, takesUnnamed: true), among: named)
        }
        return choice(dataset, chosen(index), among: named + (unnamedRows.isEmpty || takesUnnamed ? [] : [-1]))
    }

    /// Where rows come from: a table each, and of a hub the hub.
    private func origins(of rows: [Int32]) -> Set<Int32> {
        Set(
            rows.map { row in
                let file = facts.measurements.files[Int(row)]
                guard known.repeatsAreReports(file: file), Int(file) < facts.files.count else { return file }
                return -1 - Int32(facts.files[Int(file)].source)
            })
    }

    private mutating func choice(_ dataset: Int, _ chosen: ChosenMetric, among named: [Int]) -> ChosenMetric {
        func text(_ index: Int) -> String {
            index < 0 ? "results without a metric's name" : metrics.metrics[index].canonical
        }
        if named.count > 1 || chosen.index < 0 {
            let others = named.filter { $0 != chosen.index }.map(text)
            notes.metricChoices.append((dataset, text(chosen.index), others))
        }
        return chosen
    }

    private mutating func unnamed(_ dataset: Int, _ said: String?) -> ChosenMetric {
        if let asked = options.metric, said.map(MetricKnowledge.canonical) != MetricKnowledge.canonical(asked) {
            notes.withoutMetric.append(dataset)
        }
        return ChosenMetric(index: -1, name: said, takesUnnamed: true)
    }

    /// The spelling that most rows have; the first of equals.
    private func spelling(of rows: [Int32]) -> String? {
        var counts: [Name: Int] = [:]
        for row in rows { counts[facts.measurements.metrics[Int(row)], default: 0] += 1 }
        return counts.max { ($0.value, -$0.key.index) < ($1.value, -$1.key.index) }.map { facts.names[$0.key].trimmed }
    }
}
