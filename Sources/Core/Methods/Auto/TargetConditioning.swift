import Foundation
import Support

/// Conditions what ``Auto`` predicts of a target on the results that are known of it.
///
/// Relative to the dataset's other results, z is normal with the predicted means and a covariance that is learned from the
/// errors on other datasets (``ResultCovariance``); a result is level + spread · z (``ResultScale``). Given the spread all
/// is normal, and the known results give each spread of the grid its posterior weight.
///
/// A run that fails says little of other models: a known result that lies more than ``mostBelow`` deviations below what all
/// other known ones let expect is taken to lie that far below (winsorising; Huber, "Robust Statistics", 1981).
struct TargetConditioning {
    let covariance: ResultCovariance
    /// The predicted means of z, by model.
    let means: [Double]
    /// The line to units that the other datasets tell.
    let priorScale: ResultScale
    let metric: DatasetMetric
    let seed: UInt64
    let target: Int
    let sampledModels: Int
    /// How wide the 80 % intervals are where results are known, as a share of a normal distribution's.
    let width: ReplayedWidth

    static let mostBelow = 3.0
    private var deviations: [Double] { covariance.deviations }

    /// What one spread makes of the known results.
    private struct Given {
        let spread: Double
        var weight: Double
        /// K⁻¹ of the known results' covariance, and K⁻¹ (results - means).
        let factor: CholeskyFactor?
        let alpha: [Double]
        /// The known results less their means, as they are taken in.
        let rest: [Double]
    }

    /// - Parameter all: results of models, each at most once; of very many ``RevealedResult/representatives(_:)`` count.
    /// - Throws: ``NumericalError``; `Cancelled`.
    /// - Complexity: O(m (r k + g k²)) for m models, k known results, r columns of features and g spreads.
    func distribution(given all: [RevealedResult], work: Work) throws -> TargetDistribution {
        let known = RevealedResult.representatives(all).sorted { $0.model < $1.model }
        let models = known.map(\.model)
        let results = known.map(\.value)
        let scale =
            known.isEmpty || priorScale.isOfTheMetric
            ? priorScale : ResultScale(around: known, means: models.map { means[$0] }, metric: metric)
        let own = try covariance.joint(of: models, work: work)
        var between = LinearAlgebra.gram(own.shared, ofRows: true)
        for index in known.indices { between[index, index] += own.rest[index] }
        let given = try givens(between, models: models, results: results, scale: scale, work: work)
        let cross = try cross(own.shared, known: known, work: work)
        var components: [TargetDistribution.Component] = []
        var level = 0.0
        var spread = 0.0
        for item in given {
            try work.check()
            let component = try component(item, known: known, cross: cross, scale: scale, work: work)
            components.append(component)
            spread += item.weight * item.spread
            level += item.weight * (scale.level.mean + scale.level.variance * item.alpha.reduce(0, +))
        }
        let isKnown = Dictionary(uniqueKeysWithValues: all.map { ($0.model, $0.value) })
        let open = means.indices.filter { isKnown[$0] == nil }
        var mixedMeans = [Double](repeating: 0, count: means.count)
        var mixedDeviations = mixedMeans
        for model in means.indices {
            if let value = isKnown[model] {
                mixedMeans[model] = value
                continue
            }
            var square = 0.0
            for component in components {
                mixedMeans[model] += component.weight * component.means[model]
                square +=
                    component.weight
                    * (component.variances[model] + component.means[model] * component.means[model])
            }
            mixedDeviations[model] = max(square - mixedMeans[model] * mixedMeans[model], 0).squareRoot()
        }
        let samples = try samples(
            given, known: known, open: open, own: own, cross: cross, means: mixedMeans, deviations: mixedDeviations,
            scale: scale, work: work)
        return TargetDistribution(
            means: mixedMeans, deviations: mixedDeviations, tried: isKnown.keys.sorted(), best: isKnown.values.max(),
            samples: samples, components: components, level: level, spread: spread,
            intervalShare: known.isEmpty ? nil : width.share)
    }

    private func givens(
        _ between: Matrix, models: [Int], results: [Double], scale: ResultScale, work: Work
    ) throws -> [Given] {
        let count = models.count
        var given: [Given] = []
        var evidence: [Double] = []
        for (spread, prior) in scale.grid {
            if count == 0 {
                given.append(Given(spread: spread, weight: prior, factor: nil, alpha: [], rest: []))
                evidence.append(log(prior))
                continue
            }
            var covariance = between
            for index in covariance.values.indices {
                covariance.values[index] = scale.level.variance + spread * spread * covariance.values[index]
            }
            guard let factor = CholeskyFactor(covariance) else { continue }
            let rest = models.indices.map { results[$0] - scale.level.mean - spread * means[models[$0]] }
            let (surprises, taken) = try factor.winsorised(rest, below: -Self.mostBelow, work: work)
            given.append(
                Given(
                    spread: spread, weight: prior, factor: factor, alpha: factor.backSubstituted(surprises), rest: taken
                ))
            evidence.append(
                log(prior) - (surprises.reduce(0) { $0 + $1 * $1 } + factor.logDeterminant) / 2)
        }
        guard let most = evidence.max(), most.isFinite else {
            throw NumericalError.notPositiveDefinite(.resultCovariance)
        }
        let weights = evidence.map { exp($0 - most) }
        // What weighs next to nothing is not worth a mean and a variance of every model.
        let kept = given.indices.filter { weights[$0] > 1e-3 }
        let total = kept.reduce(0) { $0 + weights[$1] }
        return kept.map { index in
            var item = given[index]
            item.weight = weights[index] / total
            return item
        }
    }

