/// Names that people give to rows, columns and datasets which are computed over the others: `Average`, `± std`, `Macro avg`.
enum SummaryNames {
    /// Whether nothing but what is computed over others is called so.
    static func isSummary(_ name: String) -> Bool {
        // Most names are longer, and reading asks for each.
        if name.utf8.count > 40 { return false }
        let key = AttributeKnowledge.key(name)
        if alone.contains(key) { return true }
        let words = key.split(separator: "_").map(String.init)
        if words.isEmpty { return false }
        return words.contains { telling.contains($0) }
            && words.allSatisfy { telling.contains($0) || fillers.contains($0) || Int($0) != nil }
    }

    /// ``isSummary(_:)``, and `all`, by which no benchmark but the whole of the others is called.
    static func isSummaryOfDatasets(_ name: String) -> Bool {
        // lighteval's `leaderboard|mmlu:_average|5|0`.
        isSummary(name) || name.contains(":_average") || ofDatasets.contains(AttributeKnowledge.key(name))
    }

    /// Whether a name is that of the row over all others in a wide table, as pandas calls a pivot's margins.
    static func isMargin(_ name: String) -> Bool { margins.contains(AttributeKnowledge.key(name)) }

    private static let margins: Set<String> = ["all", "all_models", "all_tasks", "all_datasets"]

    private static let telling: Set<String> = [
        "average", "averages", "averaged", "avg", "mean", "means", "overall", "total", "totals", "sum", "std", "stdev",
        "stddev", "median", "variance", "deviation", "durchschnitt", "mittelwert", "moyenne", "promedio",
        "gesamt", "gemiddelde",
    ]

    /// What says nothing else beside them.
    private static let fillers: Set<String> = [
        "of", "over", "the", "all", "across", "task", "tasks", "dataset", "datasets", "model", "models", "benchmark",
        "benchmarks", "acc", "accuracy", "score", "scores", "result", "results", "performance", "macro", "micro",
        "weighted", "unweighted", "geometric", "arithmetic", "harmonic", "standard", "std", "dev", "column", "row",
        "rank", "grand", "sub", "max", "min", "range", "seeds", "runs", "simple",
    ]

    private static let alone: Set<String> = [
        "max", "maximum", "min", "minimum", "best", "worst", "range", "rank", "ranking", "wins", "mean_win_rate", "sd",
        "std_dev", "st_dev", "s_d", "sub_total", "subtotal", "aggregate", "macro_average", "macro_avg", "micro_avg",
        "weighted_avg", "geomean", "geo_mean", "gmean",
    ]

    private static let ofDatasets: Set<String> = [
        "all", "all_tasks", "all_datasets", "macro", "micro", "combined", "aggregated",
    ]
}
