import Foundation
import Support

/// The project's own predictor: a Gaussian process over (model, dataset) pairs whose covariance joins history, metadata,
/// names, facts, distances and transferability scores, averaged with a second one stacked on its held-out predictions.
///
/// 1. Results are transformed in three ways that make datasets comparable (`ResultTransform`), from ranks to measured
///    values, and relieved of their datasets' effects, fitted together with the models' (`TwoWayEffects`).
/// 2. The variances of the covariance's terms (`CovarianceTerm`) are fitted to the training results
///    (`MarginalLikelihoodFit`): a source that says nothing weighs nothing.
/// 3. `GaussianProcess` predicts the target and, in closed form, each training dataset without itself
///    (`LeaveOneGroupOut`).
/// 4. `Stacking` learns from the latter and predicts the target once more; `EnsembleAverage` joins the two.
/// 5. `ConformalIntervals` come from the same held-out predictions.
/// 6. What is known of the target's results (``HeldOutZoo/revealed``) conditions all that (`TargetConditioning`).
///
/// Nothing is chosen by looking at results of the target that are held out: every choice is made on the training datasets.
/// Time and memory are linear in models and in results. Beyond ``AutoConstants/datasetLimit`` datasets those nearest to the
/// target are held singly, and what all others say is each model's mean over them.
///
/// ```swift
/// let zoo = try Zoo.load(path: "path/to/zoo")
/// let target = try zoo.dataset(named: "pets")
/// let prediction = try Auto().predict(TargetWorkspace(zoo: zoo, target: target))
/// for model in prediction.ranking.prefix(5) { print(zoo.models[model].name) }
/// ```
public struct Auto: PredictionMethod {
    public let name = "auto"
    public var scale: PredictionScale { .place }
    let constants: AutoConstants

    /// - Parameter constants: others than the default are for finding out how much they matter.
    public init(constants: AutoConstants = AutoConstants()) {
        self.constants = constants
    }

    public func predict(_ workspace: TargetWorkspace) throws -> Prediction {
        let zoo = workspace.zoo
        let work = workspace.work
        let seed = workspace.settings.seed
        NumericThreads.useOne()
        let scores = ScoreFeatures(zoo.known)
        guard let process = try process(workspace, scores) else { return predictionWithoutHistory(zoo, scores) }
        let training = process.training
        let predictor = try StackedPrediction(
            process: process, scores: scores, target: zoo.target, constants: constants, work: work)
        let scale = NormalisedScale(training)
        let values = predictor.values.map(scale.normalised)
        let similarities = similarities(process)
        let weights = similarities.map { constants.intervalWeightFloor + ($0?.value ?? 0) }
        let intervals = ConformalIntervals(
            values: values, deviations: predictor.deviations,
            heldOut: predictor.heldOut.map { cases in
                cases.map { item in
                    .init(
                        result: training.normalised[item.position], prediction: scale.normalised(item.prediction),
                        deviation: item.deviation)
                }
            },
            weights: weights,
            rangeExtrapolation: RangeExtrapolation(
                training.casesByGroup.map { cases in cases.map { training.normalised[$0] } },
                damping: constants.rangeDamping, seed: seed), constants: constants)
        try work.check()
        let attribution = Attribution(
            process: process, transform: constants.fitTransform, predictions: values,
            similarities: self.similarities(process, onlyTold: zoo),
            zoo: zoo.known)
        let conditioning = ResultScale(
            zoo.known, training: training, weights: weights, target: zoo.target
        ).map { resultScale in
            // Not every prediction is asked for results in units.
            Deferred { work in
                let covariance = try ResultCovariance(
                    process: process, heldOut: predictor.heldOut,
                    deviations: intervals.deviations.map(scale.standardised), work: work)
                let replays = Self.replays(predictor.heldOut, training: training, zoo: zoo)
                func width(_ covariance: ResultCovariance) throws -> ReplayedWidth {
                    try ReplayedWidth(
                        replays, covariance: covariance, scale: resultScale, mostBelow: TargetConditioning.mostBelow,
                        work: work)
                }
                // Half way to the deviations that the replays ask for, where these are smaller.
                let calibrated = try covariance.scaled(by: min(1, width(covariance).middle).squareRoot())
                return TargetConditioning(
                    covariance: calibrated, means: predictor.values, priorScale: resultScale,
                    metric: zoo.known.datasets[zoo.target].metric, seed: seed, target: zoo.target,
                    sampledModels: constants.sampledModels, width: try width(calibrated))
            }
        }
        let results = conditioning.map { conditioning in
            { @Sendable (known: [RevealedResult], work: Work) throws in
                try conditioning.value(work: work).distribution(given: known, work: work)
            }
        }
        if let results, !zoo.revealed.isEmpty {
            let known = try KnownTarget(results(zoo.revealed, work), scale: scale, results: results)
            return known.prediction(method: name, target: zoo.target, before: values, attribution: attribution)
        }
        let samples = try PosteriorSamples(
            of: process, predicted: values, deviations: intervals.deviations,
            shape: intervals.shape, sharpness: intervals.sharpness,
            limit: constants.sampledModels, seed: seed, target: zoo.target, work: work)
        try work.check()
        let order = samples.order(values: values)
        return Prediction(
            method: name, target: zoo.target, values: values, intervals: intervals.intervals,
            quantiles: intervals.quantiles,
            explanations: { models, work in try attribution.explanations(of: models, work: work) },
            chanceOfBest: samples.chanceOfBest(order), chanceOfBestAmong: samples.chanceOfBest, order: order,
            results: results)
    }

