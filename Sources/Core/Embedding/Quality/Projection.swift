/// An embedding seen in the plane: its vectors along the two directions in which they vary most
/// (principal component analysis; Hotelling 1933).
public struct Projection: Sendable, Equatable {
    /// Each node's place, along the first component and the second.
    public let points: [SIMD2<Double>]
    /// The share of the vectors' variance that lies along each of the two, 0 to 1.
    public let explainedVariance: SIMD2<Double>

    /// - Throws: ``EmbeddingError/notFinite``, or ``NumericalError``.
    /// - Complexity: O(n · dimension · s + s³), where s is the smaller of n and the dimension.
    public init(of embedding: Embedding) throws {
        let dimension = embedding.dimension
        let count = embedding.nodeCount
        var centred = embedding.vectors.map(Double.init)
        for component in 0..<dimension {
            var mean = 0.0
            for node in 0..<count { mean += centred[node * dimension + component] }
            mean /= Double(max(1, count))
            for node in 0..<count { centred[node * dimension + component] -= mean }
        }
        // X·Xᵀ has the same eigenvalues as the covariance Xᵀ·X, and is the smaller where there are fewer nodes than
        // components; an eigenvector u of it is the direction Xᵀ·u.
        let isDual = count > 0 && count < dimension
        let products = LinearAlgebra.gram(
            Matrix(rows: count, columns: dimension, values: centred), ofRows: isDual)
        let size = products.rows
        let trace = (0..<size).reduce(0) { $0 + products[$1, $1] }
        guard trace.isFinite else {
            throw EmbeddingError.notFinite
        }
        let eigen = try LinearAlgebra.symmetricEigen(products)
        let values = eigen.values
        // The values ascend.
        let components = (0..<2).map { rank -> [Double] in
            guard rank < size, values[size - 1 - rank] > 1e-12 * trace else {
                return [Double](repeating: 0, count: dimension)
            }
            var vector = Array(eigen.vectors.row(size - 1 - rank))
            if isDual {
                let length = values[size - 1 - rank].squareRoot()
                vector = (0..<dimension).map { component in
                    (0..<count).reduce(0) { $0 + centred[$1 * dimension + component] * vector[$1] } / length
                }
            }
            // An eigenvector's sign is left open; the component of the largest size is made positive.
            let largest = vector.max { abs($0) < abs($1) } ?? 0
            return largest < 0 ? vector.map { -$0 } : vector
        }
        func place(_ node: Int, along vector: [Double]) -> Double {
            var sum = 0.0
            for component in 0..<dimension { sum += centred[node * dimension + component] * vector[component] }
            return sum
        }
        points = (0..<count).map { SIMD2(place($0, along: components[0]), place($0, along: components[1])) }
        func share(_ rank: Int) -> Double {
            rank < size && trace > 0 ? max(0, values[size - 1 - rank]) / trace : 0
        }
        explainedVariance = SIMD2(share(0), share(1))
    }
}
