/// What was decided about measurements, counted for the load report.
struct CellNotes {
    private(set) var counts: [Decision.Reason: Int] = [:]
    private(set) var examples: [Decision.Reason: [Int]] = [:]
    private(set) var rescaledCounts: [Int: Int] = [:]
    private(set) var rescaledExamples: [Int] = []
    /// Datasets that have nothing but losses, precisions and recalls.
    var onlySecondary: [Int] = []
    /// Datasets whose numbers look like fractions and percents together, with one of each.
    var mixtures: [(dataset: Int, rows: [Int32])] = []
    /// Datasets with -1 beside nothing below 0, with a row of it.
    var sentinels: [(dataset: Int, row: Int32)] = []
    /// Results outside of what the dataset's metric can be, with a row of it, where most of the dataset's are.
    var impossible: [(dataset: Int, row: Int32)] = []
    /// Datasets with numbers on both sides of 1 that are all taken for percents.
    var smallPercents: [Int] = []
    /// Datasets with one result that is far larger than all others, with its row.
    var far: [(dataset: Int, row: Int32)] = []
    /// Pairs with several runs, and how many came to their result which way.
    var repeats: [(model: Int, dataset: Int)] = []
    var ways: [ReadingOptions.Runs: Int] = [:]
    /// Results on a model's own pre-training dataset.
    var features: [(model: Int, dataset: Int, value: Double, metric: DatasetMetric)] = []
    /// Datasets whose metric was one of several, with it and the others.
    var metricChoices: [(dataset: Int, taken: String, others: [String])] = []
    /// Datasets whose rows say both directions, or another one than their metric's name; with what is taken.
    var directions: [(dataset: Int, text: String)] = []
    /// Datasets without the metric that was asked for.
    var withoutMetric: [Int] = []

    /// Datasets whose results are on several splits, with how many are on each.
    var splits: [(dataset: Int, counts: String)] = []
    /// Datasets with results that name no metric, which count as those that do, and the metric.
    var unnamed: [(dataset: Int, count: Int, metric: String)] = []

    mutating func count(_ reason: Decision.Reason, _ row: Int) {
        counts[reason, default: 0] += 1
        if examples[reason, default: []].count < 40 { examples[reason, default: []].append(row) }
    }

    mutating func rescaled(_ dataset: Int, _ row: Int) {
        rescaledCounts[dataset, default: 0] += 1
        if rescaledExamples.count < 3 { rescaledExamples.append(row) }
    }
}
