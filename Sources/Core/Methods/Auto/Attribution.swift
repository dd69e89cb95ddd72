import Foundation
import Support

/// Attributes a prediction to the results and transferability scores it rests on.
///
/// The posterior mean of a Gaussian process is a weighted sum of the training results, each by how far it lies above or
/// below the mean of its dataset; the weights are those of the equivalent kernel, K⁻¹k (Rasmussen and Williams,
/// "Gaussian Processes for Machine Learning", section 2.6). k is a sum too, so what the scores add is told apart from
/// the rest. The sum is scaled linearly to the prediction's units; what the inverse transform and the stacking add is a
/// part of its own, the residual, so that all parts add up.
struct Attribution: Sendable {
    /// How many of the model's own results, and of the models like it, are named one by one.
    private static let shown = 3
    /// A dataset as similar to the target as this is named as such.
    private static let near = 0.3

    let process: GaussianProcess
    /// The transform that is attributed.
    let transform: Int
    /// What is predicted in the end.
    let predictions: [Double]
    /// By single dataset: the source by which it is most similar to the target, and how much.
    let similarities: [(source: DatasetKernels.Source, value: Double)?]
    let zoo: Zoo

    private var training: TrainingResults { process.training }

    /// - Complexity: O(n r) a model, for n results and r columns of features.
    /// - Throws: `Cancelled`.
    func explanations(of models: [Int], work: Work) throws(Cancelled) -> [Explanation] {
        let line = line
        var result: [Explanation] = []
        for model in models {
            try work.check()
            result.append(explanation(of: model, line))
        }
        return result
    }

    private func explanation(of model: Int, _ line: (slope: Double, intercept: Double)) -> Explanation {
        var own: [Explanation.Part] = []
        var neighbours: [Explanation.Part] = []
        let contributions = contributions(to: model)
        for (position, value) in contributions.own {
            let group = Int(training.groups[position])
            own.append(
                .init(
                    kind: .record, what: description(position, of: model), contribution: line.slope * value,
                    count: group < training.datasets.count ? 1 : Int(training.resultCounts[position])))
        }
        for (other, sum, count) in contributions.others {
            neighbours.append(
                .init(
                    kind: .neighbour,
                    what: "\(count) \(count == 1 ? "result" : "results") of \(zoo.models[other].name)",
                    contribution: line.slope * sum))
        }
        var parts = largest(own, kind: .record) { "its \($0) other results" }
        parts += largest(neighbours, kind: .neighbour) { "results of \($0) other models" }
        if contributions.rest != 0 {
            parts.append(
                .init(
                    kind: .neighbour, what: "results of all models like it",
                    contribution: line.slope * contributions.rest, count: 2))
        }
        if contributions.scores != 0 {
            parts.append(
                .init(
                    kind: .score, what: "its scores, and models with scores like them",
                    contribution: line.slope * contributions.scores))
        }
        parts.sort { abs($0.contribution) > abs($1.contribution) }
        let sum = line.intercept + parts.reduce(0) { $0 + $1.contribution }
        parts.insert(
            .init(kind: .baseline, what: "the base value, before any evidence", contribution: line.intercept), at: 0)
        parts.append(
            .init(
                kind: .residual, what: "the rest: a second model's correction, and the fit to the range of results",
                contribution: predictions[model] - sum))
        return Explanation(parts: parts, addsUp: true)
    }

    private struct Contributions {
        var own: [(position: Int, value: Double)] = []
        var others: [(model: Int, sum: Double, count: Int)] = []
        /// What all other models add, where they are too many to tell apart.
        var rest = 0.0
        var scores = 0.0
    }