    /// The training datasets whose results are in the target's units.
    private static func replays(
        _ heldOut: [[StackedPrediction.Case]], training: TrainingResults, zoo: HeldOutZoo
    ) -> [ReplayedWidth.Replay] {
        var owners = [Int32](repeating: 0, count: training.count)
        for model in 0..<training.modelCount {
            for position in training.cases(of: model) { owners[position] = Int32(model) }
        }
        let units = TargetUnits(zoo.known, target: zoo.target)
        return heldOut.enumerated().compactMap { group, cases in
            let dataset = training.datasets[group]
            guard let factor = units?.factor(from: dataset) else { return nil }
            var models: [Int] = []
            var predictions: [Double] = []
            var results: [Double] = []
            for item in cases {
                let model = Int(owners[item.position])
                guard let result = zoo.known.results[model: model, dataset: dataset] else { continue }
                models.append(model)
                predictions.append(item.prediction)
                results.append(result * factor)
            }
            return .init(group: group, models: models, predictions: predictions, results: results)
        }
    }

    /// The first process alone; `nil` where no dataset has results.
    package func process(_ workspace: TargetWorkspace) throws -> GaussianProcess? {
        try process(workspace, ScoreFeatures(workspace.zoo.known))
    }

    /// What the variances are fitted by; `nil` where there is too little to fit them to.
    package func likelihoodFit(_ workspace: TargetWorkspace) throws -> MarginalLikelihoodFit? {
        guard let known = try known(workspace, ScoreFeatures(workspace.zoo.known)) else { return nil }
        return likelihoodFit(known, workspace)
    }

    private func process(_ workspace: TargetWorkspace, _ scores: ScoreFeatures) throws -> GaussianProcess? {
        guard let known = try known(workspace, scores) else { return nil }
        let fit = likelihoodFit(known, workspace)
        let (variances, noise) =
            try fit?.fitted(iterations: constants.fitIterations, work: workspace.work)
            ?? (known.terms.map(\.prior), CovarianceTerm.noisePrior)
        let covariance = try PairCovariance(
            terms: known.terms, variances: variances, noise: noise, models: known.models, pairs: known.pairs,
            kernels: known.kernels,
            aggregated: known.training.aggregated.count, loadingLimit: constants.loadings, ownRank: constants.ownRank)
        return try GaussianProcess(
            covariance: covariance, training: known.training, constants: constants, work: workspace.work)
    }

    /// What a zoo says of a target without its results, before any variance is chosen.
    private struct Known {
        let training: TrainingResults
        let models: ModelKernels
        let kernels: [CovarianceTerm.DatasetPart: Matrix]
        /// Those the zoo has what they need for.
        let terms: [CovarianceTerm]
        let pairs: PairFeatures
    }

