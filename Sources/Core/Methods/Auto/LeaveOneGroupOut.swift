import Foundation
import Support

/// What a Gaussian process would have predicted for each group of its training cases from all other groups, in closed
/// form (Rasmussen and Williams, section 5.4.2, with groups in place of single cases; scikit-learn's `LeaveOneGroupOut`).
///
/// With P = K⁻¹, group b and results y: the prediction is y_b - P_bb⁻¹ (P y)_b and its covariance P_bb⁻¹.
package struct LeaveOneGroupOut {
    /// For each training case the predictive variance, noise included; 0 outside all groups.
    package let variances: [Double]
    private let groups: [Group]

    /// P_bb = D - A Aᵀ, with what its inverse needs: its own factor, or, where the group is larger than A is wide, that
    /// inverse as D⁻¹ + E Eᵀ.
    private enum Group {
        case factored([Int], CholeskyFactor)
        case lowRank([Int], inverseDiagonal: [Double], Matrix)
    }

    /// - Parameters:
    ///   - factor: of the training cases' covariance K.
    ///   - groups: the rows of each group, no two of one block.
    /// - Throws: ``NumericalError/notPositiveDefinite(_:)`` where a group's P_bb has no factor; `Cancelled`.
    /// - Complexity: O(n min(b, r)²) for n cases in groups of b and r columns of features.
    package init(_ factor: BlockLowRankFactor, groups: [[Int]], work: Work) throws {
        let diagonal = factor.blockDiagonal
        let rank = factor.rank
        var variances = [Double](repeating: 0, count: factor.count)
        var made: [Group] = []
        for rows in groups where !rows.isEmpty {
            try work.check()
            var own = Matrix(rows: rows.count, columns: rank)
            for (place, row) in rows.enumerated() {
                own.values.replaceSubrange(place * rank..<(place + 1) * rank, with: factor.whitened.row(row))
            }
            if Double(rows.count) <= 1.5 * Double(rank) {
                var precision = LinearAlgebra.gram(own, ofRows: true)
                for index in precision.values.indices { precision.values[index] = -precision.values[index] }
                for (place, row) in rows.enumerated() { precision[place, place] += diagonal[row] }
                let root = try Self.root(precision, work: work)
                for (row, variance) in zip(rows, try root.inverse(work: work).diagonal) { variances[row] = variance }
                made.append(.factored(rows, root))
            } else {
                let inverse = rows.map { 1 / diagonal[$0] }
                var scaled = own
                for place in rows.indices {
                    let factor = inverse[place].squareRoot()
                    for column in 0..<rank { scaled[place, column] *= factor }
                }
                var inner = LinearAlgebra.gram(scaled)
                for index in inner.values.indices { inner.values[index] = -inner.values[index] }
                for index in 0..<rank { inner[index, index] += 1 }
                let root = try Self.root(inner, work: work)
                for place in rows.indices { for column in 0..<rank { own[place, column] *= inverse[place] } }
                let extra = try root.whitened(rows: own, work: work)
                for (place, row) in rows.enumerated() {
                    variances[row] = inverse[place] + extra.row(place).reduce(0) { $0 + $1 * $1 }
                }
                made.append(.lowRank(rows, inverseDiagonal: inverse, extra))
            }
        }
        self.variances = variances
        self.groups = made
    }

    private static func root(_ matrix: Matrix, work: Work) throws -> CholeskyFactor {
        guard
            let root = try CholeskyFactor(
                matrix.values, count: matrix.rows, jitter: [0, 1e-10, 1e-8, 1e-6], work: work)
        else { throw NumericalError.notPositiveDefinite(.datasetPrecision) }
        return root
    }

    /// The predictions for `results`, whose weights K⁻¹ y are `weights`; zero outside all groups.
    package func predictions(of results: [Double], weights: [Double]) -> [Double] {
        var predictions = [Double](repeating: 0, count: results.count)
        for group in groups {
            let (rows, changes) =
                switch group {
                case .factored(let rows, let root): (rows, root.solved(rows.map { weights[$0] }))
                case .lowRank(let rows, let inverse, let extra):
                    (rows, Self.changes(rows.map { weights[$0] }, inverse, extra))
                }
            for (row, change) in zip(rows, changes) { predictions[row] = results[row] - change }
        }
        return predictions
    }

    private static func changes(_ weights: [Double], _ inverse: [Double], _ extra: Matrix) -> [Double] {
        let inner = LinearAlgebra.product(extra, transposed: true, weights)
        let change = LinearAlgebra.product(extra, inner)
        return weights.indices.map { inverse[$0] * weights[$0] + change[$0] }
    }
}
