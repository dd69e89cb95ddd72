import Support

/// Columns of a mean with its spread and its number of runs, as pandas' `groupby().agg()` and people write them:
/// `pets_mean,pets_std,pets_n`, or `mean,std,count` in a row of their own. The mean is the result, under the name of what it
/// is of.
struct AggregateColumns {
    private(set) var spreads: Set<Int> = []
    private(set) var counts: Set<Int> = []
    /// - Parameters:
    ///   - names: the columns' names; a mean's becomes the name of its group.
    ///   - statistics: what each column is of its group, where a row of the header says it.
    ///   - isOfResults: whether there may be any.
    init(names: inout [String], statistics: [Int: String], isOfResults: Bool) {
        guard isOfResults else { return }
        if statistics.isEmpty { readSuffixes(&names) } else { read(statistics, &names) }
    }

    private mutating func read(_ statistics: [Int: String], _ names: inout [String]) {
        let mains = statistics.filter { Self.means.contains($0.value) }.keys.sorted()
        for (column, statistic) in statistics.sorted(by: { $0.key < $1.key }) where !mains.contains(column) {
            guard names.indices.contains(column) else { continue }
            let main = mains.last { $0 < column } ?? mains.first
            spreads.insert(column)
            if Self.numbers.contains(statistic) { counts.insert(column) }
            // The runs of a single result are its own.
            if mains.count == 1,
                let name = ["count": "runs", "n": "runs", "min": "lowest", "max": "highest"][statistic]
            {
                names[column] = name
            } else {
                let group = names[column].isEmpty ? main.map { names[$0] } ?? "" : names[column]
                names[column] = "\(group)_\(statistic)"
            }
        }
    }

    private mutating func readSuffixes(_ names: inout [String]) {
        struct Part {
            let base: String
            let statistic: String
        }
        let parts = names.map { name -> Part? in
            Self.suffixed(name).map { Part(base: $0.base, statistic: $0.word) }
        }
        // What is beside a spread is a mean; a count is one beside either.
        let spread = Set(
            parts.compactMap { part in part.flatMap { Self.spreads.contains($0.statistic) ? $0.base : nil } })
        let whole = Set(names)
        for (column, part) in parts.enumerated() {
            guard let part else { continue }
            let isMean = Self.means.contains(part.statistic)
            if isMean, spread.contains(part.base), !whole.contains(part.base) {
                names[column] = part.base
            } else if Self.spreads.contains(part.statistic),
                whole.contains(part.base)
                    || names.indices.contains(where: { parts[$0]?.base == part.base && $0 != column })
            {
                spreads.insert(column)
            } else if Self.numbers.contains(part.statistic) || Self.extremes.contains(part.statistic) {
                let isBeside =
                    spread.contains(part.base)
                    || names.contains {
                        $0 != names[column] && MetricKnowledge.datasetAndMetric($0)?.dataset == part.base
                    }
                    || whole.contains(part.base) && part.statistic != "max" && part.statistic != "min"
                guard isBeside else { continue }
                spreads.insert(column)
                if Self.numbers.contains(part.statistic) { counts.insert(column) }
            }
        }
    }

    /// A name with a statistic behind it: `pets_std`, `pets (mean)`, `acc/n`.
    private static func suffixed(_ name: String) -> (base: String, word: String)? {
        let text = name.hasSuffix(")") || name.hasSuffix("]") ? String(name.dropLast()) : name
        guard let cut = text.lastIndex(where: { "_ -./([".contains($0) }) else { return nil }
        let word = text[text.index(after: cut)...].lowercased()
        let base = String(text[..<cut]).trimming(["_", " ", "-", ".", "/", "(", "["])
        let isKnown =
            means.contains(word) || spreads.contains(word) || numbers.contains(word) || extremes.contains(word)
        return isKnown && !base.isEmpty ? (base, word) : nil
    }

    /// Whether a row of a header holds nothing but statistics, a mean among two at least.
    static func areStatistics(_ texts: [String]) -> Bool {
        let words = texts.map { $0.trimmed.lowercased() }.filter { !$0.isEmpty }
        return words.count >= 2 && words.contains(where: means.contains) && Set(words).count >= 2
            && words.allSatisfy {
                means.contains($0) || spreads.contains($0) || numbers.contains($0) || extremes.contains($0)
            }
    }

    /// Takes a row of statistics out of a header's rows, and the names of all columns but means' out of the row above it.
    static func take(_ row: Int, of texts: inout [[String]]) -> [Int: String] {
        var statistics: [Int: String] = [:]
        for (column, text) in texts[row].enumerated() where !text.isEmpty { statistics[column] = text.lowercased() }
        for above in 0..<row {
            // A merged cell stands once, for all of its columns.
            var last = ""
            for column in texts[above].indices where statistics[column] != nil {
                if texts[above][column].isEmpty { texts[above][column] = last } else { last = texts[above][column] }
            }
        }
        for (column, statistic) in statistics where !means.contains(statistic) {
            for above in 0..<row where texts[above].indices.contains(column) { texts[above][column] = "" }
        }
        texts.remove(at: row)
        return statistics
    }

    /// Takes a row of statistics that stood above a header's names and was put below them: no name is taken out.
    static func take(statisticsAboveNames texts: inout [[String]]) -> [Int: String] {
        var statistics: [Int: String] = [:]
        for (column, text) in texts.removeLast().enumerated() where !text.isEmpty {
            statistics[column] = text.lowercased()
        }
        return statistics
    }

    /// `('test_acc', 'mean')`, as pandas writes a name of several levels, is `test_acc_mean`.
    static func plain(_ name: String) -> String {
        guard name.hasPrefix("('"), name.hasSuffix(")") else { return name }
        let parts = name.dropFirst().dropLast().split(separator: ",").map { $0.trimmed.trimming(["'", "\""]) }
        return parts.count > 1 ? parts.filter { !$0.isEmpty }.joined(separator: "_") : name
    }

    /// Whether a text is a statistic's name and nothing else.
    static func isStatistic(_ text: String) -> Bool {
        let word = text.lowercased()
        return means.contains(word) || spreads.contains(word) || numbers.contains(word) || extremes.contains(word)
    }

    static func isMean(_ text: String) -> Bool { means.contains(text.lowercased()) }

    /// Whether a text is the name of a spread or a count.
    static func isSpread(_ text: String) -> Bool {
        spreads.contains(text.lowercased()) || numbers.contains(text.lowercased())
    }

    private static let means: Set<String> = ["mean", "avg", "average"]
    private static let spreads: Set<String> = [
        "std", "stdev", "stddev", "sd", "stderr", "sem", "se", "var", "variance", "ci", "ci95", "err", "±", "iqr",
        "mad",
    ]
    private static let numbers: Set<String> = ["count", "n", "num", "size", "runs", "seeds", "nruns", "nseeds"]
    private static let extremes: Set<String> = ["min", "max", "median", "25%", "50%", "75%", "lowest", "highest"]
}
