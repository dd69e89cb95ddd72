import Foundation
import Support

/// Takes a prediction apart into the records and scores it rests on.
///
/// The process's expectation of a model is a weighted sum of the training records, each by how far it lies above or
/// below the middle of its dataset; the weights are those of the equivalent kernel, K⁻¹k (Rasmussen and Williams,
/// "Gaussian Processes for Machine Learning", section 2.6). k is a sum too, so what transferability scores lend is told
/// apart from the rest. The sum is stretched onto the prediction's units; what the way back to results and the correction
/// add is a part of its own, so that all parts add up.
struct Evidence: Sendable {
    /// Records of the model itself, and models like it, that are named one by one.
    private static let shown = 3
    private static let scoreTerms: Set<PairKernel.Term> = [
        .scores, .scoresByDistance, .scoresByDataset, .profile, .profileByDistance,
    ]

    let kernel: PairKernel
    let records: TrainingRecords
    let queries: PairKernel.Pairs
    let variances: PairKernel.Variances
    /// The records on the scale of the process: 0 is the middle of a dataset.
    let centred: [Double]
    /// What the process expects of every model on that scale, and what is predicted in the end.
    let latent: [Double]
    let values: [Double]
    let zoo: Zoo

    /// - Complexity: O(n³) for n records, whatever the number of models.
    /// - Throws: ``Cancelled``.
    func explanations(of models: [Int], work: Work) throws(Cancelled) -> [Explanation] {
        let covariance = VarianceFit.covariance(kernel, records.pairs, variances: variances)
        guard let cholesky = try Cholesky(covariance, count: records.count, work: work) else { return [] }
        let fromRecords = try contributions(to: models, isFromScores: false, cholesky, work: work)
        let fromScores = try contributions(to: models, isFromScores: true, cholesky, work: work)
        return models.indices.map { position in
            let range = position * records.count..<(position + 1) * records.count
            return explanation(
                of: models[position], records: Array(fromRecords[range]), scores: fromScores[range].reduce(0, +))
        }
    }

    /// What every record adds to each model's prediction, `models × records`.
    private func contributions(
        to models: [Int], isFromScores: Bool, _ cholesky: Cholesky, work: Work
    ) throws(Cancelled) -> [Double] {
        let n = records.count
        let chosen = PairKernel.Term.allCases.map { term in
            Self.scoreTerms.contains(term) == isFromScores ? variances[term.rawValue] : 0
        }
        var cross = [Double](repeating: 0, count: models.count * n)
        cross.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return }
            for (position, model) in models.enumerated() {
                kernel.fill(
                    base + position * n, rowsOf: queries, slot: records.target, rows: model..<model + 1,
                    with: records.pairs, variances: chosen)
            }
        }
        var weights = try cholesky.solved(cross, columns: models.count, work: work)
        let factor = stretch
        for index in weights.indices { weights[index] *= factor * centred[index % n] }
        return weights
    }

    private func explanation(of model: Int, records contributions: [Double], scores: Double) -> Explanation {
        var own: [Explanation.Part] = []
        var byNeighbour: [Int: (sum: Double, count: Int)] = [:]
        for (index, contribution) in contributions.enumerated() {
            let other = Int(records.pairs.models[index])
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
        let sum = base + parts.reduce(0) { $0 + $1.contribution }
        parts.insert(.init(kind: .baseline, what: "what a middling model reaches", contribution: base), at: 0)
        parts.append(
            .init(
                kind: .metadata, what: "how such predictions turned out on other datasets",
                contribution: values[model] - sum))
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
        guard let slot = records.datasets.indices.first(where: { records.pairs.slot($0).contains(index) }) else {
            return "its mean over \(Int(records.runs[index])) more distant datasets"
        }
        let dataset = records.datasets[slot]
        let result = zoo.result(Int(records.pairs.models[index]), on: dataset) ?? .nan
        return "its \(String(format: "%.4g", result)) on \(zoo.datasets[dataset].name)"
    }

    /// From the process's scale to the prediction's units, for the target's models as a whole.
    private var stretch: Double {
        let latent = Statistics.moments(latent)
        return latent.deviation > 1e-9 ? Statistics.moments(values).deviation / latent.deviation : 0
    }

    private var base: Double { Statistics.moments(values).mean - stretch * Statistics.moments(latent).mean }
}