    private func known(_ workspace: TargetWorkspace, _ scores: ScoreFeatures) throws -> Known? {
        let (zoo, work) = (workspace.zoo, workspace.work)
        let withResults = zoo.known.datasets.indices.filter { !zoo.known.results.column($0).isEmpty }
        guard !withResults.isEmpty else { return nil }
        let datasets = DatasetKernels(
            zoo.known, relevant: withResults + [zoo.target], gamma: constants.distanceGamma)
        let trained =
            constants.usesTrainingData ? TrainedOn(zoo.known) : TrainedOn(knowingNothingOf: zoo.known.models.count)
        let training = try TrainingResults(
            zoo, trainedOn: trained, nearness: datasets.nearness(to: zoo.target),
            transforms: constants.transforms.map { ResultTransform(measuredWeight: $0) }, constants: constants,
            work: work)
        let models = try ModelKernels(zoo.known, scores: scores, constants: constants, work: work)
        let kernels = try kernels(training, datasets, target: zoo.target)
        let pairs = PairFeatures(training, target: zoo.target, scores: scores, trained: trained)
        let terms = CovarianceTerm.all.filter { term in
            kernels[term.dataset] != nil
                && (term.model == .identity
                    || PairCovariance.width(term.model, models, pairs) > 0)
        }
        return Known(training: training, models: models, kernels: kernels, terms: terms, pairs: pairs)
    }

    /// The kernels of groups that the zoo has what they need for, the target last.
    private func kernels(
        _ training: TrainingResults, _ datasets: DatasetKernels, target: Int
    ) throws -> [CovarianceTerm.DatasetPart: Matrix] {
        let members = training.groupMembers(target: target)
        var own = Matrix(rows: members.count, columns: members.count)
        for (group, datasets) in members.enumerated() { own[group, group] = 1 / Double(datasets.count) }
        var kernels: [CovarianceTerm.DatasetPart: Matrix] = [
            .all: Matrix(rows: members.count, columns: members.count, repeating: 1), .own: own,
        ]
        for source in datasets.sources { kernels[.source(source)] = try datasets.matrix(members, by: source) }
        return kernels
    }

    /// By single dataset, the source by which it is most similar to the target, and how much.
    ///
    /// - Parameter onlyTold: the zoo, if datasets whose size and classes are unknown, which count as middling ones, are not
    ///   to be called similar by them.
    private func similarities(
        _ process: GaussianProcess, onlyTold zoo: HeldOutZoo? = nil
    ) -> [(source: DatasetKernels.Source, value: Double)?] {
        let training = process.training
        func isDescribed(_ dataset: Int) -> Bool {
            guard let datasets = zoo?.known.datasets else { return true }
            return datasets[dataset].size != nil || datasets[dataset].classes != nil
        }
        let isTarget = zoo.map { isDescribed($0.target) } ?? true
        return training.datasets.indices.map { group in
            DatasetKernels.Source.allCases.compactMap { source in
                if source == .description, !isTarget || !isDescribed(training.datasets[group]) { return nil }
                return process.covariance.kernels[.source(source)].map { (source, $0[training.target, group]) }
            }.max { $0.1 < $1.1 }
        }
    }

    /// The fit of the variances to the results of some models on the datasets nearest to the target.
    private func likelihoodFit(_ known: Known, _ workspace: TargetWorkspace) -> MarginalLikelihoodFit? {
        let training = known.training
        let groups = min(constants.fitDatasets, training.datasets.count)
        var chosen = (0..<training.modelCount).filter { model in
            training.cases(of: model).contains { training.groups[$0] < groups }
        }
        if chosen.count > constants.fitModels {
            var generator = SeededGenerator(
                seed: workspace.settings.seed, purpose: .likelihoodSubset, item: workspace.zoo.target)
            chosen.shuffle(using: &generator)
            chosen = chosen.prefix(constants.fitModels).sorted()
        }
        let (subset, positions) = training.restricted(toGroups: groups, models: chosen)
        let own = subset.centred[constants.fitTransform]
        let unit = Statistics.moments(own).deviation
        guard subset.count > 1, unit > 1e-9 else { return nil }
        let places = Array(0..<groups) + [training.target]
        return MarginalLikelihoodFit(
            terms: known.terms, kernels: known.kernels.mapValues { $0.submatrix(places) },
            models: known.models.truncated(to: constants.fitRank), pairs: known.pairs.selecting(positions),
            training: subset, results: own.map { $0 / unit }, chosen: chosen, deviation: constants.priorDeviation)
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
                                kind: .baseline, what: "the middle, as no other dataset's results tell models apart",
                                contribution: 0.5),
                            Explanation.Part(
                                kind: .score, what: "its transferability scores' ranks",
                                contribution: values[model] - 0.5),
                        ], addsUp: true)
                }
            })
    }
}

extension Matrix {
    /// The rows and columns at `places`.
    fileprivate func submatrix(_ places: [Int]) -> Matrix {
        Matrix(
            rows: places.count, columns: places.count,
            values: places.flatMap { row in places.map { self[row, $0] } })
    }
}
