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
    private static let scoreTerms: Set<PairKernel.Term> = [
        .scores, .scoresByDistance, .scoresByDataset, .profile, .profileByDistance,
    ]

    let kernel: PairKernel
    let training: TrainingResults
    let queries: PairKernel.Pairs
    let variances: PairKernel.Variances
    /// The transformed results: 0 is the mean of a dataset.
    let transformed: [Double]
    /// The posterior means of all models, in the units of those, and what is predicted in the end.
    let latentMean: [Double]
    let predictions: [Double]
    let zoo: Zoo

    /// - Complexity: O(n³) for n results, whatever the number of models.
    /// - Throws: ``NumericalError/notPositiveDefinite(_:)`` where the covariance is none; ``Cancelled``.
    func explanations(of models: [Int], work: Work) throws -> [Explanation] {
        guard let factor = try kernel.factor(training.pairs, variances: variances, work: work) else {
            throw NumericalError.notPositiveDefinite(.resultCovariance)
        }
        let fromResults = try contributions(to: models, isFromScores: false, factor, work: work)
        let fromScores = try contributions(to: models, isFromScores: true, factor, work: work)
        return models.indices.map { position in
            let range = position * training.count..<(position + 1) * training.count
            return explanation(
                of: models[position], results: Array(fromResults[range]), scores: fromScores[range].reduce(0, +))
        }
    }

    /// What every result adds to each model's prediction, `models × results`.
    private func contributions(
        to models: [Int], isFromScores: Bool, _ factor: CholeskyFactor, work: Work
    ) throws(Cancelled) -> [Double] {
        let n = training.count
        let chosen = PairKernel.Variances { term in
            Self.scoreTerms.contains(term) == isFromScores ? variances[term] : 0
        }
        var cross = Matrix(rows: models.count, columns: n)
        cross.values.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return }
            for (position, model) in models.enumerated() {
                kernel.fill(
                    base + position * n, rowsOf: queries, group: training.target, rows: model..<model + 1,
                    with: training.pairs, variances: chosen)
            }
        }
        var weights = try factor.solved(rows: cross, work: work).values
        let slope = slope
        for index in weights.indices { weights[index] *= slope * transformed[index % n] }
        return weights
    }

    private func explanation(of model: Int, results contributions: [Double], scores: Double) -> Explanation {
        var own: [Explanation.Part] = []
        var byNeighbour: [Int: (sum: Double, count: Int)] = [:]
        for (index, contribution) in contributions.enumerated() {
            let other = Int(training.pairs.models[index])
            if other == model {
                own.append(.init(kind: .record, what: description(index), contribution: contribution))
            } else {
                let known = byNeighbour[other] ?? (0, 0)
                byNeighbour[other] = (known.sum + contribution, known.count + 1)
            }
        }
        let neighbours = byNeighbour.sorted { $0.key < $1.key }.map { other, part in
            Explanation.Part(
                kind: .neighbour,
                what: "\(part.count) \(part.count == 1 ? "result" : "results") of \(zoo.models[other].name)",
                contribution: part.sum)
        }
        var parts = largest(own, kind: .record) { "its \($0) other results" }
        parts += largest(neighbours, kind: .neighbour) { "results of \($0) other models" }
        if scores != 0 {
            parts.append(
                .init(kind: .score, what: "its scores, and models with scores like them", contribution: scores))
        }
        parts.sort { abs($0.contribution) > abs($1.contribution) }
        let sum = intercept + parts.reduce(0) { $0 + $1.contribution }
        parts.insert(.init(kind: .baseline, what: "what a middling model reaches", contribution: intercept), at: 0)
        parts.append(
            .init(
                kind: .residual, what: "the rest: what the inverse transform and the stacking add",
                contribution: predictions[model] - sum))
        return Explanation(parts: parts, addsUp: true)
    }

    /// The largest parts, and one for all the others.
    private func largest(
        _ parts: [Explanation.Part], kind: Explanation.Part.Kind, rest: (Int) -> String
    ) -> [Explanation.Part] {
        let sorted = parts.sorted { abs($0.contribution) > abs($1.contribution) }
        let others = sorted.dropFirst(Self.shown)
        let sum = others.reduce(0) { $0 + $1.contribution }
        return sorted.prefix(Self.shown)
            + (others.isEmpty ? [] : [.init(kind: kind, what: rest(others.count), contribution: sum)])
    }

    private func description(_ index: Int) -> String {
        guard let group = training.datasets.indices.first(where: { training.pairs.group($0).contains(index) }) else {
            return "its mean over \(Int(training.resultCounts[index])) more distant datasets"
        }
        let dataset = training.datasets[group]
        let result = zoo.result(Int(training.pairs.models[index]), on: dataset) ?? .nan
        return "its \(String(format: "%.4g", result)) on \(zoo.datasets[dataset].name)"
    }

    /// The slope of the line from posterior means to predictions that keeps the standard deviation over the target's models.
    private var slope: Double {
        let latentMean = Statistics.moments(latentMean)
        return latentMean.deviation > 1e-9 ? Statistics.moments(predictions).deviation / latentMean.deviation : 0
    }

    private var intercept: Double { Statistics.moments(predictions).mean - slope * Statistics.moments(latentMean).mean }
}
