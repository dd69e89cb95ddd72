import Foundation
import Support

/// Columns of a wide table that are the mean or the sum of others: by their name, or by arithmetic.
struct MeanColumns {
    private(set) var found: [(column: Int, reason: String)] = []

    /// The metric that the name of a mean says, too: `Average WER`; `nil` where none does, or two differ.
    private(set) var metric: String?

    static let names: Set<String> = [
        "average", "avg", "mean", "overall", "total", "macro_average", "macro_avg", "overall_average", "average_score",
        "avg_score", "mean_score", "overall_score", "aggregate", "macro_mean", "mean_accuracy", "average_accuracy",
        "sum",
        "all", "geometric_mean", "mean_rank", "average_rank",
    ]

    /// What is computed over the other columns and is no mean.
    private static let extremes: Set<String> = [
        "best", "worst", "max", "maximum", "min", "minimum", "median", "std", "stdev", "std_dev", "standard_deviation",
        "variance",
    ]

    /// - Complexity: O(rows · columns) beside the first rows of each pair of columns.
    init(table: CellTable, header: TableHeader, columns: [Int]) {
        let rows = Array(header.rowCount..<min(table.rowCount, header.rowCount + 200))
        let values = columns.map { column in
            rows.map { (table.number($0, column) ?? table.number($0, column, comma: .decimal))?.value ?? .nan }
        }
        let tolerance = columns.map { column in
            rows.map { 0.500001 * Self.lastDigit(table.text($0, column) ?? "") }
        }
        var isMean = [Bool](repeating: false, count: columns.count)
        for (position, column) in columns.enumerated() {
            // A name that stands twice has its group before it.
            let own = header.names[column].split(separator: "/").last.map(String.init) ?? header.names[column]
            let key = AttributeKnowledge.key(own)
            let words = MetricKnowledge.words(of: own)
            // Average precision is a metric.
            if Self.isAveragePrecision(words) { continue }
            if Self.names.contains(key) || words.first == "average" || words.first == "avg"
                || words.count > 1 && ["average", "avg", "mean"].contains(words.last) || Self.isOverall(words)
                || Self.isOfCounted(words) || Self.metric(inMean: own) != nil
            {
                isMean[position] = true
                found.append((column, "a mean, by its name"))
            } else if Self.extremes.contains(key), columns.count > 2 {
                isMean[position] = true
                found.append((column, "no result of its own, by its name"))
            }
        }
        findTotals(columns, header, &isMean)
        let others = columns.indices.filter { !isMean[$0] }
        for position in others {
            let rest = others.filter { $0 != position && !isMean[$0] }
            if let what = Self.total(position, of: rest, values, tolerance) {
                isMean[position] = true
                found.append((columns[position], "the \(what) of the \(rest.count) others"))
            }
        }
        if columns.count <= 300 { findGroupMeans(columns, header, values, tolerance, &isMean) }
        if columns.count <= 60 { findDistantMeans(columns, header, values, tolerance, &isMean) }
        found.sort { $0.column < $1.column }
        let told = found.compactMap { Self.metric(inMean: header.names[$0.column]) }
        if Set(told.map(MetricKnowledge.canonical)).count == 1 { metric = told.first }
    }

    /// Columns called as points over all others are, where two others are there, and VTAB's three groups beside its datasets.
    private mutating func findTotals(_ columns: [Int], _ header: TableHeader, _ isMean: inout [Bool]) {
        func key(_ position: Int) -> String { header.keys[columns[position]] }
        let totals = columns.indices.filter { !isMean[$0] && Self.isTotal(key($0)) }
        if columns.indices.count(where: { !isMean[$0] }) - totals.count >= 2 {
            for position in totals {
                isMean[position] = true
                found.append((columns[position], "points over the others, by its name"))
            }
        }
        let groups = columns.indices.filter { !isMean[$0] && Self.groupsOfVTAB.contains(key($0)) }
        if groups.count == 3, columns.indices.count(where: { !isMean[$0] }) >= 6 {
            for position in groups {
                isMean[position] = true
                found.append((columns[position], "the mean of a group of VTAB, by its name"))
            }
        }
    }

    private static let groupsOfVTAB: Set<String> = ["natural", "specialized", "specialised", "structured"]

    private static func isTotal(_ key: String) -> Bool {
        if ["score", "scores", "points", "final", "total_points"].contains(key) { return true }
        let words = key.split(separator: "_").map(String.init)
        return words.count >= 2 && ["score", "points"].contains(words.last)
            && words.dropLast().allSatisfy { Self.wholes.contains($0) }
    }

