import Foundation

/// Takes a prediction apart into the records and scores it rests on.
///
/// On the scale on which it is linear, the process's expectation of a model is a sum over the training records:
/// covariance of the record with the model, times the record's weight. The part of the covariance that comes from
/// transferability scores is told apart from the rest. The sum is stretched onto the prediction's units; what the way
/// back to results and the correction add is a part of its own, so that all parts add up.
struct Evidence: Sendable {
    private static let shown = 8

    private let kernel: PairKernel
    private let pairs: PairKernel.Pairs
    private let queries: PairKernel.Pairs
    private let target: Int
    private let weights: [Double]
    private let fromRecords: PairKernel.Variances
    private let fromScores: PairKernel.Variances
    private let values: [Double]
    private let stretch: Double
    private let base: Double
    private let datasets: [Int]
    private let runs: [Double]
    private let results: [Double]
    private let zoo: Zoo

    init(
        kernel: PairKernel, records: TrainingRecords, queries: PairKernel.Pairs, variances: PairKernel.Variances,
        process: PairProcess, values: [Double], zoo: HeldOutZoo
    ) {
        self.kernel = kernel
        pairs = records.pairs
        self.queries = queries
        target = records.target
        let scoreTerms: Set<PairKernel.Term> = [
            .scores, .scoresByDistance, .scoresByDataset, .profile, .profileByDistance,
        ]
        fromScores = PairKernel.Term.allCases.map { scoreTerms.contains($0) ? variances[$0.rawValue] : 0 }
        fromRecords = PairKernel.Term.allCases.map { scoreTerms.contains($0) ? 0 : variances[$0.rawValue] }
        let latent = Statistics.moments(process.latent)
        let predicted = Statistics.moments(values)
        stretch = latent.deviation > 1e-9 ? predicted.deviation / latent.deviation : 0
        base = predicted.mean - stretch * latent.mean
        let (unit, factor) = (process.unit, stretch)
        weights = process.weights.map { $0 * unit * factor }
        self.values = values
        datasets = records.datasets
        runs = records.runs
        results = records.datasets.flatMap { zoo.known.results.values[zoo.known.results.column($0)] }
        self.zoo = zoo.known
    }

    func explanation(of model: Int) -> Explanation {
        let records = contributions(to: model, variances: fromRecords)
        let scores = contributions(to: model, variances: fromScores).reduce(0, +)
        let order = records.indices.sorted { abs(records[$0]) > abs(records[$1]) }
        var parts = order.prefix(Self.shown).map { index in
            Explanation.Part(
                kind: Int(pairs.models[index]) == model ? .record : .neighbour, what: description(index, of: model),
                contribution: records[index])
        }
        if scores != 0 {
            parts.append(
                .init(
                    kind: .score, what: "its transferability scores, and results of models with scores like them",
                    contribution: scores))
        }
        let others = order.dropFirst(Self.shown)
        if !others.isEmpty {
            parts.append(
                .init(
                    kind: .neighbour, what: "\(others.count) other results of it and of models like it",
                    contribution: others.reduce(0) { $0 + records[$1] }))
        }
        parts.sort { abs($0.contribution) > abs($1.contribution) }
        let sum = base + parts.reduce(0) { $0 + $1.contribution }
        parts.insert(.init(kind: .baseline, what: "what a middling model reaches", contribution: base), at: 0)
        parts.append(
            .init(
                kind: .metadata, what: "the way back to results, and how such predictions turned out on other datasets",
                contribution: values[model] - sum))
        return Explanation(parts: parts, addsUp: true)
    }

    private func contributions(to model: Int, variances: PairKernel.Variances) -> [Double] {
        var row = [Double](repeating: 0, count: pairs.count)
        row.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return }
            kernel.fill(
                base, rowsOf: queries, slot: target, rows: model..<model + 1, with: pairs, variances: variances)
        }
        return zip(row, weights).map { $0 * $1 }
    }

    private func description(_ index: Int, of model: Int) -> String {
        let own = Int(pairs.models[index])
        let whose = own == model ? "its" : "\(zoo.models[own].name)'s"
        guard index < results.count, let slot = datasets.indices.first(where: { pairs.slot($0).contains(index) })
        else {
            return "\(whose) mean over \(Int(runs[index])) more distant datasets"
        }
        return "\(whose) result \(String(format: "%.4g", results[index])) on \(zoo.datasets[datasets[slot]].name)"
    }
}
