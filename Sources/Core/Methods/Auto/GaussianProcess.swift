import Foundation
import Support

/// The Gaussian process over (model, dataset) pairs, conditioned on the training results: its predictions for every model
/// on the target, and for each training dataset those it would have made without that dataset's results.
///
/// One covariance serves several transforms of the results (``ResultTransform``).
struct GaussianProcess {
    /// Expected min-max normalised results on the target, a model each: the mean over the transforms.
    let predictions: [Double]
    /// The same, transform by transform.
    let byTransform: [[Double]]
    /// For each training case of a single dataset, what each transform's prediction would have been without the dataset.
    let heldOutByTransform: [[Double]]
    /// Predictive standard deviations, noise included, of the target's models, transformed as the variances were fitted.
    let deviations: [Double]
    /// The same for each training case of a single dataset, without the dataset.
    let heldOutDeviations: [Double]
    /// Posterior means of the latent function for the target's models, transformed as the variances were fitted.
    let latentMean: [Double]
    /// The posterior covariance of the same, `models × models`.
    let latentCovariance: [Double]
    let noiseVariance: Double

    /// - Throws: ``NumericalError/notPositiveDefinite(_:)`` where the covariance is none; ``Cancelled``.
    /// - Complexity: O(n³ + m n² + m² n) for n training cases and m models.
    init(
        kernel: PairKernel, training: TrainingResults, queries: PairKernel.Pairs, variances: PairKernel.Variances,
        constants: AutoConstants, work: Work
    ) throws {
        let n = training.count
        let modelCount = queries.count
        guard let factor = try kernel.factor(training.pairs, variances: variances, work: work) else {
            throw NumericalError.notPositiveDefinite(.resultCovariance)
        }
        let noise = variances[.noise]
        noiseVariance = noise
        var cross = Matrix(rows: modelCount, columns: n)
        cross.values.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return }
            kernel.fill(
                base, rowsOf: queries, group: training.target, rows: 0..<modelCount, with: training.pairs,
                variances: variances)
        }
        try work.check()
        let projected = try factor.whitened(rows: cross, work: work)
        var posterior = [Double](repeating: 0, count: modelCount * modelCount)
        posterior.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return }
            var pairs = queries
            pairs.offsets = [Int](repeating: 0, count: training.groupCount) + [modelCount]
            kernel.fill(
                base, rowsOf: pairs, group: training.target, rows: 0..<modelCount, with: pairs, variances: variances)
        }
        LinearAlgebra.gemm(
            m: modelCount, n: modelCount, k: n, alpha: -1, projected.values, projected.values, transposeB: true,
            beta: 1, into: &posterior)
        try work.check()
        let leaveOneGroupOut = try LeaveOneGroupOut(
            factor, groups: training.datasets.indices.map(training.pairs.group), work: work)

        var byTransform: [[Double]] = []
        var heldOutByTransform: [[Double]] = []
        var fitted: [Double] = []
        for transform in constants.transforms.indices {
            try work.check()
            let raw = training.transformed[transform]
            let unit = max(Statistics.moments(raw[0..<training.singleCount]).deviation, 1e-9)
            let results = raw.map { $0 / unit }
            let weights = factor.solved(results)
            let means = LinearAlgebra.product(cross, weights, alpha: unit)
            let inverseTransform = training.inverseTransform(transform)
            let predictive = (0..<modelCount).map { (posterior[$0 * (modelCount + 1)] + noise) * unit * unit }
            byTransform.append(inverseTransform.expectations(means, variances: predictive))
            let predicted = leaveOneGroupOut.predictions(of: results, weights: weights).map { $0 * unit }
            var heldOut: [Double] = []
            for group in training.datasets.indices {
                let range = training.pairs.group(group)
                heldOut += inverseTransform.expectations(
                    Array(predicted[range]), variances: leaveOneGroupOut.variances[range].map { $0 * unit * unit },
                    without: group)
            }
            heldOutByTransform.append(heldOut)
            if transform == constants.fitTransform { fitted = means }
        }
        self.byTransform = byTransform
        self.heldOutByTransform = heldOutByTransform
        predictions = (0..<modelCount).map { model in
            byTransform.reduce(0) { $0 + $1[model] } / Double(byTransform.count)
        }
        latentMean = fitted
        deviations = (0..<modelCount).map { max(posterior[$0 * (modelCount + 1)] + noise, noise).squareRoot() }
        heldOutDeviations = leaveOneGroupOut.variances[0..<training.singleCount].map { max($0, 0).squareRoot() }
        latentCovariance = posterior
    }
}