    private static let wholes: Set<String> = [
        "final", "total", "overall", "aggregate", "aggregated", "combined", "composite", "global", "glue", "superglue",
        "super", "vtab", "mteb", "helm", "benchmark", "leaderboard", "normalized", "normalised",
    ]

    /// `Average precision`, `average recall on COCO`, `mean average precision`: a metric, and no mean of columns.
    private static func isAveragePrecision(_ words: [String]) -> Bool {
        words.indices.dropLast().contains { index in
            words[index] == "average" && ["precision", "recall"].contains(words[index + 1])
        }
    }

    /// The metric in a mean's name; `nil` where the name is a metric's own: `mean IoU`.
    private static func metric(inMean name: String) -> String? {
        if MetricKnowledge.isKnown(name) { return nil }
        let words = MetricKnowledge.words(of: name)
        let rest = words.filter { !averages.contains($0) }
        guard rest.count < words.count, !rest.isEmpty else { return nil }
        let metric = rest.joined(separator: " ")
        return MetricKnowledge.isKnown(metric) ? metric : nil
    }

    /// Whether words say of how many they are the mean: `Classification Average (12 datasets)`.
    private static func isOfCounted(_ words: [String]) -> Bool {
        guard let last = words.last, ["tasks", "datasets", "benchmarks", "languages"].contains(last) else {
            return false
        }
        return words.dropLast().last.flatMap { Int($0) } != nil && words.contains { averages.contains($0) }
    }

    private static let averages: Set<String> = ["average", "averaged", "avg", "mean", "overall"]

    /// The columns that are the mean or the sum of all others by arithmetic, and which: of numbers as written, with half of
    /// what their last digit is worth.
    static func totals(of columns: [[Double]], _ tolerance: [[Double]]) -> [Int: String] {
        var found: [Int: String] = [:]
        for position in columns.indices {
            let rest = columns.indices.filter { $0 != position && found[$0] == nil }
            found[position] = rest.count < 3 ? nil : total(position, of: rest, columns, tolerance)
        }
        return found
    }

    /// What a column is of others: their mean, also of numbers that were rounded after it was taken, or their sum.
    private static func total(
        _ column: Int, of others: [Int], _ values: [[Double]], _ tolerance: [[Double]]
    ) -> String? {
        if others.count >= 3,
            isMean(column, of: others, values, tolerance)
                || isMean(column, of: others, values, tolerance, areRounded: true, atLeast: 5, digits: 5)
        {
            return "mean"
        }
        return others.count >= 2 && isSum(column, of: others, values, tolerance) ? "sum" : nil
    }

    /// Whether a column is the sum of others in each row that has all of them: three rows at least, none of the others of
    /// hardly any share, as a difference has, and not the same sum in all.
    private static func isSum(
        _ column: Int, of others: [Int], _ values: [[Double]], _ tolerance: [[Double]]
    ) -> Bool {
        var sums: Set<Double> = []
        var (rows, digits) = (0, 0.0)
        for row in values[column].indices {
            let value = values[column][row]
            let parts = others.map { values[$0][row] }
            let sum = parts.reduce(0, +)
            if value.isNaN || sum.isNaN { continue }
            guard let least = parts.min(), let most = parts.max(), least > 0, least * 10 >= most else { return false }
            let slack = others.reduce(max(tolerance[column][row], 1e-9 * abs(value))) { $0 + tolerance[$1][row] }
            if abs(sum - value) > slack { return false }
            digits += max(0, log10(value / (2 * slack)))
            sums.insert(value)
            rows += 1
        }
        return rows >= 3 && sums.count > 1 && digits >= 5
    }

    /// Whether words say a mean, and beside it only what it is of: `Mean (7 tasks)`, `Overall Acc.`.
    private static func isOverall(_ words: [String]) -> Bool {
        words.contains { ["mean", "average", "avg", "overall"].contains($0) }
            && words.allSatisfy { names.contains($0) || parts.contains($0) || Int($0) != nil }
    }

    private static let parts: Set<String> = [
        "of", "over", "the", "task", "tasks", "dataset", "datasets", "acc", "accuracy", "score", "scores", "result",
        "results", "performance", "top", "top1", "type", "types", "tasktype", "category", "categories", "subset",
        "subsets", "language", "languages",
    ]

