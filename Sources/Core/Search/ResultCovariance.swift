import Foundation
import Support

/// How far the models' results on a target lie from what was predicted, and how they go together, before any is known.
///
/// Correlations are the mean of two: those that the process has, and those that the errors had on the other datasets, each
/// predicted without it. The latter are a sum of four terms: the process's again; the errors themselves, a column a dataset,
/// so that models that were wrong together are expected to be so again; metadata; and what is each model's own. Their weights
/// maximise the marginal likelihood of the errors, each dataset's with its own errors left out of the second term, times a
/// log-normal prior (Rasmussen and Williams, "Gaussian Processes for Machine Learning", section 5.4.1). Deviations are the
/// geometric mean of those of the intervals and of those that the errors have.
///
/// Covariances of different models are shrunk towards 0 where little tells of them (Ledoit and Wolf, "Honey, I shrunk the sample
/// covariance matrix", 2004): by K / (K + ``shrinkageOfPairs``), where K is the number of datasets times the mean number of
/// results of a model that has any. The rule was found by trial (`docs/decision.md`).
struct ResultCovariance: Sendable {
    let process: GaussianProcess
    /// The standard deviation of each model's result, of results standardised within their dataset.
    private(set) var deviations: [Double]
    /// The share of their covariance that different models keep.
    private let kept: Double

    /// The error of each training case in units of its deviation, 0 where there is none.
    private let errors: [Double]
    /// How many errors each model has.
    private let counts: [Int]
    private let weights: Weights
    /// The mean variance that the weights give.
    private let meanVariance: Double

    /// Weights of the terms.
    private struct Weights {
        var process = 0.4
        var errors = 0.3
        var metadata = 0.3
        var own = 0.4

        var logarithms: [Double] { [log(process), log(errors), log(metadata), log(own)] }

        init() {}

        init(logarithms: [Double]) {
            process = exp(logarithms[0])
            errors = exp(logarithms[1])
            metadata = exp(logarithms[2])
            own = exp(logarithms[3])
        }
    }

    /// As many errors of 0 a model's errors are shrunk by.
    private static let shrinkage = 10.0
    /// As large a K as counts for a covariance of 0.
    private static let shrinkageOfPairs = 25.0
    /// What all models of a dataset have in common is the level's, not the terms': it is taken as known so far.
    private static let levelVariance = 0.03
    private static let mostModels = 80
    private static let iterations = 12

    /// - Parameters:
    ///   - heldOut: the training cases, each predicted without its dataset.
    ///   - deviations: those of the intervals.
    /// - Throws: `Cancelled`; ``NumericalError``.
    /// - Complexity: O(iterations · d m³ + d m² r) for d datasets, m models of each up to 80 and r columns of features.
    init(
        process: GaussianProcess, heldOut: [[StackedPrediction.Case]], deviations: [Double], work: Work
    ) throws {
        self.process = process
        let training = process.training
        let measured = training.transformed.count - 1
        var errors = [Double](repeating: 0, count: training.count)
        var square = 0.0
        var count = 0
        for item in heldOut.joined() {
            let error = (training.transformed[measured][item.position] - item.prediction) / max(item.deviation, 1e-9)
            errors[item.position] = error
            square += error * error
            count += 1
        }
        let unit = count > 0 && square > 0 ? (square / Double(count)).squareRoot() : 1
        for position in errors.indices { errors[position] /= unit }
        var counts = [Int](repeating: 0, count: training.modelCount)
        var owners = [Int32](repeating: 0, count: training.count)
        for model in 0..<training.modelCount {
            for position in training.cases(of: model) { owners[position] = Int32(model) }
        }
        for item in heldOut.joined() { counts[Int(owners[item.position])] += 1 }
        self.errors = errors
        self.counts = counts
        let perModel = Double(count) / Double(max(1, counts.count { $0 > 0 }))
        let evidence = perModel * Double(training.datasets.count)
        kept = evidence / (evidence + Self.shrinkageOfPairs)
        var weights = Weights()
        var processVariance = 0.9
        if let fit = try Fit(
            process, errors: errors, counts: counts,
            groups: heldOut.map { cases in cases.map { (Int(owners[$0.position]), $0.position) } }, work: work)
        {
            processVariance = fit.processVariance
            let optimum = try LBFGS.minimise(
                from: weights.logarithms, memory: Self.iterations, tolerance: 1e-2, iterations: Self.iterations,
                longestStep: 2, work: work
            ) { fit.loss($0, prior: Weights().logarithms) }
            weights = Weights(logarithms: optimum.point)
        }
        self.weights = weights
        let metadata = process.covariance.models.metadata
        let noise = process.covariance.noise
        var sum = 0.0
        self.deviations = (0..<training.modelCount).map { model in
            var own = 0.0
            for position in training.cases(of: model) { own += errors[position] * errors[position] }
            var alike = 0.0
            for index in 0..<metadata.rank {
                let feature = metadata.features[model * metadata.rank + index]
                alike += feature * feature
            }
            let variance =
                weights.process * processVariance + weights.own + weights.metadata * alike
                + weights.errors * own / (Double(counts[model]) + Self.shrinkage)
            sum += variance
            let learned = unit * ((process.latentVariances[model] + noise) * variance).squareRoot()
            return (max(deviations[model], 1e-3 * learned) * learned).squareRoot()
        }
        meanVariance = max(sum / Double(max(1, training.modelCount)), 1e-9)
    }

