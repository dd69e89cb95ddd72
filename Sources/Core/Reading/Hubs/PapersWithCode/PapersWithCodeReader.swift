import Support

/// Reads the evaluation tables of Papers with Code: a list of tasks, each with datasets, tables, and tasks below it.
///
/// All values are texts. Models are called as papers call them, so that they meet no hub's.
public struct PapersWithCodeReader: ZooReader {
    public let format = ZooFormat.paperswithcode

    public init() {}

    public func recognises(_ place: ReadingPlace) -> Bool {
        !Self.files(in: place, budget: 20).isEmpty
    }

    /// The files that begin as a list of tasks, or as one of them.
    private static func files(in place: ReadingPlace, budget: Int = .max) -> [String] {
        FileSearch.files(in: place, depth: 2, budget: budget) { $0.hasSuffix(".json") }.filter { path in
            let head = String(decoding: HubFile.head(place, path, 1 << 14), as: UTF8.self)
            return head.drop { $0.isWhitespace }.first.map { $0 == "[" || $0 == "{" } ?? false
                && ["\"datasets\"", "\"subtasks\"", "\"sota\"", "\"dataset_citations\""].count { head.contains($0) }
                    >= 2
        }
    }

    public func read(_ place: ReadingPlace, options: ReadingOptions, into facts: inout Facts, work: Work) throws {
        facts.source.holdsOnlyBenchmarks = true
        facts.source.repeats = .reports
        let before = facts.measurements.count
        var tasks: [(task: DataNode, file: Int32)] = []
        var failure: String?
        for path in Self.files(in: place) {
            try work.check()
            work.report("reading \(path)", 0)
            let file = facts.addFile(FileSearch.label(path, in: place))
            do throws(DocumentError) {
                tasks += try HubFile.json(place, path, work: work).root?.itemsOrSelf.map { ($0, file) } ?? []
            } catch {
                failure = failure ?? "\(FileSearch.label(path, in: place)) line \(error.line): \(error.problem)"
                facts.note(
                    .leftOut, "files that cannot be read", example: error.problem,
                    at: .init(file: file, line: error.line))
            }
        }
        // What a dataset counts by is said by all files together.
        let metrics = PapersWithCodeMetrics(tasks.map(\.task), asked: options.metric)
        for (index, (task, file)) in tasks.enumerated() {
            work.report("reading tasks", Double(index) / Double(tasks.count))
            if work.isCancelled() { break }
            Self.read(task, metrics, file: file, into: &facts, work)
        }
        try work.check()
        guard facts.measurements.count > before else {
            throw ZooError.nothing(format, path: place.path, problem: failure)
        }
    }

    private static func read(
        _ task: DataNode, _ metrics: PapersWithCodeMetrics, file: Int32, into facts: inout Facts, _ work: Work
    ) {
        // Whoever called asks again, and stops.
        if work.isCancelled() { return }
        let name = task["task"]?.name
        for dataset in task["datasets"]?.items ?? [] { read(dataset, task: name, metrics, file: file, into: &facts) }
        for subtask in task["subtasks"]?.items ?? [] { read(subtask, metrics, file: file, into: &facts, work) }
    }

    /// - Parameter whole: the dataset that this one is a part of.
    private static func read(
        _ dataset: DataNode, of whole: String? = nil, task: String?, _ metrics: PapersWithCodeMetrics, file: Int32,
        into facts: inout Facts
    ) {
        guard let name = (dataset["dataset"] ?? dataset["subdataset"])?.name else {
            facts.note(.leftOut, "tables without a dataset", at: .init(file: file, line: dataset.line))
            return
        }
        let path = whole.map { $0 + "/" + name } ?? name
        let rows = dataset["sota"]?["rows"]?.items ?? []
        // One dataset that two tasks measure by different metrics is two.
        let part = task.flatMap { metrics.isDivided(path) ? $0 : nil }
        let configs = [whole == nil ? nil : name, part].compactMap(\.self)
        let config = configs.isEmpty ? nil : configs.joined(separator: "/")
        let key = part.map { path + "/" + $0 } ?? path
        if part != nil, !rows.isEmpty {
            facts.note(
                .noted, "datasets that several tasks measure by metrics of their own: one for each task", example: key,
                at: .init(file: file, line: dataset.line))
        }
        let own = PapersWithCodeMetrics.main(dataset)
        if let own, !rows.isEmpty {
            facts.describe(dataset: key, "metric", .category(own), at: .init(file: file, line: dataset.line))
        }
        if let task, !rows.isEmpty {
            facts.describe(dataset: key, "task", .category(task), at: .init(file: file, line: dataset.line))
        }
        if let node = dataset["description"], let text = node.name {
            facts.describe(dataset: key, "description", .text(text), at: .init(file: file, line: node.line))
        }
        for row in rows {
            // A model without a name makes no result; its values are listed all the same.
            let model = row["model_name"]?.name
            let provenance = Provenance(
                standing: .selfReported, date: facts.names.intern(row["paper_date"]?.name),
                source: facts.names.intern(row["paper_url"]?.name))
            let entry = facts.newEntry()
            for (metric, value) in row["metrics"]?.pairs ?? [] {
                facts.add(
                    model: model, dataset: whole ?? name, config: config, metric: metric,
                    written: value.text ?? "", entry: entry, provenance: provenance,
                    // Sizes, speeds and results on development sets never stand for a dataset.
                    status: PapersWithCodeMetrics.isResult(metric) || metric == metrics.asked
                        ? .open : .decided(Decision(.secondaryMetric)),
                    at: .init(file: file, line: value.line))
            }
        }
        for inner in dataset["subdatasets"]?.items ?? [] {
            read(inner, of: path, task: task, metrics, file: file, into: &facts)
        }
    }
}
