import Foundation
import Support

/// The project's own predictor: a Gaussian process over (model, dataset) pairs whose covariance joins history, metadata,
/// distances and transferability scores, and a correction learned from how it fares on datasets it has not seen.
///
/// 1. Results are put on three scales on which datasets can be compared (``ResultScale``), from ranks to measured values.
/// 2. The variances of the covariance's terms (``PairKernel``) are fitted to the training results (``VarianceFit``).
/// 3. ``PairProcess`` gives expected results for the target and, in closed form, for each training dataset without itself.
/// 4. ``Correction`` learns from the latter and corrects the former; half of the prediction is corrected.
/// 5. Intervals (``Spread``) come from the same held-out predictions.
///
/// Nothing is chosen by looking at the target's results: every choice is made on the training datasets.
/// Time and memory are linear in the zoo's results; beyond ``AutoConstants/recordLimit`` of them distant datasets are
/// summed up. What remains is cubic in that limit, or in the number of models where they are more.
public struct Auto: PredictionMethod {
    public let name = "auto"
    let constants: AutoConstants

    /// - Parameter constants: others than the default are for finding out how much they matter.
    public init(constants: AutoConstants = AutoConstants()) {
        self.constants = constants
    }

    public func predict(_ workspace: TargetWorkspace) throws -> Prediction {
        let zoo = workspace.zoo
        let work = workspace.work
        NumericThreads.useOne()
        let scores = ScoreTable(zoo.known)
        let withResults = zoo.known.datasets.indices.filter { !zoo.known.results.column($0).isEmpty }
        guard !withResults.isEmpty else { return predictionWithoutHistory(zoo, scores) }
        let likeness = DatasetLikeness(
            zoo.known, relevant: withResults + [zoo.target], exponent: constants.distanceExponent)
        let records = TrainingRecords(
            zoo, order: likeness.ordered(withResults, around: zoo.target),
            scales: constants.scales.map { ResultScale(share: $0) }, constants: constants, scores: scores)
        try work.check()
        let models = ModelLikeness(zoo.known, constants: constants)
        let kernel = kernel(records, zoo: zoo, models: models, likeness: likeness, scores: scores)
        let queries = queries(zoo, scores, slots: records.slotCount)
        let variances = try fittedVariances(kernel, records, seed: workspace.settings.seed, work: work)
        guard
            let process = try PairProcess(
                kernel: kernel, records: records, queries: queries, variances: variances, constants: constants,
                work: work)
        else { return predictionWithoutHistory(zoo, scores) }
        let history = HeldOutHistory(zoo, records: records)
        let correction = try correction(
            of: process, history: history, records: records, zoo: zoo, scores: scores, models: models, work: work)
        let final = Blend(process: process, correction: correction, share: constants.correctionShare)
        try work.check()
        let spread = Spread(
            values: final.values, process: process, records: records, heldOut: final.heldOut(records),
            nearness: records.datasets.indices.map { slot in
                let position = records.target * kernel.slotCount + slot
                return constants.spreadFloor + (kernel.distance[position] + kernel.description[position]) / 2
            },
            growth: RangeGrowth(
                records.datasets.indices.map { Array(records.normalised[records.pairs.slot($0)]) },
                fade: constants.rangeFade, seed: workspace.settings.seed))
        let draws = spread.draws(seed: workspace.settings.seed, target: zoo.target)
        try work.check()
        let order = draws.order(values: final.values)
        let evidence = Evidence(
            kernel: kernel, records: records, queries: queries, variances: variances,
            centred: records.scaled[constants.fitScale], latent: process.latent, values: final.values, zoo: zoo.known)
        return Prediction(
            method: name, target: zoo.target, values: final.values, intervals: spread.intervals,
            quantiles: spread.quantiles,
            explanations: { models, work throws(Cancelled) in try evidence.explanations(of: models, work: work) },
            chanceOfBest: draws.chanceOfBest(order), order: order)
    }

    private func kernel(
        _ records: TrainingRecords, zoo: HeldOutZoo, models: ModelLikeness, likeness: DatasetLikeness,
        scores: ScoreTable
    ) -> PairKernel {
        var slots = records.datasets.map { [$0] }
        if !records.summedUp.isEmpty { slots.append(records.summedUp) }
        slots.append([zoo.target])
        let matrices = likeness.matrices(slots)
        return PairKernel(
            modelCount: models.count, similarity: models.similarity, trend: models.trend,
            profile: scores.profile(limit: 200), slotCount: slots.count, distance: matrices.distance,
            description: matrices.description, scoreCount: scores.count)
    }