    /// The same with all deviations times a factor.
    func scaled(by factor: Double) -> ResultCovariance {
        var scaled = self
        for model in deviations.indices { scaled.deviations[model] *= factor }
        return scaled
    }

    /// The columns of q that are the errors on the training datasets.
    func errorColumns(of shared: Matrix) -> Range<Int> {
        let end = shared.columns - process.covariance.models.metadata.rank
        return end - process.training.datasets.count..<end
    }

    /// The covariance of some models' results as q qᵀ + rest, a row of q a model.
    ///
    /// - Complexity: O(r²) a model.
    func joint(of models: [Int], work: Work) throws -> (shared: Matrix, rest: [Double]) {
        let (base, independent) = try process.jointOnTarget(of: models, work: work)
        let noise = process.covariance.noise
        let metadata = process.covariance.models.metadata
        let groups = process.training.datasets.count
        let width = base.columns + groups + metadata.rank
        var shared = Matrix(rows: models.count, columns: width)
        var rest: [Double] = []
        // Half the process's correlations, half those of the errors.
        let processRoot = (0.5 + 0.5 * weights.process / meanVariance).squareRoot()
        let errorRoot = (0.5 * weights.errors / meanVariance).squareRoot()
        let metadataRoot = (0.5 * weights.metadata / meanVariance).squareRoot()
        for (row, model) in models.enumerated() {
            var line = [Double](repeating: 0, count: width)
            let total = base.row(row).reduce(0) { $0 + $1 * $1 } + independent[row] + noise
            let factor = processRoot / max(total, 1e-12).squareRoot()
            for (index, value) in base.row(row).enumerated() { line[index] = factor * value }
            let shrunk = errorRoot / (Double(counts[model]) + Self.shrinkage).squareRoot()
            for position in process.training.cases(of: model) {
                let group = Int(process.training.groups[position])
                if group < groups { line[base.columns + group] = shrunk * errors[position] }
            }
            for index in 0..<metadata.rank {
                line[base.columns + groups + index] =
                    metadataRoot * metadata.features[model * metadata.rank + index]
            }
            let own = 0.5 * (independent[row] + noise) / max(total, 1e-12) + 0.5 * weights.own / meanVariance
            let common = line.reduce(0) { $0 + $1 * $1 }
            let scale = deviations[model] / (common + own).squareRoot()
            let root = scale * kept.squareRoot()
            shared.values.replaceSubrange(row * width..<(row + 1) * width, with: line.map { $0 * root })
            rest.append((own + (1 - kept) * common) * scale * scale)
        }
        return (shared, rest)
    }

    /// The marginal likelihood of the errors.
    private struct Fit {
        private struct Group {
            let errors: [Double]
            /// Process, errors on the other datasets, metadata.
            let terms: [Matrix]
        }

        private let groups: [Group]
        /// The mean of the process's shared variance, as a share of all of it.
        let processVariance: Double