    /// Means of a block of neighbouring columns, which stands before or after it.
    private mutating func findGroupMeans(
        _ columns: [Int], _ header: TableHeader, _ values: [[Double]], _ tolerance: [[Double]], _ isMean: inout [Bool]
    ) {
        for position in columns.indices where !isMean[position] {
            let before = Self.block(from: position, step: -1, isMean)
            let after = Self.block(from: position, step: 1, isMean)
            for block in [before, after] {
                for length in stride(from: block.count, through: 3, by: -1) {
                    let part = Array(block.prefix(length))
                    if Self.isMean(position, of: part, values, tolerance) {
                        isMean[position] = true
                        let (first, last) = (part.min() ?? 0, part.max() ?? 0)
                        found.append(
                            (
                                columns[position],
                                "the mean of '\(header.names[columns[first]])' to '\(header.names[columns[last]])'"
                            ))
                        break
                    }
                }
                if isMean[position] { break }
            }
        }
    }

    /// Means of a block of columns somewhere else, or of two: where the numbers are fine enough that this is no chance.
    private mutating func findDistantMeans(
        _ columns: [Int], _ header: TableHeader, _ values: [[Double]], _ tolerance: [[Double]], _ isMean: inout [Bool]
    ) {
        for position in columns.indices.reversed() where !isMean[position] {
            let known = values[position].filter { !$0.isNaN }
            guard known.count >= 3, let low = known.min(), let high = known.max(),
                zip(values[position], tolerance[position]).allSatisfy({ $0.isNaN || $1 * 50 < high - low })
            else { continue }
            search: for start in columns.indices {
                for end in columns.indices where end > start && !(start...end).contains(position) {
                    let part = Array(start...end)
                    if part.contains(where: { isMean[$0] }) { continue }
                    // Of few rows more columns and more digits have to agree.
                    let isLong = known.count >= 5
                    if !isLong, part.count < 3 { continue }
                    if Self.isMean(
                        position, of: part, values, tolerance, atLeast: isLong ? 5 : 3, digits: isLong ? 3 : 7)
                    {
                        isMean[position] = true
                        let names = (header.names[columns[start]], header.names[columns[end]])
                        found.append(
                            (
                                columns[position],
                                "the mean of '\(names.0)' \(part.count == 2 ? "and" : "to") '\(names.1)'"
                            ))
                        break search
                    }
                }
            }
        }
    }

    private static func block(from position: Int, step: Int, _ isMean: [Bool]) -> [Int] {
        var block: [Int] = []
        var next = position + step
        while isMean.indices.contains(next), !isMean[next] {
            block.append(next)
            next += step
        }
        return block
    }

    /// Whether a column is the mean of others in each row that has all of them: three rows at least, and not all equal.
    ///
    /// - Parameter areRounded: whether the others may have had more digits when the mean was taken.
    private static func isMean(
        _ column: Int, of others: [Int], _ values: [[Double]], _ tolerance: [[Double]], areRounded: Bool = false,
        atLeast count: Int = 3, digits wanted: Double = 3
    ) -> Bool {
        var rows = 0
        var varies = false
        // How many digits agree that need not have: numbers of one digit are each other's means by chance.
        var digits = 0.0
        for row in values[column].indices {
            let value = values[column][row]
            if value.isNaN { continue }
            var sum = 0.0
            var (low, high) = (Double.infinity, -Double.infinity)
            for other in others {
                sum += values[other][row]
                low = min(low, values[other][row])
                high = max(high, values[other][row])
            }
            if sum.isNaN { continue }
            var slack = max(tolerance[column][row], 1e-9 * abs(value))
            if areRounded { slack += others.reduce(0) { $0 + tolerance[$1][row] } / Double(others.count) }
            digits += max(0, log10((high - low) / (2 * slack)))
            let mean = sum / Double(others.count)
            if abs(mean - value) > slack { return false }
            if others.contains(where: { abs(values[$0][row] - value) > tolerance[column][row] }) { varies = true }
            rows += 1
        }
        return rows >= count && varies && digits >= wanted
    }

    /// What one unit of a number's last written digit is worth.
    static func lastDigit(_ text: String) -> Double {
        guard let mark = text.lastIndex(where: { $0 == "." || $0 == "," }) else { return 1 }
        var digits = 0
        for character in text[text.index(after: mark)...] {
            guard character.isNumber else { break }
            digits += 1
        }
        var unit = 1.0
        for _ in 0..<min(digits, 15) { unit /= 10 }
        return unit
    }
}
