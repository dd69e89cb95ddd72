import Support

/// The covariance function of (model, dataset) pairs: a sum of terms, each a variance times a kernel of the two models
/// times a kernel of the two datasets (Rasmussen and Williams, "Gaussian Processes for Machine Learning", section 4.2.4).
///
/// Pairs are held by group: a group is a dataset, several aggregated into one, or the target.
public struct PairKernel: Sendable {
    /// The terms of the sum. The kernels of models are those of ``ModelKernels`` and ``ScoreFeatures``; those of datasets
    /// are constant where a case names none, else by distance, by description (``DatasetKernels``), or one dataset's own.
    public enum Term: Int, Sendable, CaseIterable {
        /// Models of similar metadata, on all datasets.
        case metadata
        /// One model, on all datasets.
        case identity
        /// Models of similar metadata, on datasets close to each other.
        case metadataByDistance
        /// One model, on datasets close to each other.
        case identityByDistance
        /// Models of similar metadata, on datasets of similar size and classes.
        case metadataByDescription
        /// Models of similar metadata, on one dataset.
        case metadataByDataset
        /// Independent noise of each result.
        case noise
        /// Linear in the transferability scores, on all datasets.
        case scores
        /// Linear in the transferability scores, on datasets close to each other.
        case scoresByDistance
        /// Linear in the transferability scores, on one dataset.
        case scoresByDataset
        /// Models with similar scores on all datasets, on all datasets.
        case profile
        /// Models with similar scores on all datasets, on datasets close to each other.
        case profileByDistance
        /// Linear in the models' size, input and output, on all datasets.
        case linear
        /// Linear in the models' size, input and output, on datasets close to each other.
        case linearByDistance
    }

    /// Where the variances of an ``Auto`` start: fractions of the variance of the results. They are the geometric means
    /// of what the marginal likelihood alone chose on the published image and text zoos.
    public static let priorVariances = Variances { term in
        switch term {
        case .metadata: 0.18
        case .identity: 0.033
        case .metadataByDistance: 0.17
        case .identityByDistance: 0.04
        case .metadataByDescription: 0.15
        case .metadataByDataset: 0.048
        case .noise: 0.13
        case .scores: 0.084
        case .scoresByDistance: 0.027
        case .scoresByDataset: 0.013
        case .profile: 0.088
        case .profileByDistance: 0.046
        case .linear: 0.041
        case .linearByDistance: 0.02
        }
    }

    /// The kernels of two models, `modelCount × modelCount` each.
    let modelCount: Int
    let metadata: [Double]
    let linear: [Double]
    let profile: [Double]
    /// The kernels of two groups, `groupCount × groupCount` each.
    let groupCount: Int
    let distance: [Double]
    let description: [Double]
    /// The number of scores a pair has, at least 1.
    let scoreCount: Int

    /// (Model, group) pairs grouped by group, each with its standardised scores.
    struct Pairs {
        var models: [Int32] = []
        /// `groupCount + 1` positions.
        var offsets: [Int] = [0]
        /// `count × scoreCount`.
        var scores: [Double] = []
        /// What the noise variance is multiplied by: 1 for a single result.
        var noise: [Double] = []

        var count: Int { models.count }
        func group(_ index: Int) -> Range<Int> { offsets[index]..<offsets[index + 1] }
    }

    /// What each kernel of models is multiplied by for two groups.
    private struct Coefficients {
        var metadata: Double
        var identity: Double
        var profile: Double
        var linear: Double
        var scores: Double

        init(_ variances: Variances, distance: Double, description: Double, isSame: Bool) {
            metadata =
                variances[.metadata] + variances[.metadataByDistance] * distance
                + variances[.metadataByDescription] * description + (isSame ? variances[.metadataByDataset] : 0)
            identity = variances[.identity] + variances[.identityByDistance] * distance
            profile = variances[.profile] + variances[.profileByDistance] * distance
            linear = variances[.linear] + variances[.linearByDistance] * distance
            scores =
                variances[.scores] + variances[.scoresByDistance] * distance
                + (isSame ? variances[.scoresByDataset] : 0)
        }
    }

