import Support

/// Samples from the joint predictive distribution of the models' results on a target.
///
/// Of very many models only those enter that may be the best: the others follow by their predictions.
struct PosteriorSamples: Sendable {
    static let size = 400
    let sampleCount: Int
    let modelCount: Int
    /// The models that enter, ascending.
    let candidates: [Int]
    /// `sampleCount × candidates`.
    private let values: [Double]

    /// Four hundred samples: means and standard deviations as given, skewness as errors have it, and the
    /// correlations of the process, noise included.
    ///
    /// - Throws: `Cancelled`.
    /// - Complexity: O(samples · candidates · r) for r columns of features.
    init(
        of process: GaussianProcess, predicted: [Double], deviations: [Double], shape: TwoPieceNormal,
        sharpness: BestModelSharpness, limit: Int,
        seed: UInt64, target: Int, work: Work
    ) throws {
        let sampleCount = Self.size
        modelCount = predicted.count
        let candidates = Self.candidates(
            Array(predicted.indices), means: predicted, deviations: deviations, limit: limit)
        self.candidates = candidates
        self.sampleCount = sampleCount
        let (whitened, rest) = try process.joint(of: candidates, work: work)
        let noise = process.covariance.noise
        let width = candidates.count
        var generator = SeededGenerator(seed: seed, purpose: .posteriorSamples, item: target)
        let normals = (0..<sampleCount * whitened.columns).map { _ in generator.normal() }
        var values = [Double](repeating: 0, count: sampleCount * width)
        LinearAlgebra.gemm(
            m: sampleCount, n: width, k: whitened.columns, normals, whitened.values, transposeB: true, into: &values)
        try work.check()
        let scales = (0..<width).map { index -> (independent: Double, whole: Double) in
            let shared = whitened.row(index).reduce(0) { $0 + $1 * $1 }
            let own = rest[index] + noise
            return (own.squareRoot(), 1 / max(shared + own, 1e-12).squareRoot())
        }
        for sample in 0..<sampleCount {
            let share = sharpness.share(ofSample: sample)
            for index in 0..<width {
                let place = sample * width + index
                let draw = values[place] + scales[index].independent * generator.normal()
                let model = candidates[index]
                values[place] = predicted[model] + share * deviations[model] * shape.draw(scales[index].whole * draw)
            }
        }
        self.values = values
    }

    /// Of some models those that may be the best, ascending: those that reach highest two deviations above their means.
    static func candidates(_ models: [Int], means: [Double], deviations: [Double], limit: Int) -> [Int] {
        guard models.count > limit else { return models }
        let reach = zip(means, deviations).map { $0 + 2 * $1 }
        return models.sorted { (-reach[$0], $0) < (-reach[$1], $1) }.prefix(limit).sorted()
    }

    init(sampleCount: Int, modelCount: Int, candidates: [Int], values: [Double]) {
        precondition(values.count == sampleCount * candidates.count, "a value a sample and candidate")
        self.sampleCount = sampleCount
        self.modelCount = modelCount
        self.candidates = candidates
        self.values = values
    }

    /// Sample number `index`, the candidates' results in their order.
    func sample(_ index: Int) -> ArraySlice<Double> {
        values[index * candidates.count..<(index + 1) * candidates.count]
    }

    /// The order in which to fine-tune. The first model is the one with the highest prediction; each next one maximises
    /// the expected improvement over the best result of those before (Mockus, "On Bayesian methods for seeking the
    /// extremum", 1974), up to `greedy` of them; the others follow by their predictions.
    ///
    /// - Parameters:
    ///   - tried: models that were fine-tuned already: they come last, best first.
    ///   - incumbent: the best of their results, over which the first model too is to improve.
    /// - Complexity: O(samples × candidates × greedy).
    func order(values predicted: [Double], greedy: Int = 20, tried: [Int] = [], incumbent: Double? = nil) -> [Int] {
        let width = candidates.count
        var best = [Double](repeating: incumbent ?? -.infinity, count: sampleCount)
        var order: [Int] = []
        var isTaken = [Bool](repeating: false, count: modelCount)
        for step in 0..<min(greedy, width) {
            var gains = [Double](repeating: 0, count: width)
            if step == 0 && incumbent == nil {
                gains = candidates.map { predicted[$0] }
            } else {
                for sample in 0..<sampleCount {
                    let incumbent = best[sample]
                    for index in 0..<width { gains[index] += max(0, values[sample * width + index] - incumbent) }
                }
            }
            var chosen = -1
            for index in 0..<width where !isTaken[candidates[index]] {
                let isBetter =
                    chosen < 0 || gains[index] > gains[chosen]
                    || (gains[index] == gains[chosen] && predicted[candidates[index]] > predicted[candidates[chosen]])
                if isBetter { chosen = index }
            }
            isTaken[candidates[chosen]] = true
            order.append(candidates[chosen])
            for sample in 0..<sampleCount { best[sample] = max(best[sample], values[sample * width + chosen]) }
        }
        for model in tried { isTaken[model] = true }
        func sorted(_ models: [Int]) -> [Int] {
            models.sorted { predicted[$0] != predicted[$1] ? predicted[$0] > predicted[$1] : $0 < $1 }
        }
        return order + sorted((0..<modelCount).filter { !isTaken[$0] }) + sorted(tried)
    }

    /// For each k from 1, the share of samples whose best model, of those in `order`, is among its first k.
    func chanceOfBest(_ order: [Int]) -> [Double] {
        var place = [Int](repeating: -1, count: modelCount)
        for (position, model) in order.enumerated() { place[model] = position }
        var counts = [Int](repeating: 0, count: order.count)
        let width = candidates.count
        let columns = candidates.indices.filter { place[candidates[$0]] >= 0 }
        for sample in 0..<sampleCount {
            guard
                let best = columns.max(by: { values[sample * width + $0] < values[sample * width + $1] })
            else { break }
            counts[place[candidates[best]]] += 1
        }
        var sum = 0
        return counts.map { count in
            sum += count
            return Double(sum) / Double(sampleCount)
        }
    }
}
