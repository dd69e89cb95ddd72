import Foundation
import Support

/// The Gaussian process over (model, dataset) pairs, conditioned on the training results: its predictions for every model
/// on the target, and for each training dataset those it would have made without that dataset's results.
///
/// What models have in common is learned from as many cases as fit (all, in most zoos); each model is then conditioned on
/// all of its own. One covariance serves several transforms of the results (``ResultTransform``).
package struct GaussianProcess: Sendable {
    package let covariance: PairCovariance
    package let training: TrainingResults
    /// The cases that entered the factor, ascending, and the factor's row of each case; -1 for the others.
    package let entered: [Int]
    package let rows: [Int32]
    let factor: BlockLowRankFactor
    /// By transform: posterior means for every model on the target, in units of ``TrainingResults/units``.
    package let latentMeans: [[Double]]
    /// Posterior variances of the same, without noise.
    package let latentVariances: [Double]
    /// By transform: predictions for each case that entered, without its dataset.
    package let heldOutMeans: [[Double]]
    /// Predictive variances of the same, noise included.
    package let heldOutVariances: [Double]

    /// - Throws: ``NumericalError/notPositiveDefinite(_:)`` where the covariance is none; `Cancelled`.
    /// - Complexity: O(n r² + m r²) for n cases that enter, m models and r columns of features.
    init(covariance: PairCovariance, training: TrainingResults, constants: AutoConstants, work: Work) throws {
        self.covariance = covariance
        self.training = training
        let models = Self.entering(training, limit: constants.caseLimit)
        let entered = models.flatMap { training.cases(of: $0) }
        self.entered = entered
        var rows = [Int32](repeating: -1, count: training.count)
        for (row, position) in entered.enumerated() { rows[position] = Int32(row) }
        self.rows = rows
        let factor = try Self.factor(covariance, training, models: models, work: work)
        self.factor = factor
        let results = training.centred.indices.map { transform in
            entered.map { training.centred[transform][$0] / training.units[transform] }
        }
        // By transform: K⁻¹ y of the cases that entered.
        let alphas = results.map { factor.solved($0) }
        try work.check()

        let heldOut = try LeaveOneGroupOut(
            factor, groups: training.casesByGroup.map { $0.compactMap { rows[$0] >= 0 ? Int(rows[$0]) : nil } },
            work: work)
        heldOutVariances = heldOut.variances
        heldOutMeans = zip(results, alphas).map { heldOut.predictions(of: $0, weights: $1) }
        (latentMeans, latentVariances) = try Self.posterior(
            covariance, training, factor: factor, weights: results.map { factor.weights($0) },
            exactLimit: constants.exactVarianceLimit, work: work
        )
    }

    /// The models whose cases enter: all, or, where these are too many, those with results near the target, and of equals
    /// some that a fixed mixture of their numbers picks.
    private static func entering(_ training: TrainingResults, limit: Int) -> [Int] {
        let withCases = (0..<training.modelCount).filter { !training.cases(of: $0).isEmpty }
        guard training.count > limit else { return withCases }
        let aggregated = Int32(training.datasets.count)
        let order = withCases.map { model -> (isFar: Int, mixed: UInt64, model: Int) in
            let first = training.groups[training.cases(of: model).lowerBound]
            return (first == aggregated ? 1 : 0, SeededGenerator.mixed(UInt64(model)), model)
        }.sorted { ($0.isFar, $0.mixed) < ($1.isFar, $1.mixed) }
        var chosen: [Int] = []
        var count = 0
        for (_, _, model) in order {
            let size = training.cases(of: model).count
            if count + size > limit { break }
            count += size
            chosen.append(model)
        }
        return chosen.sorted()
    }

    static func factor(
        _ covariance: PairCovariance, _ training: TrainingResults, models: [Int], work: Work
    ) throws -> BlockLowRankFactor {
        var offsets = [0]
        for model in models { offsets.append(offsets[offsets.count - 1] + training.cases(of: model).count) }
        var features = Matrix(rows: offsets[offsets.count - 1], columns: covariance.rank)
        features.values.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return }
            for (index, model) in models.enumerated() {
                for (place, position) in training.cases(of: model).enumerated() {
                    covariance.writeFeatures(
                        base + (offsets[index] + place) * covariance.rank, model: model,
                        group: Int(training.groups[position]), case: position)
                }
            }
        }
        try work.check()
        guard
            let factor = try BlockLowRankFactor(
                offsets: offsets, features: features, work: work,
                fill: { block, matrix in covariance.writeBlock(matrix, training, model: models[block]) })
        else { throw NumericalError.notPositiveDefinite(.resultCovariance) }
        return factor
    }

    private static func posterior(
        _ covariance: PairCovariance, _ training: TrainingResults, factor: BlockLowRankFactor, weights: [[Double]],
        exactLimit: Int, work: Work
    ) throws -> (means: [[Double]], variances: [Double]) {
        let count = training.modelCount
        let rank = covariance.rank
        let isExact = count <= exactLimit
        // Of very many models the covariance of the features' weights is taken by its diagonal.
        let diagonal = isExact ? [] : try factor.small.inverse(work: work).diagonal
        let conditional = Conditional(covariance, training)
        let size = 256
        // Where models are very many a prediction is all that is made at the time.
        let threads = isExact ? 1 : ProcessInfo.processInfo.activeProcessorCount
        let parts = try Parallel.map(Array(stride(from: 0, to: count, by: size)), threads: threads, work: work) {
            start -> (means: [[Double]], variances: [Double]) in
            let models = start..<min(start + size, count)
            var means = [[Double]](repeating: [Double](repeating: 0, count: models.count), count: weights.count)
            var variances = [Double](repeating: 0, count: models.count)
            var queries = Matrix(rows: models.count, columns: rank)
            queries.values.withUnsafeMutableBufferPointer { buffer in
                guard let base = buffer.baseAddress else { return }
                for model in models {
                    let query = base + (model - start) * rank
                    let own = conditional.write(query, model: model)
                    variances[model - start] = own.variance
                    for transform in weights.indices {
                        var sum = 0.0
                        for index in 0..<rank { sum += query[index] * weights[transform][index] }
                        for (position, weight) in zip(training.cases(of: model), own.weights) {
                            sum += weight * training.centred[transform][position] / training.units[transform]
                        }
                        means[transform][model - start] = sum
                    }
                }
            }
            if isExact {
                let whitened = try factor.small.whitened(rows: queries, work: work)
                for row in variances.indices {
                    variances[row] += whitened.row(row).reduce(0) { $0 + $1 * $1 }
                }
            } else {
                for row in variances.indices {
                    for (value, variance) in zip(queries.row(row), diagonal) {
                        variances[row] += value * value * variance
                    }
                }
            }
            return (means, variances)
        }
        var means = [[Double]](repeating: [], count: weights.count)
        var variances: [Double] = []
        variances.reserveCapacity(count)
        for part in parts {
            for transform in weights.indices { means[transform] += part.means[transform] }
            variances += part.variances
        }
        return (means, variances)
    }

    /// As ``joint(of:work:)``, with what alike models share on the target alone as further columns: what is left out where
    /// only training cases matter, and what becomes known where results on the target do.
    ///
    /// - Complexity: O(r²) a model.
    func jointOnTarget(of models: [Int], work: Work) throws -> (shared: Matrix, rest: [Double]) {
        let (whitened, rest) = try joint(of: models, work: work)
        let target = covariance.groupCount - 1
        var columns: [(part: PairCovariance.Part, index: Int, root: Double)] = []
        for part in covariance.parts {
            let left = part.rest[target, target]
            guard left > 1e-12 else { continue }
            for index in 0..<part.width { columns.append((part, index, left.squareRoot())) }
        }
        let metadata = covariance.models.metadata
        let own = covariance.ownVariance > 0 ? metadata.rank : 0
        let root = covariance.ownVariance.squareRoot()
        let width = columns.count + own
        var shared = Matrix(rows: models.count, columns: whitened.columns + width)
        var independent = rest
        for (row, model) in models.enumerated() {
            var extra: [Double] = columns.map {
                $0.root * covariance.feature($0.part, $0.index, model: model, case: nil)
            }
            for index in 0..<own { extra.append(root * metadata.features[model * metadata.rank + index]) }
            let total = extra.reduce(0) { $0 + $1 * $1 }
            // No more than the model's own cases left unknown.
            let share = total > 0 ? min(1, rest[row] / total) : 0
            independent[row] = max(0, rest[row] - share * total)
            let place = row * shared.columns
            shared.values.replaceSubrange(place..<place + whitened.columns, with: whitened.row(row))
            for (index, value) in extra.enumerated() {
                shared.values[place + whitened.columns + index] = share.squareRoot() * value
            }
        }
        return (shared, independent)
    }

    /// For some models, L⁻¹ q of the joint posterior q wᵀ + independent rest, a row a model, and the rests' variances.
    ///
    /// - Complexity: O(r²) a model.
    func joint(of models: [Int], work: Work) throws -> (whitened: Matrix, rest: [Double]) {
        let conditional = Conditional(covariance, training)
        var queries = Matrix(rows: models.count, columns: covariance.rank)
        var rest: [Double] = []
        queries.values.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return }
            for (row, model) in models.enumerated() {
                rest.append(conditional.write(base + row * covariance.rank, model: model).variance)
            }
        }
        return (try factor.small.whitened(rows: queries, work: work), rest)
    }
}

