import Support

/// A kernel over many items as inner products of a few features, and what these leave out on the diagonal.
///
/// The features are the first columns of a Cholesky factor with diagonal pivoting (Fine and Scheinberg, "Efficient SVM
/// training using low-rank kernel representations", JMLR 2001): of the kernel K only its diagonal and the rows of the
/// pivots are looked at.
package struct LowRankKernel: Sendable {
    package let count: Int
    package let rank: Int
    /// `count × rank`, the features that tell most first.
    package let features: [Double]
    /// K(i, i) less the features' squares; 0 at least.
    package let residuals: [Double]
    /// The item of each feature, in whose features all later ones are 0; empty for features that were given.
    package let pivots: [Int]

    /// - Parameters:
    ///   - rank: the number of features at most.
    ///   - tolerance: it stops where no diagonal residual is larger.
    ///   - row: K(pivot, i) for every item i.
    /// - Throws: `Cancelled`.
    /// - Complexity: O(count · rank²) and a row of the kernel for each feature.
    package init(
        diagonal: [Double], rank limit: Int, tolerance: Double = 1e-3, work: Work, row: (Int) -> [Double]
    ) throws(Cancelled) {
        count = diagonal.count
        var residuals = diagonal
        var columns: [[Double]] = []
        var pivots: [Int] = []
        while columns.count < min(limit, count) {
            try work.check()
            var pivot = 0
            for item in 1..<max(count, 1) where residuals[item] > residuals[pivot] { pivot = item }
            guard residuals[pivot] > tolerance else { break }
            var column = row(pivot)
            for other in columns {
                let weight = other[pivot]
                if weight == 0 { continue }
                for item in 0..<count { column[item] -= other[item] * weight }
            }
            let root = residuals[pivot].squareRoot()
            for item in 0..<count {
                column[item] /= root
                residuals[item] = max(0, residuals[item] - column[item] * column[item])
            }
            residuals[pivot] = 0
            columns.append(column)
            pivots.append(pivot)
        }
        rank = columns.count
        var features = [Double](repeating: 0, count: count * columns.count)
        for (index, column) in columns.enumerated() {
            for item in 0..<count { features[item * columns.count + index] = column[item] }
        }
        self.features = features
        self.residuals = residuals
        self.pivots = pivots
    }

    /// What the kernel's values between an item and the pivots are weighted by, where its features are by `weights`.
    ///
    /// - Complexity: O(rank²).
    package func pivotWeights(_ weights: ArraySlice<Double>) -> [Double] {
        var result = Array(weights)
        for index in stride(from: rank - 1, through: 0, by: -1) {
            for later in index + 1..<max(rank, index + 1) {
                result[index] -= features[pivots[later] * rank + index] * result[later]
            }
            result[index] /= features[pivots[index] * rank + index]
        }
        return result
    }

    /// Features that are given, with nothing left out.
    package init(count: Int, features: [Double], rank: Int) {
        precondition(features.count == count * rank, "a row an item")
        self.count = count
        self.rank = rank
        self.features = features
        residuals = [Double](repeating: 0, count: count)
        pivots = []
    }

    /// The same with its features turned so that as few as `rank` keep as much of the kernel as they can: by the principal
    /// axes of the features; what the others said of the diagonal is left out with the rest.
    ///
    /// - Complexity: O(count · rank²).
    package func condensed(to limit: Int) throws(NumericalError) -> LowRankKernel {
        guard limit < rank else { return self }
        let eigen = try LinearAlgebra.symmetricEigen(
            LinearAlgebra.gram(Matrix(rows: count, columns: rank, values: features)))
        var axes = Matrix(rows: rank, columns: limit)
        for column in 0..<limit {
            let axis = eigen.vectors.row(rank - 1 - column)
            for (row, value) in axis.enumerated() { axes[row, column] = value }
        }
        let turned = LinearAlgebra.product(Matrix(rows: count, columns: rank, values: features), axes).values
        var residuals = residuals
        for item in 0..<count {
            var lost = 0.0
            for value in features[item * rank..<(item + 1) * rank] { lost += value * value }
            for value in turned[item * limit..<(item + 1) * limit] { lost -= value * value }
            residuals[item] += max(lost, 0)
        }
        return LowRankKernel(count: count, rank: limit, features: turned, residuals: residuals, pivots: [])
    }

    /// The same with its first features only; what the others said of the diagonal is left out with the rest.
    func truncated(to rank: Int) -> LowRankKernel {
        guard rank < self.rank else { return self }
        var features: [Double] = []
        features.reserveCapacity(count * rank)
        var residuals = residuals
        for item in 0..<count {
            let own = self.features[item * self.rank..<(item + 1) * self.rank]
            features += own.prefix(rank)
            for value in own.dropFirst(rank) { residuals[item] += value * value }
        }
        return LowRankKernel(count: count, rank: rank, features: features, residuals: residuals, pivots: pivots)
    }

    private init(count: Int, rank: Int, features: [Double], residuals: [Double], pivots: [Int]) {
        self.pivots = Array(pivots.prefix(rank))
        self.count = count
        self.rank = rank
        self.features = features
        self.residuals = residuals
    }
}