    /// Writes the covariance of rows `rows` of `a` with all of `b` into `matrix`, row by row of width `b.count`.
    ///
    /// - Parameter fromDiagonal: for `a` and `b` the same: whether only the entries from the diagonal on are wanted.
    /// - Complexity: O(|rows| n).
    func fill(
        _ matrix: UnsafeMutablePointer<Double>, rowsOf a: Pairs, group: Int, rows: Range<Int>, with b: Pairs,
        variances: Variances, fromDiagonal: Bool = false
    ) {
        let width = b.count
        for other in 0..<min(groupCount, b.offsets.count - 1) {
            let columns = b.group(other)
            if columns.isEmpty || (fromDiagonal && columns.upperBound <= rows.lowerBound) { continue }
            let k = Coefficients(
                variances, distance: distance[group * groupCount + other],
                description: description[group * groupCount + other], isSame: group == other)
            let perScore = k.scores / Double(max(scoreCount, 1))
            for row in rows {
                let model = Int(a.models[row])
                let base = model * modelCount
                let line = matrix + (row - rows.lowerBound) * width
                let first = fromDiagonal ? max(columns.lowerBound, row) : columns.lowerBound
                if first >= columns.upperBound { continue }
                for column in first..<columns.upperBound {
                    let otherModel = Int(b.models[column])
                    let position = base + otherModel
                    var value = k.metadata * metadata[position] + k.linear * linear[position]
                    value += k.profile * profile[position]
                    if model == otherModel { value += k.identity }
                    for score in 0..<scoreCount {
                        value += perScore * a.scores[row * scoreCount + score] * b.scores[column * scoreCount + score]
                    }
                    line[column] = value
                }
            }
        }
    }

    /// For each term, the sum over all pairs i ≤ j of `weights[i, j]` times the derivative of the covariance with respect to
    /// the term's variance.
    ///
    /// - Parameter weights: `n × n`, row by row; entries below the diagonal are not read.
    func contracted(_ pairs: Pairs, weights: UnsafePointer<Double>) -> Variances {
        var sums = Variances { _ in 0 }
        let n = pairs.count
        for group in 0..<groupCount {
            for other in group..<groupCount {
                let columns = pairs.group(other)
                var part = (metadata: 0.0, identity: 0.0, profile: 0.0, linear: 0.0, scores: 0.0)
                for row in pairs.group(group) {
                    let model = Int(pairs.models[row])
                    for column in max(columns.lowerBound, row)..<max(columns.upperBound, row) {
                        let weight = weights[row * n + column]
                        let otherModel = Int(pairs.models[column])
                        let position = model * modelCount + otherModel
                        part.metadata += weight * metadata[position]
                        part.profile += weight * profile[position]
                        part.linear += weight * linear[position]
                        if model == otherModel { part.identity += weight }
                        var product = 0.0
                        for score in 0..<scoreCount {
                            product +=
                                pairs.scores[row * scoreCount + score] * pairs.scores[column * scoreCount + score]
                        }
                        part.scores += weight * product
                    }
                }
                part.scores /= Double(max(scoreCount, 1))
                let distance = distance[group * groupCount + other]
                sums[.metadata] += part.metadata
                sums[.metadataByDistance] += part.metadata * distance
                sums[.metadataByDescription] += part.metadata * description[group * groupCount + other]
                sums[.identity] += part.identity
                sums[.identityByDistance] += part.identity * distance
                sums[.profile] += part.profile
                sums[.profileByDistance] += part.profile * distance
                sums[.linear] += part.linear
                sums[.linearByDistance] += part.linear * distance
                sums[.scores] += part.scores
                sums[.scoresByDistance] += part.scores * distance
                if group == other {
                    sums[.metadataByDataset] += part.metadata
                    sums[.scoresByDataset] += part.scores
                }
            }
        }
        for index in 0..<n { sums[.noise] += weights[index * n + index] * pairs.noise[index] }
        return sums
    }

    /// The Cholesky factor of the pairs' covariance with their noise.
    ///
    /// - Throws: ``Cancelled``.
    /// - Returns: `nil` where the covariance is not positive definite with the largest jitter, or not finite.
    /// - Complexity: O(n³).
    func factor(_ pairs: Pairs, variances: Variances, work: Work) throws(Cancelled) -> CholeskyFactor? {
        let covariance = covariance(pairs, variances: variances)
        try work.check()
        return try CholeskyFactor(covariance, count: pairs.count, jitter: Self.jitter, work: work)
    }

    /// What is added to the diagonal of a covariance before it is factored, in this order until it can be.
    static let jitter = [1e-6, 1e-5, 1e-4, 1e-3, 1e-2]

    /// The covariance matrix of `pairs` with their noise, `n × n`, filled from the diagonal on.
    ///
    /// - Complexity: O(n²).
    private func covariance(_ pairs: Pairs, variances: Variances) -> [Double] {
        let n = pairs.count
        var matrix = [Double](repeating: 0, count: n * n)
        matrix.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return }
            for group in 0..<groupCount {
                let rows = pairs.group(group)
                if rows.isEmpty { continue }
                fill(
                    base + rows.lowerBound * n, rowsOf: pairs, group: group, rows: rows, with: pairs,
                    variances: variances, fromDiagonal: true)
            }
            for index in 0..<n { base[index * n + index] += variances[.noise] * pairs.noise[index] }
        }
        return matrix
    }
}