/// A model's result on the target given the features' weights w and the model's own cases: qᵀ w + Σ weight · result, and
/// what is left.
///
/// With the model's block S, features Φ and covariance k with the target: the weights are S⁻¹ k, and q the target's
/// features less Φᵀ S⁻¹ k.
struct Conditional {
    private let covariance: PairCovariance
    private let training: TrainingResults

    init(_ covariance: PairCovariance, _ training: TrainingResults) {
        self.covariance = covariance
        self.training = training
    }

    /// Writes q, and gives the weights of the model's cases and the variance that is left.
    func write(_ query: UnsafeMutablePointer<Double>, model: Int) -> (weights: [Double], variance: Double) {
        let target = covariance.groupCount - 1
        let block = PairCovariance.Block(covariance, model: model)
        var variance = block.value((target, nil), (target, nil)) + block.own(group: target)
        let cases = training.cases(of: model)
        let size = cases.count
        guard size > 0 else {
            covariance.writeFeatures(query, model: model, group: target, case: nil)
            return ([], variance)
        }
        let shared = cases.map { block.value((target, nil), (Int(training.groups[$0]), $0)) }
        var weights = [Double](repeating: 0, count: size)
        withUnsafeTemporaryAllocation(of: Double.self, capacity: size * size) { matrix in
            guard let base = matrix.baseAddress else { return }
            covariance.writeBlock(base, training, model: model)
            guard SmallCholesky.invertRoot(base, count: size) != nil else { return }
            SmallCholesky.square(base, count: size)
            for row in 0..<size {
                for column in 0..<size { weights[row] += base[row * size + column] * shared[column] }
            }
        }
        for (weight, value) in zip(weights, shared) { variance -= weight * value }
        covariance.writeResidualFeatures(query, model: model, cases: cases, groups: training.groups, weights: weights)
        return (weights, max(variance, 0))
    }
}
