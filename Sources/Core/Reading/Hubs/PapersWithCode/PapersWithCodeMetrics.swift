/// Which metric each table of Papers with Code counts by, and which datasets several tasks measure by different ones.
struct PapersWithCodeMetrics {
    /// The metric that was asked for by name.
    let asked: String?
    /// By a dataset's name with its parts: the main metrics of its tables.
    private var metrics: [String: Set<String>] = [:]

    init(_ tasks: [DataNode], asked: String?) {
        self.asked = asked
        for task in tasks { visit(task) }
    }

    private mutating func visit(_ task: DataNode) {
        for dataset in task["datasets"]?.items ?? [] { visit(dataset, of: nil) }
        for subtask in task["subtasks"]?.items ?? [] { visit(subtask) }
    }

    private mutating func visit(_ dataset: DataNode, of whole: String?) {
        guard let name = (dataset["dataset"] ?? dataset["subdataset"])?.name else { return }
        let path = whole.map { $0 + "/" + name } ?? name
        if let metric = Self.main(dataset) { metrics[path, default: []].insert(MetricKnowledge.canonical(metric)) }
        for part in dataset["subdatasets"]?.items ?? [] { visit(part, of: path) }
    }

    /// Whether the dataset's tables count by more than one metric.
    func isDivided(_ path: String) -> Bool { (metrics[path]?.count ?? 0) > 1 }

    /// The metric that a dataset's table counts by: the first that it lists and has, of those that are results.
    static func main(_ dataset: DataNode) -> String? {
        let rows = dataset["sota"]?["rows"]?.items ?? []
        if rows.isEmpty { return nil }
        let listed = dataset["sota"]?["metrics"]?.items.compactMap(\.name) ?? []
        let had = rows.flatMap { $0["metrics"]?.pairs.map(\.key) ?? [] }
        let known = Set(had)
        return listed.first { known.contains($0) && isResult($0) } ?? had.first { isResult($0) }
    }

    /// Whether a metric is a result: no size, no speed, and not measured on a development set.
    static func isResult(_ metric: String) -> Bool {
        let words = MetricKnowledge.words(of: metric)
        return !words.contains { notResults.contains($0) }
    }

    private static let notResults: Set<String> = [
        "params", "param", "parameters", "flops", "gflops", "mflops", "macs", "gmacs", "time", "latency", "speed",
        "fps",
        "runtime", "seconds", "throughput", "memory", "dev", "val", "validation", "valid", "train", "training",
        "epochs",
        "epoch", "size", "hardware",
    ]
}
