import TransferGraphCore

extension Explanation {
    /// How many of a model's own results are named.
    private static let named = 3

    /// The model's own results that are named one by one, the most important first.
    var namedRecords: [Part] {
        Array(
            parts.filter { $0.kind == .record && $0.count == 1 }
                .sorted { abs($0.contribution) > abs($1.contribution) }.prefix(Self.named))
    }

    /// The parts in reading order: the level of a middling model, the model's own three most important results, its
    /// other results together, those of similar models together, results on the target, scores, and the remainder. Their
    /// sum is that of all parts.
    var summary: [(name: String, contribution: Double)] {
        func sum(_ parts: some Sequence<Part>) -> Double { parts.reduce(0) { $0 + $1.contribution } }
        func of(_ kind: Part.Kind) -> [Part] {
            parts.filter { $0.kind == kind }.sorted { abs($0.contribution) > abs($1.contribution) }
        }
        let records = of(.record)
        let chosen = namedRecords
        let others = records.filter { record in !chosen.contains(record) }
        let otherCount = others.reduce(0) { $0 + $1.count }
        var summary = (of(.baseline) + chosen).map { (name: $0.what, contribution: $0.contribution) }
        if others.count == 1 {
            summary.append((others[0].what, others[0].contribution))
        } else if otherCount > 0 {
            summary.append(("its \(otherCount) other results", sum(others)))
        }
        let neighbours = of(.neighbour)
        if neighbours.count == 1 {
            summary.append(("alike models: \(neighbours[0].what)", neighbours[0].contribution))
        } else if let first = neighbours.first(where: { $0.count == 1 }) {
            summary.append(("alike models: \(first.what), and others", sum(neighbours)))
        } else if !neighbours.isEmpty {
            summary.append(("alike models", sum(neighbours)))
        }
        for part in of(.target) + of(.score) + of(.residual) where part.contribution != 0 {
            summary.append((part.what, part.contribution))
        }
        return summary
    }
}
