import Support

/// What a Gaussian process would have predicted for each group of its training cases from all other groups, in closed
/// form (Rasmussen and Williams, section 5.4.2, with groups in place of single cases; scikit-learn's `LeaveOneGroupOut`).
///
/// With P = K⁻¹, group b and results y: the prediction is y_b - P_bb⁻¹ (P y)_b and its covariance P_bb⁻¹.
package struct LeaveOneGroupOut {
    /// For each training case the predictive variance, noise included.
    package let variances: [Double]
    private let groups: [(range: Range<Int>, factor: CholeskyFactor)]

    /// - Parameters:
    ///   - factor: of the training cases' covariance K.
    ///   - groups: of training cases, disjoint and ascending.
    /// - Throws: ``NumericalError/notPositiveDefinite(_:)`` where a group's P_bb has no factor; ``Cancelled``.
    /// - Complexity: O(n³) for n cases, a third of a product of matrices of that size, and O(n b²) for a group of b.
    package init(_ factor: CholeskyFactor, groups: [Range<Int>], work: Work) throws {
        let inverse = try factor.inverse(work: work)
        var variances = [Double](repeating: 0, count: factor.count)
        var factors: [(range: Range<Int>, factor: CholeskyFactor)] = []
        for range in groups where !range.isEmpty {
            guard let own = try CholeskyFactor(inverse.block(range), count: range.count, work: work) else {
                throw NumericalError.notPositiveDefinite(.datasetPrecision)
            }
            variances.replaceSubrange(range, with: try own.inverse(work: work).diagonal)
            factors.append((range, own))
        }
        self.variances = variances
        self.groups = factors
    }

    /// The predictions for `results`, whose weights K⁻¹ y are `weights`; zero outside all groups.
    package func predictions(of results: [Double], weights: [Double]) -> [Double] {
        var predictions = [Double](repeating: 0, count: results.count)
        for (range, factor) in groups {
            for (position, change) in zip(range, factor.solved(Array(weights[range]))) {
                predictions[position] = results[position] - change
            }
        }
        return predictions
    }
}
