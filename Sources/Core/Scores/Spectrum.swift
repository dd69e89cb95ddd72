import Support

/// The left singular vectors of a feature matrix X, as far as scores need them: how the classes lie along them.
///
/// Found from the smaller of XᵀX and XXᵀ, so that X itself (N × D) is never held or decomposed.
struct Spectrum: Sendable {
    /// The eigenvalues of XᵀX (squared singular values of X), by size; D of them for N > D, else N.
    let values: [Double]
    /// How many of `values` are more than rounding: above the largest times their number times the machine precision.
    let rank: Int
    /// (uₖ·e_c)² for each value k and class c, uₖ the k-th left singular vector and e_c the class's 0/1 indicator;
    /// values × classes. For N > D those beyond the rank, which have no uₖ, are 0.
    let projections: Matrix

    /// From the eigenvectors of XᵀX and the classes' sums of rows (classes × D).
    init(ofColumns eigen: LinearAlgebra.SymmetricEigen, classSums: Matrix) {
        let order = eigen.values.indices.sorted { abs(eigen.values[$0]) > abs(eigen.values[$1]) }
        values = order.map { abs(eigen.values[$0]) }
        rank = Self.rank(values)
        let sums = LinearAlgebra.product(eigen.vectors, classSums, transposeB: true)
        var projections = Matrix(rows: values.count, columns: classSums.rows)
        for k in 0..<rank {
            for index in 0..<classSums.rows {
                let projected = sums[order[k], index]
                projections[k, index] = projected * projected / values[k]
            }
        }
        self.projections = projections
    }

    /// From the eigenvectors of XXᵀ and the class of each row.
    init(ofRows eigen: LinearAlgebra.SymmetricEigen, classes: [Int], classCount: Int) {
        let order = eigen.values.indices.sorted { abs(eigen.values[$0]) > abs(eigen.values[$1]) }
        values = order.map { abs(eigen.values[$0]) }
        rank = Self.rank(values)
        var projections = Matrix(rows: values.count, columns: classCount)
        for k in values.indices {
            for (index, component) in zip(classes, eigen.vectors.row(order[k])) { projections[k, index] += component }
            for index in 0..<classCount { projections[k, index] *= projections[k, index] }
        }
        self.projections = projections
    }

    /// From the eigenvectors of XXᵀ and a number for each row, in place of the classes' indicators.
    init(ofRows eigen: LinearAlgebra.SymmetricEigen, weights: [Double]) {
        let order = eigen.values.indices.sorted { abs(eigen.values[$0]) > abs(eigen.values[$1]) }
        values = order.map { abs(eigen.values[$0]) }
        rank = Self.rank(values)
        var projections = Matrix(rows: values.count, columns: 1)
        for k in values.indices {
            var sum = 0.0
            for (weight, component) in zip(weights, eigen.vectors.row(order[k])) { sum += weight * component }
            projections[k, 0] = sum * sum
        }
        self.projections = projections
    }

    static func decompose(_ gram: Matrix, work: Work) throws -> LinearAlgebra.SymmetricEigen {
        // Below this size it takes less than the 50 ms that anybody waits for.
        guard gram.rows > 300 else { return try LinearAlgebra.symmetricEigen(gram) }
        return try abandonable(work) { try LinearAlgebra.symmetricEigen(gram) }
    }

    private static func rank(_ values: [Double]) -> Int {
        let smallest = (values.first ?? 0) * Double(values.count) * .ulpOfOne
        return values.prefix { $0 > smallest }.count
    }
}
