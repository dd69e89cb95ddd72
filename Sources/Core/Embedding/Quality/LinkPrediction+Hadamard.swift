import Support

extension LinkPrediction {
    /// The most pairs of either kind that the regression is fitted to.
    private static let fittingLimit = 5000

    /// Scores each pair by logistic regression on the products of the two vectors' components (the Hadamard operator of
    /// Grover and Leskovec, KDD 2016, table 1), fitted to edges that the embedding was learned from and to pairs that are
    /// apart.
    ///
    /// - Parameters:
    ///   - embedding: an embedding of the split's training graph.
    ///   - split: the edges held out, and those to fit to.
    ///   - seed: what the choice of pairs to fit to follows from.
    ///   - work: tells how far it is and learns that it is no longer wanted.
    /// - Throws: `Cancelled`.
    /// - Complexity: O(k · dimension) for k pairs to score, and the fit.
    public init(byHadamardOf embedding: Embedding, _ split: LinkSplit, seed: UInt64, work: Work) throws {
        let (joined, apart) = split.trainingPairs(limit: Self.fittingLimit, seed: seed)
        guard !joined.isEmpty, !apart.isEmpty else {
            self.init(of: embedding, positives: split.positives, negatives: split.negatives)
            return
        }
        let width = embedding.dimension
        func products(_ pair: CSRGraph.Edge) -> [Double] {
            zip(embedding[Int(pair.from)], embedding[Int(pair.to)]).map { Double($0) * Double($1) }
        }
        let pairs = joined + apart
        let rows = Matrix(rows: pairs.count, columns: width, values: pairs.flatMap(products))
        // Vectors differ in length from learner to learner; the penalty must not.
        let scales = StandardScaler(rows).deviations.map { $0 > 0 ? 1 / $0 : 0 }
        var scaled = rows
        for place in scaled.values.indices { scaled.values[place] *= scales[place % width] }
        let regression = try SoftmaxRegression(
            scaled, classes: joined.map { _ in 1 } + apart.map { _ in 0 }, classCount: 2, prior: Double(pairs.count),
            threads: 1, work: work)
        let weights = (0..<width).map { scales[$0] * (regression.weights[$0, 1] - regression.weights[$0, 0]) }
        func score(_ pair: CSRGraph.Edge) -> Double {
            zip(weights, products(pair)).reduce(0) { $0 + $1.0 * $1.1 }
        }
        self.init(positives: split.positives.map(score), negatives: split.negatives.map(score))
    }
}