    /// Every model on the target.
    private func queries(_ zoo: HeldOutZoo, _ scores: ScoreTable, slots: Int) -> PairKernel.Pairs {
        let count = zoo.known.models.count
        return PairKernel.Pairs(
            models: (0..<count).map { Int32($0) }, offsets: [Int](repeating: 0, count: slots) + [count],
            scores: (0..<count).flatMap { scores.standardised(model: $0, dataset: zoo.target) },
            noise: [Double](repeating: 1, count: count))
    }

    /// The variances, fitted on the scale the constants name, on several draws of as many records as they say: the
    /// geometric mean, so that no one draw decides.
    private func fittedVariances(
        _ kernel: PairKernel, _ records: TrainingRecords, seed: UInt64, work: Work
    ) throws -> PairKernel.Variances {
        let scaled = records.scaled[constants.fitScale]
        let unit = Statistics.moments(scaled[0..<records.ownCount]).deviation
        guard unit > 1e-9 else { return constants.variances }
        let count = records.ownCount
        let size = min(count, constants.fitRecords)
        let drawCount = max(1, min(constants.fitDraws, (count + size - 1) / size))
        var order = Array(0..<count)
        var generator = SeededGenerator(seed: seed)
        if drawCount > 1 { order.shuffle(using: &generator) }
        var logarithms = [Double](repeating: 0, count: constants.variances.count)
        for draw in 0..<drawCount {
            // Draws share records only where there are too few for all.
            let first = drawCount > 1 ? draw * (count - size) / (drawCount - 1) : 0
            let positions = order[first..<first + size].sorted()
            let fit = VarianceFit(
                kernel: kernel, pairs: records.pairs(at: positions, scoreCount: kernel.scoreCount),
                results: positions.map { scaled[$0] / unit }, prior: constants.variances,
                deviation: constants.priorDeviation)
            let fitted = try fit.fitted(steps: constants.fitSteps, work: work)
            for index in logarithms.indices { logarithms[index] += log(fitted[index]) / Double(drawCount) }
        }
        return logarithms.map { exp($0) }
    }

    private func correction(
        of process: PairProcess, history: HeldOutHistory, records: TrainingRecords, zoo: HeldOutZoo,
        scores: ScoreTable, models: ModelLikeness, work: Work
    ) throws -> Correction? {
        func inputs(_ pairs: [(model: Int, dataset: Int)], views: [[Double]], history: [Double]) -> Correction.Inputs {
            let width = views.count + 1
            var predictions: [Double] = []
            predictions.reserveCapacity(pairs.count * width)
            var values: [Double] = []
            values.reserveCapacity(pairs.count * 2 * scores.count)
            for (index, pair) in pairs.enumerated() {
                for view in views { predictions.append(view[index]) }
                predictions.append(history[index])
                values += scores.standardised(model: pair.model, dataset: pair.dataset)
                values += scores.ranks(model: pair.model, dataset: pair.dataset)
            }
            return Correction.Inputs(
                predictions: predictions, predictionWidth: width, scores: values, scoreWidth: 2 * scores.count,
                models: pairs.map { Int32($0.model) })
        }
        let known = records.datasets.enumerated().flatMap { slot, dataset in
            records.pairs.slot(slot).map { (model: Int(records.pairs.models[$0]), dataset: dataset) }
        }
        let asked = zoo.known.models.indices.map { (model: $0, dataset: zoo.target) }
        return try Correction(
            training: inputs(known, views: process.heldOutViews, history: history.heldOut),
            ranges: records.datasets.indices.map(records.pairs.slot),
            results: Array(records.normalised[0..<records.ownCount]),
            queries: inputs(asked, views: process.views, history: history.values), similarity: models.similarity,
            modelCount: models.count, constants: constants, work: work)
    }

    /// Where no dataset has results: the mean of the target's standardised scores, for what they are worth.
    private func predictionWithoutHistory(_ zoo: HeldOutZoo, _ scores: ScoreTable) -> Prediction {
        let values = zoo.known.models.indices.map { model -> Double in
            let own = scores.ranks(model: model, dataset: zoo.target)
            return own.isEmpty ? 0.5 : 0.5 + 0.2 * own.reduce(0, +) / Double(own.count)
        }
        return Prediction(
            method: name, target: zoo.target, values: values,
            explanations: { models, _ in
                models.map { model in
                    Explanation(
                        parts: [
                            Explanation.Part(
                                kind: .baseline, what: "the middle, as no dataset has results", contribution: 0.5),
                            Explanation.Part(
                                kind: .score, what: "its transferability scores' ranks",
                                contribution: values[model] - 0.5),
                        ], addsUp: true)
                }
            })
    }
}
