import COpenBLAS
import Foundation
import Support

/// The Gaussian process over (model, dataset) pairs, conditioned on the training records: what it expects of every model
/// on the target, and what it would have expected on each training dataset without that dataset's results.
struct PairProcess {
    /// Expected min-max normalised results on the target, a model each: the mean over the scales.
    let expected: [Double]
    /// The same, scale by scale.
    let views: [[Double]]
    /// For each record with a slot of its own, what each scale's view would have been without its dataset.
    let heldOutViews: [[Double]]
    /// Standard deviation of the result on the scale the variances were fitted on, for the target's models.
    let deviations: [Double]
    /// The same for each record with a slot of its own, without its dataset.
    let heldOutDeviations: [Double]
    /// Means on the fitted scale for the target's models.
    let latent: [Double]
    /// Posterior covariance of the target's models on the fitted scale without noise, `models × models`.
    let covariance: [Double]
    let noise: Double

    /// - Throws: ``Cancelled``.
    /// - Returns: `nil` where the covariance cannot be factored.
    init?(
        kernel: PairKernel, records: TrainingRecords, queries: PairKernel.Pairs, variances: PairKernel.Variances,
        constants: AutoConstants, work: Work
    ) throws(Cancelled) {
        let n = records.count
        let modelCount = queries.count
        let covariance = VarianceFit.covariance(kernel, records.pairs, variances: variances)
        try work.check()
        guard let cholesky = try Cholesky(covariance, count: n, work: work) else { return nil }
        let noise = variances[PairKernel.Term.noise.rawValue]
        self.noise = noise
        var cross = [Double](repeating: 0, count: modelCount * n)
        cross.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return }
            kernel.fill(
                base, rowsOf: queries, slot: records.target, rows: 0..<modelCount, with: records.pairs,
                variances: variances)
        }
        try work.check()
        let projected = try cholesky.forwardSolved(cross, columns: modelCount, work: work)
        var posterior = [Double](repeating: 0, count: modelCount * modelCount)
        posterior.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return }
            var pairs = queries
            pairs.offsets = [Int](repeating: 0, count: records.slotCount) + [modelCount]
            kernel.fill(
                base, rowsOf: pairs, slot: records.target, rows: 0..<modelCount, with: pairs, variances: variances)
        }
        cblas_dgemm(
            CblasColMajor, CblasTrans, CblasNoTrans, Int32(modelCount), Int32(modelCount), Int32(n), -1, projected,
            Int32(n), projected, Int32(n), 1, &posterior, Int32(modelCount))
        try work.check()
        let blocks = try HeldOutBlocks(cholesky, ranges: records.datasets.indices.map(records.pairs.slot), work: work)

        var views: [[Double]] = []
        var heldOutViews: [[Double]] = []
        var fitted: [Double] = []
        for scale in constants.scales.indices {
            try work.check()
            let raw = records.scaled[scale]
            let unit = max(Statistics.moments(raw[0..<records.ownCount]).deviation, 1e-9)
            let results = raw.map { $0 / unit }
            let weights = cholesky.solved(results)
            var means = [Double](repeating: 0, count: modelCount)
            cblas_dgemv(
                CblasRowMajor, CblasNoTrans, Int32(modelCount), Int32(n), unit, cross, Int32(n), weights, 1, 0, &means,
                1)
            let wayBack = records.wayBack(scale: scale)
            let spread = (0..<modelCount).map { (posterior[$0 * (modelCount + 1)] + noise) * unit * unit }
            views.append(wayBack.expectations(means, variances: spread))
            let predicted = blocks.predictions(of: results, weights: weights).map { $0 * unit }
            var heldOut: [Double] = []
            for slot in records.datasets.indices {
                let range = records.pairs.slot(slot)
                heldOut += wayBack.expectations(
                    Array(predicted[range]), variances: blocks.variances[range].map { $0 * unit * unit },
                    without: slot)
            }
            heldOutViews.append(heldOut)
            if scale == constants.fitScale { fitted = means }
        }
        self.views = views
        self.heldOutViews = heldOutViews
        expected = (0..<modelCount).map { model in
            views.reduce(0) { $0 + $1[model] } / Double(views.count)
        }
        latent = fitted
        deviations = (0..<modelCount).map { max(posterior[$0 * (modelCount + 1)] + noise, noise).squareRoot() }
        heldOutDeviations = blocks.variances[0..<records.ownCount].map { max($0, 0).squareRoot() }
        self.covariance = posterior
    }
}