    private func contributions(to model: Int) -> Contributions {
        let covariance = process.covariance
        let conditional = Conditional(covariance, training)
        let cases = training.cases(of: model)
        let results = training.centred[transform].map { $0 / training.units[transform] }
        var query = [Double](repeating: 0, count: covariance.rank)
        var result = Contributions()
        if !cases.isEmpty && process.rows[cases.lowerBound] < 0 {
            let weights = query.withUnsafeMutableBufferPointer { buffer in
                buffer.baseAddress.map { conditional.write($0, model: model).weights } ?? []
            }
            result.own = zip(cases, weights).map { ($0, $1 * results[$0]) }
            result.rest = process.latentMeans[transform][model] - result.own.reduce(0) { $0 + $1.value }
            return result
        }
        // K⁻¹ k for k = Φ φ + what the model's own cases share with the target beside features.
        query.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return }
            covariance.writeFeatures(base, model: model, group: covariance.groupCount - 1, case: nil)
        }
        var fromScores = query
        for part in covariance.parts {
            let isScore = part.model == .scores || part.model == .profile
            for index in part.start..<part.start + part.width * part.rank {
                if isScore { query[index] = 0 } else { fromScores[index] = 0 }
            }
        }
        let block = PairCovariance.Block(covariance, model: model)
        let target = covariance.groupCount - 1
        var shared = [Double](repeating: 0, count: process.entered.count)
        for position in cases {
            shared[Int(process.rows[position])] = block.value((target, nil), (Int(training.groups[position]), position))
        }
        let weights = process.factor.equivalentKernel(features: query, shared: shared)
        let scoreWeights = process.factor.equivalentKernel(
            features: fromScores, shared: [Double](repeating: 0, count: shared.count))
        var byModel: [Int: (sum: Double, count: Int)] = [:]
        var owner = 0
        for (row, position) in process.entered.enumerated() {
            while training.offsets[owner + 1] <= position { owner += 1 }
            let value = weights[row] * results[position]
            result.scores += scoreWeights[row] * results[position]
            if owner == model {
                result.own.append((position, value))
            } else {
                let known = byModel[owner] ?? (0, 0)
                byModel[owner] = (known.sum + value, known.count + 1)
            }
        }
        result.others = byModel.sorted { $0.key < $1.key }.map { ($0.key, $0.value.sum, $0.value.count) }
        return result
    }

    /// The largest parts, and one for all the others.
    private func largest(
        _ parts: [Explanation.Part], kind: Explanation.Part.Kind, rest: (Int) -> String
    ) -> [Explanation.Part] {
        let sorted = parts.sorted { abs($0.contribution) > abs($1.contribution) }
        let others = sorted.dropFirst(Self.shown)
        let sum = others.reduce(0) { $0 + $1.contribution }
        return sorted.prefix(Self.shown)
            + (others.isEmpty
                ? [] : [.init(kind: kind, what: rest(others.count), contribution: sum, count: others.count)])
    }

    private func description(_ position: Int, of model: Int) -> String {
        let group = Int(training.groups[position])
        guard group < training.datasets.count else {
            return "its mean over \(Int(training.resultCounts[position])) more distant datasets"
        }
        let dataset = training.datasets[group]
        let result = zoo.result(model, on: dataset) ?? .nan
        let text = "its \(String(format: "%.4g", result)) on \(zoo.datasets[dataset].name)"
        guard let similarity = similarities[group], similarity.value >= Self.near else { return text }
        return "\(text), a dataset like this by \(similarity.source.words)"
    }

    /// The line from posterior means to predictions that keeps mean and standard deviation over the target's models.
    private var line: (slope: Double, intercept: Double) {
        let latent = Statistics.moments(process.latentMeans[transform])
        let predicted = Statistics.moments(predictions)
        let slope = latent.deviation > 1e-9 ? predicted.deviation / latent.deviation : 0
        return (slope, predicted.mean - slope * latent.mean)
    }
}

extension DatasetKernels.Source {
    /// What it is, as a word in a sentence.
    var words: String {
        switch self {
        case .distance: "distance"
        case .description: "size and classes"
        case .names: "name"
        case .texts: "the meaning of its name and description"
        case .facts: "other columns of its description"
        }
    }
}