        /// `nil` where no dataset has three errors.
        init?(
            _ process: GaussianProcess, errors: [Double], counts: [Int], groups: [[(model: Int, position: Int)]],
            work: Work
        ) throws {
            let training = process.training
            let metadata = process.covariance.models.metadata
            let chosen = groups.map { cases -> [(model: Int, position: Int)] in
                guard cases.count > ResultCovariance.mostModels else { return cases }
                return (0..<ResultCovariance.mostModels).map { cases[$0 * cases.count / ResultCovariance.mostModels] }
            }.filter { $0.count >= 3 }
            guard !chosen.isEmpty else { return nil }
            let models = Set(chosen.joined().map(\.model)).sorted()
            let rows = Dictionary(uniqueKeysWithValues: models.enumerated().map { ($1, $0) })
            var (base, rest) = try process.jointOnTarget(of: models, work: work)
            var mean = 0.0
            for row in models.indices {
                let own = base.row(row).reduce(0) { $0 + $1 * $1 }
                let total = max(own + rest[row] + process.covariance.noise, 1e-12)
                mean += own / total
                let factor = 1 / total.squareRoot()
                for column in 0..<base.columns { base[row, column] *= factor }
            }
            processVariance = mean / Double(models.count)
            // A model's errors, a column a dataset.
            var profiles = Matrix(rows: models.count, columns: training.datasets.count)
            for (row, model) in models.enumerated() {
                for position in training.cases(of: model) {
                    let group = Int(training.groups[position])
                    if group < profiles.columns { profiles[row, group] = errors[position] }
                }
            }
            self.groups = try chosen.map { cases in
                try work.check()
                let places = cases.map { rows[$0.model] ?? 0 }
                let own = cases.map { errors[$0.position] }
                func gram(_ matrix: Matrix) -> Matrix {
                    var part = Matrix(rows: places.count, columns: matrix.columns)
                    for (row, place) in places.enumerated() {
                        part.values.replaceSubrange(
                            row * matrix.columns..<(row + 1) * matrix.columns, with: matrix.row(place))
                    }
                    return LinearAlgebra.gram(part, ofRows: true)
                }
                var records = gram(profiles)
                let roots = cases.map { (Double(counts[$0.model] - 1) + ResultCovariance.shrinkage).squareRoot() }
                for a in places.indices {
                    for b in places.indices {
                        records[a, b] = (records[a, b] - own[a] * own[b]) / (roots[a] * roots[b])
                    }
                }
                var features = Matrix(rows: models.count, columns: metadata.rank)
                for place in Set(places) {
                    let start = models[place] * metadata.rank
                    features.values.replaceSubrange(
                        place * metadata.rank..<(place + 1) * metadata.rank,
                        with: metadata.features[start..<start + metadata.rank])
                }
                return Group(errors: own, terms: [gram(base), records, gram(features)])
            }
        }

        /// The negative log posterior of the weights' logarithms and its gradient; infinite where it is not defined.
        func loss(_ logarithms: [Double], prior: [Double]) -> (Double, [Double]) {
            let weights = logarithms.map { exp($0) }
            var value = 0.0
            var gradient = [Double](repeating: 0, count: weights.count)
            for group in groups {
                let count = group.errors.count
                var covariance = Matrix(rows: count, columns: count)
                for index in covariance.values.indices { covariance.values[index] = ResultCovariance.levelVariance }
                for (term, weight) in zip(group.terms, weights) {
                    for index in covariance.values.indices { covariance.values[index] += weight * term.values[index] }
                }
                for index in 0..<count { covariance[index, index] += weights[3] + 1e-9 }
                guard let factor = CholeskyFactor(covariance), let inverse = try? factor.inverted(work: .unwatched)
                else { return (.infinity, logarithms) }
                let alpha = factor.solved(group.errors)
                value += factor.logDeterminant / 2
                for (error, weight) in zip(group.errors, alpha) { value += error * weight / 2 }
                for (index, term) in group.terms.enumerated() {
                    var change = 0.0
                    for a in 0..<count {
                        for b in 0..<count {
                            change += (inverse[a, b] - alpha[a] * alpha[b]) * term[a, b]
                        }
                    }
                    gradient[index] += weights[index] * change / 2
                }
                var change = 0.0
                for a in 0..<count { change += inverse[a, a] - alpha[a] * alpha[a] }
                gradient[3] += weights[3] * change / 2
            }
            for index in weights.indices {
                let away = logarithms[index] - prior[index]
                value += away * away / 2
                gradient[index] += away
            }
            return (value, gradient)
        }
    }
}
