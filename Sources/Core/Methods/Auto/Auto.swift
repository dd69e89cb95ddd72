import Foundation
import Support

/// The project's own predictor: a Gaussian process over (model, dataset) pairs whose covariance joins history, metadata,
/// distances and transferability scores, averaged with a second one stacked on its held-out predictions.
///
/// 1. Results are transformed in three ways that make datasets comparable (``ResultTransform``), from ranks to measured
///    values.
/// 2. The variances of the covariance's terms (``PairKernel``) are fitted to the training results
///    (``MarginalLikelihoodFit``).
/// 3. ``GaussianProcess`` predicts the target and, in closed form, each training dataset without itself
///    (``LeaveOneGroupOut``).
/// 4. ``Stacking`` learns from the latter and predicts the target once more; ``EnsembleAverage`` joins the two.
/// 5. ``ConformalIntervals`` come from the same held-out predictions.
///
/// Nothing is chosen by looking at the target's results: every choice is made on the training datasets.
/// Time and memory are linear in the zoo's results; beyond ``AutoConstants/resultLimit`` of them distant datasets are
/// aggregated. What remains is cubic in that limit, or in the number of models where they are more.
///
/// ```swift
/// let zoo = try Zoo.load(path: "path/to/zoo")
/// let target = try zoo.dataset(named: "pets")
/// let prediction = try Auto().predict(TargetWorkspace(zoo: zoo, target: target))
/// for model in prediction.ranking.prefix(5) { print(zoo.models[model].name) }
/// ```
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
        let scores = ScoreFeatures(zoo.known)
        let withResults = zoo.known.datasets.indices.filter { !zoo.known.results.column($0).isEmpty }
        guard !withResults.isEmpty else { return predictionWithoutHistory(zoo, scores) }
        let datasetKernels = DatasetKernels(
            zoo.known, relevant: withResults + [zoo.target], gamma: constants.distanceGamma)
        let training = TrainingResults(
            zoo, order: datasetKernels.ordered(withResults, around: zoo.target),
            transforms: constants.transforms.map { ResultTransform(measuredWeight: $0) }, constants: constants,
            scores: scores)
        try work.check()
        let models = ModelKernels(zoo.known, constants: constants)
        let kernel = try kernel(training, zoo: zoo, models: models, datasetKernels: datasetKernels, scores: scores)
        let queries = queries(zoo, scores, groups: training.groupCount)
        let variances = try fittedVariances(
            kernel, training, seed: workspace.settings.seed, target: zoo.target, work: work)
        let gaussianProcess = try GaussianProcess(
            kernel: kernel, training: training, queries: queries, variances: variances, constants: constants,
            work: work)
        let stacking = try stacking(
            of: gaussianProcess, training: training, zoo: zoo, scores: scores, models: models, work: work)
        let final = EnsembleAverage(
            gaussianProcess: gaussianProcess, stacking: stacking, weight: constants.stackingWeight)
        try work.check()
        let intervals = ConformalIntervals(
            values: final.values, gaussianProcess: gaussianProcess, training: training,
            heldOut: final.heldOut(training),
            weights: training.datasets.indices.map { group in
                let position = training.target * kernel.groupCount + group
                return constants.intervalWeightFloor + (kernel.distance[position] + kernel.description[position]) / 2
            },
            rangeExtrapolation: RangeExtrapolation(
                training.datasets.indices.map { Array(training.normalised[training.pairs.group($0)]) },
                damping: constants.rangeDamping, seed: workspace.settings.seed))
        let samples = try intervals.samples(seed: workspace.settings.seed, target: zoo.target, work: work)
        try work.check()
        let order = samples.order(values: final.values)
        let attribution = Attribution(
            kernel: kernel, training: training, queries: queries, variances: variances,
            transformed: training.transformed[constants.fitTransform], latentMean: gaussianProcess.latentMean,
            predictions: final.values, zoo: zoo.known)
        return Prediction(
            method: name, target: zoo.target, values: final.values, intervals: intervals.intervals,
            quantiles: intervals.quantiles,
            explanations: { models, work in try attribution.explanations(of: models, work: work) },
            chanceOfBest: samples.chanceOfBest(order), order: order)
    }

    private func kernel(
        _ training: TrainingResults, zoo: HeldOutZoo, models: ModelKernels, datasetKernels: DatasetKernels,
        scores: ScoreFeatures
    ) throws -> PairKernel {
        var groups = training.datasets.map { [$0] }
        if !training.aggregated.isEmpty { groups.append(training.aggregated) }
        groups.append([zoo.target])
        let matrices = try datasetKernels.matrices(groups)
        return PairKernel(
            modelCount: models.count, metadata: models.metadata, linear: models.linear,
            profile: scores.profile(limit: 200), groupCount: groups.count, distance: matrices.distance,
            description: matrices.description, scoreCount: scores.count)
    }

    /// Every model on the target.
    private func queries(_ zoo: HeldOutZoo, _ scores: ScoreFeatures, groups: Int) -> PairKernel.Pairs {
        let count = zoo.known.models.count
        return PairKernel.Pairs(
            models: (0..<count).map { Int32($0) }, offsets: [Int](repeating: 0, count: groups) + [count],
            scores: (0..<count).flatMap { scores.standardised(model: $0, dataset: zoo.target) },
            noise: [Double](repeating: 1, count: count))
    }

    /// The variances, fitted with the transform the constants name, on several subsets of as many results as they say:
    /// the geometric mean, so that no one subset decides.
    private func fittedVariances(
        _ kernel: PairKernel, _ training: TrainingResults, seed: UInt64, target: Int, work: Work
    ) throws -> PairKernel.Variances {
        let transformed = training.transformed[constants.fitTransform]
        let unit = Statistics.moments(transformed[0..<training.singleCount]).deviation
        guard unit > 1e-9 else { return constants.variances }
        let count = training.singleCount
        let size = min(count, constants.fitSubsetSize)
        let subsetCount = max(1, min(constants.fitSubsets, (count + size - 1) / size))
        var order = Array(0..<count)
        var generator = SeededGenerator(seed: seed, purpose: .likelihoodSubset, item: target)
        if subsetCount > 1 { order.shuffle(using: &generator) }
        var logarithms = [Double](repeating: 0, count: PairKernel.Term.allCases.count)
        for subset in 0..<subsetCount {
            // Subsets share results only where there are too few for all.
            let first = subsetCount > 1 ? subset * (count - size) / (subsetCount - 1) : 0
            let positions = order[first..<first + size].sorted()
            let fit = MarginalLikelihoodFit(
                kernel: kernel, pairs: training.pairs(at: positions, scoreCount: kernel.scoreCount),
                results: positions.map { transformed[$0] / unit }, prior: constants.variances,
                deviation: constants.priorDeviation)
            let fitted = try fit.fitted(iterations: constants.fitIterations, work: work)
            for (index, value) in fitted.logarithms.enumerated() { logarithms[index] += value / Double(subsetCount) }
        }
        return PairKernel.Variances(logarithms: logarithms)
    }

    private func stacking(
        of gaussianProcess: GaussianProcess, training: TrainingResults, zoo: HeldOutZoo,
        scores: ScoreFeatures, models: ModelKernels, work: Work
    ) throws -> Stacking? {
        func inputs(_ pairs: [(model: Int, dataset: Int)], byTransform: [[Double]], history: [Double])
            -> Stacking.Inputs
        {
            var predictions: [Double] = []
            var values: [Double] = []
            for (index, pair) in pairs.enumerated() {
                for column in byTransform { predictions.append(column[index]) }
                predictions.append(history[index])
                values += scores.standardised(model: pair.model, dataset: pair.dataset)
                values += scores.ranks(model: pair.model, dataset: pair.dataset)
            }
            return Stacking.Inputs(
                predictions: Matrix(rows: pairs.count, columns: byTransform.count + 1, values: predictions),
                scores: Matrix(rows: pairs.count, columns: 2 * scores.count, values: values),
                models: pairs.map { Int32($0.model) })
        }
        let known = training.datasets.enumerated().flatMap { group, dataset in
            training.pairs.group(group).map { (model: Int(training.pairs.models[$0]), dataset: dataset) }
        }
        let history = HistoryMean(zoo.normalised, modelCount: zoo.known.models.count)
        // With one dataset alone nothing is known without it; the middle of a normalised result is as good as any.
        func level(_ value: Double?) -> Double { value ?? 0.5 }
        let heldOutHistory = training.datasets.enumerated().flatMap { group, dataset in
            let predictions = history.without(dataset, of: zoo.normalised).predictions
            return training.pairs.group(group).map { level(predictions[Int(training.pairs.models[$0])]) }
        }
        let asked = zoo.known.models.indices.map { (model: $0, dataset: zoo.target) }
        return try Stacking(
            training: inputs(known, byTransform: gaussianProcess.heldOutByTransform, history: heldOutHistory),
            groups: training.datasets.indices.map(training.pairs.group),
            results: Array(training.normalised[0..<training.singleCount]),
            queries: inputs(asked, byTransform: gaussianProcess.byTransform, history: history.predictions.map(level)),
            metadata: models.metadata,
            modelCount: models.count, constants: constants, work: work)
    }

    /// Where no dataset has results: the mean of the target's standardised scores, for what they are worth.
    private func predictionWithoutHistory(_ zoo: HeldOutZoo, _ scores: ScoreFeatures) -> Prediction {
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
