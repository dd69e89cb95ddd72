import Support

/// Datasets as points, so that how far apart they are can stand for how much one tells of another.
public enum DatasetEmbedding {
    /// The mean feature of a dataset under a probe network, its embedding by domain similarity (Cui et al., "Large Scale
    /// Fine-Grained Categorization and Domain-Specific Transfer Learning", CVPR 2018, reduced to one mean a dataset).
    ///
    /// - Parameters:
    ///   - features: samples × D.
    ///   - work: asked whether to go on, told how far it is.
    /// - Returns: D numbers.
    /// - Throws: ``FeatureError`` naming the first row that holds a NaN or an infinity; `Cancelled`.
    public static func meanFeature(of features: FeatureMatrix, work: Work = .unwatched) throws -> [Double] {
        try LabelledFeatures.checkFinite(features, of: .features, work: work)
        let sums = try RowSource(features).sums(
            of: [Int](repeating: 0, count: features.rows), classCount: 1, threads: 1, work: work)
        return sums.values.map { $0 / Double(features.rows) }
    }

    /// How far apart two embeddings are.
    public enum Distance: String, CaseIterable, Sendable {
        case euclidean
        /// 1 minus the cosine of the angle between them; 0...2.
        case cosine
        /// 1 minus Pearson's correlation of their components; 0...2.
        case correlation
        /// For diagonal Fisher vectors: 1 minus the cosine after dividing both by their sum, so that components count by
        /// how much they differ and not by their size (Achille et al., "Task2Vec: Task Embedding for Meta-Learning",
        /// ICCV 2019, §3). Components that are 0 in both do not count.
        case normalizedCosine = "normalized-cosine"

        /// The distance, `nil` where it is undefined: a vector of length 0 has no direction, a constant one no
        /// correlation.
        ///
        /// - Precondition: the two are of one length.
        public func between(_ first: [Double], _ second: [Double]) -> Double? {
            precondition(first.count == second.count)
            switch self {
            case .euclidean:
                return zip(first, second).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
            case .cosine: return Self.cosine(first, second).map { 1 - $0 }
            case .correlation: return Measures.pearson(predicted: first, actual: second).map { 1 - $0 }
            case .normalizedCosine:
                let sums = zip(first, second).map { $0 + $1 }
                func share(_ vector: [Double]) -> [Double] { zip(vector, sums).map { $1 == 0 ? 0 : $0 / $1 } }
                return Self.cosine(share(first), share(second)).map { 1 - $0 }
            }
        }

        private static func cosine(_ first: [Double], _ second: [Double]) -> Double? {
            func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
            let lengths = dot(first, first).squareRoot() * dot(second, second).squareRoot()
            return lengths > 0 ? max(-1, min(1, dot(first, second) / lengths)) : nil
        }
    }

    /// The distances between all rows of `embeddings`: rows × rows, symmetric, 0 on the diagonal, NaN where undefined.
    ///
    /// - Complexity: O(rows² · columns).
    public static func distances(
        _ embeddings: Matrix, _ distance: Distance, work: Work = .unwatched
    ) throws(Cancelled) -> Matrix {
        var result = Matrix(rows: embeddings.rows, columns: embeddings.rows)
        let vectors = (0..<embeddings.rows).map { Array(embeddings.row($0)) }
        for i in vectors.indices {
            for j in vectors.indices where j > i {
                try work.check()
                let value = distance.between(vectors[i], vectors[j]) ?? .nan
                result[i, j] = value
                result[j, i] = value
            }
        }
        return result
    }
}
