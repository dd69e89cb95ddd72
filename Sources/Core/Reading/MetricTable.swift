/// What is known of the metrics that measurements name, looked up once a name.
struct MetricTable {
    struct Metric {
        let canonical: String
        let isSecondary: Bool
        let meaning: MetricMeaning
    }

    private(set) var metrics: [Metric] = []
    /// By name: an index into ``metrics``; -1 for a name that is no metric.
    private let indices: [Int32]
    /// By entry: whether its numbers are percents (rule S).
    private let percentEntries: [Bool]
    /// By entry: whether nothing but an error rate that may be a fraction above 1 says that its numbers are percents.
    private let doubtfulEntries: [Bool]

    init(_ facts: Facts) {
        let table = facts.measurements
        var indices = [Int32](repeating: -1, count: facts.names.count)
        var metrics: [Metric] = []
        var byCanonical: [String: Int32] = [:]
        if !table.metrics.isQuiet {
            for row in 0..<table.count {
                let name = table.metrics[row]
                guard !name.isNone, indices[Int(name.index)] < 0 else { continue }
                let text = facts.names[name]
                let canonical = MetricKnowledge.canonical(text)
                if let known = byCanonical[canonical] {
                    indices[Int(name.index)] = known
                    continue
                }
                indices[Int(name.index)] = Int32(metrics.count)
                byCanonical[canonical] = Int32(metrics.count)
                metrics.append(
                    Metric(
                        canonical: canonical, isSecondary: MetricKnowledge.isSecondary(text),
                        meaning: MetricMeaning(text)))
            }
        }
        var percents: [Bool] = []
        var certain: [Bool] = []
        if !table.entries.isQuiet {
            for row in 0..<table.count {
                let entry = Int(table.entries[row])
                guard entry >= 0 else { continue }
                if entry >= percents.count {
                    percents += [Bool](repeating: false, count: max(entry + 1, percents.count * 2) - percents.count)
                    certain += [Bool](repeating: false, count: percents.count - certain.count)
                }
                let name = table.metrics[row]
                let metric = name.isNone ? nil : metrics[Int(indices[Int(name.index)])]
                let tells = metric?.meaning.goesByEntry ?? false
                let isSaid = table.scales[row] == .percent
                if isSaid || tells && table.scales[row] == nil && abs(table.values[row]) > 1 {
                    percents[entry] = true
                    let mayBeFraction =
                        metric?.meaning.isUnboundedRate == true && table.values[row] <= Self.mostFraction
                    if isSaid || !mayBeFraction { certain[entry] = true }
                }
            }
        }
        self.indices = indices
        self.metrics = metrics
        percentEntries = percents
        doubtfulEntries = zip(percents, certain).map { $0 && !$1 }
    }

    /// Up to which number an error rate may be a fraction, as of a training that failed.
    static let mostFraction = 3.0

    /// Whether an entry's numbers are percents by nothing but an error rate up to ``mostFraction``.
    @inline(__always)
    func isDoubtful(entry: Int32) -> Bool { entry >= 0 && doubtfulEntries[Int(entry)] }

    /// The index of a named metric; -1 where none is named.
    @inline(__always)
    func index(_ name: Name) -> Int { name.isNone ? -1 : Int(indices[Int(name.index)]) }

    /// The scale on which a bounded metric's number was written.
    @inline(__always)
    func boundedScale(entry: Int32, value: Double) -> MetricScale {
        let isPercent = entry >= 0 ? percentEntries[Int(entry)] : abs(value) > 1
        return isPercent ? .percent : .fraction
    }
}