    /// The covariance of z between every model and those whose results are known. Of very many models those that cannot be
    /// the best move with the level alone: they share the last row, of zeros.
    private struct CrossCovariance {
        var rows: [Int]
        var values: Matrix
    }

    private func cross(_ own: Matrix, known: [RevealedResult], work: Work) throws -> CrossCovariance {
        let active =
            known.isEmpty
            ? []
            : PosteriorSamples.candidates(
                Array(means.indices), means: means, deviations: deviations,
                limit: max(4 * sampledModels, Outlook.mostModels))
        var result = CrossCovariance(
            rows: [Int](repeating: active.count, count: means.count),
            values: Matrix(rows: active.count + 1, columns: known.count))
        for (row, model) in active.enumerated() { result.rows[model] = row }
        let size = 512
        for start in stride(from: 0, to: active.count, by: size) {
            try work.check()
            let models = Array(active[start..<min(start + size, active.count)])
            let products = LinearAlgebra.product(
                try covariance.joint(of: models, work: work).shared, own, transposeB: true)
            for row in models.indices {
                for column in known.indices { result.values[start + row, column] = products[row, column] }
            }
        }
        return result
    }

    private func component(
        _ given: Given, known: [RevealedResult], cross: CrossCovariance, scale: ResultScale, work: Work
    ) throws -> TargetDistribution.Component {
        let square = given.spread * given.spread
        var values = means.map { scale.level.mean + given.spread * $0 }
        var variances = deviations.map { scale.level.variance + square * $0 * $0 }
        if let factor = given.factor {
            var covariances = cross.values
            for index in covariances.values.indices {
                covariances.values[index] = scale.level.variance + square * covariances.values[index]
            }
            let changes = LinearAlgebra.product(covariances, given.alpha)
            let explained = try factor.whitened(rows: covariances, work: work)
            let reductions = (0..<covariances.rows).map { explained.row($0).reduce(0) { $0 + $1 * $1 } }
            for model in means.indices {
                values[model] += changes[cross.rows[model]]
                variances[model] -= reductions[cross.rows[model]]
            }
        }
        for item in known {
            values[item.model] = item.value
            variances[item.model] = 0
        }
        return .init(weight: given.weight, means: values, variances: variances.map { max($0, 0) })
    }

    /// Samples by Matheron's rule: draws of the prior, moved by what the known results say of how far they are off.
    private func samples(
        _ given: [Given], known: [RevealedResult], open: [Int], own: (shared: Matrix, rest: [Double]),
        cross: CrossCovariance, means mixed: [Double], deviations mixedDeviations: [Double], scale: ResultScale,
        work: Work
    ) throws -> PosteriorSamples {
        let candidates = PosteriorSamples.candidates(
            open, means: mixed, deviations: mixedDeviations, limit: sampledModels)
        let joint = try covariance.joint(of: candidates, work: work)
        let sampleCount = PosteriorSamples.size
        let rank = joint.shared.columns
        var generator = SeededGenerator(seed: seed, purpose: .posteriorSamples, item: target)
        let normals = (0..<sampleCount * rank).map { _ in generator.normal() }
        let width = candidates.count
        var drawn = [Double](repeating: 0, count: sampleCount * width)
        LinearAlgebra.gemm(
            m: sampleCount, n: width, k: rank, normals, joint.shared.values, transposeB: true, into: &drawn)
        var drawnKnown = [Double](repeating: 0, count: sampleCount * known.count)
        if !known.isEmpty {
            LinearAlgebra.gemm(
                m: sampleCount, n: known.count, k: rank, normals, own.shared.values, transposeB: true, into: &drawnKnown
            )
        }
        try work.check()
        for sample in 0..<sampleCount {
            // As many samples of each spread as its weight says.
            var place = (Double(sample) + 0.5) / Double(sampleCount)
            var chosen = 0
            while chosen < given.count - 1 && place > given[chosen].weight {
                place -= given[chosen].weight
                chosen += 1
            }
            let item = given[chosen]
            let level = scale.level.mean + scale.level.variance.squareRoot() * generator.normal()
            let off = known.indices.map { index -> Double in
                let model = known[index].model
                let draw =
                    drawnKnown[sample * known.count + index] + own.rest[index].squareRoot() * generator.normal()
                let result = scale.level.mean + item.spread * means[model] + item.rest[index]
                return result - (level + item.spread * (means[model] + draw))
            }
            let weights = item.factor?.solved(off) ?? []
            let square = item.spread * item.spread
            for index in 0..<width {
                let model = candidates[index]
                let draw = drawn[sample * width + index] + joint.rest[index].squareRoot() * generator.normal()
                var value = level + item.spread * (means[model] + draw)
                for (covariance, weight) in zip(cross.values.row(cross.rows[model]), weights) {
                    value += (scale.level.variance + square * covariance) * weight
                }
                drawn[sample * width + index] = value
            }
        }
        return PosteriorSamples(
            sampleCount: sampleCount, modelCount: means.count, candidates: candidates, values: drawn)
    }
}
