/// How well an embedding tells joined pairs of nodes from pairs that are not.
public struct LinkPrediction: Sendable, Equatable {
    /// The probability that a joined pair has a higher score than one that is not, ties counted half: the area under the
    /// receiver operating characteristic. Undefined (NaN) without pairs of both kinds.
    public let areaUnderCurve: Double
    /// The mean precision at each joined pair, from the highest score down, tied scores taken together. NaN without
    /// joined pairs.
    public let averagePrecision: Double

    /// Scores each pair by the dot product of its two vectors.
    ///
    /// - Complexity: O(k (dimension + log k)) for k pairs.
    public init(of embedding: Embedding, positives: [CSRGraph.Edge], negatives: [CSRGraph.Edge]) {
        self.init(
            positives: positives.map { embedding.dotProduct(Int($0.from), Int($0.to)) },
            negatives: negatives.map { embedding.dotProduct(Int($0.from), Int($0.to)) })
    }

    /// - Parameters:
    ///   - positives: the scores of the joined pairs; higher means likelier joined.
    ///   - negatives: the scores of the others.
    public init(positives: [Double], negatives: [Double]) {
        let scores = (positives.map { ($0, true) } + negatives.map { ($0, false) }).sorted { $0.0 > $1.0 }
        var truePositives = 0
        var falsePositives = 0
        var area = 0.0
        var precision = 0.0
        var start = 0
        while start < scores.count {
            var end = start
            var found = 0
            while end < scores.count && scores[end].0 == scores[start].0 {
                if scores[end].1 { found += 1 }
                end += 1
            }
            let missed = end - start - found
            area += Double(missed) * (Double(truePositives) + Double(found) / 2)
            truePositives += found
            falsePositives += missed
            precision += Double(found) * Double(truePositives) / Double(end)
            start = end
        }
        areaUnderCurve = area / (Double(positives.count) * Double(negatives.count))
        averagePrecision = precision / Double(positives.count)
    }
}
