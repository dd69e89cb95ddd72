import Foundation
import Support

/// How wide intervals have to be after two known results for 80 % of the others to lie inside, as a share of those of a
/// normal distribution: learned by replays on the other datasets.
///
/// Each training dataset is predicted without itself; the results of the two models that are predicted best become known,
/// and those of the others are compared with what is then expected of them (conformal prediction; Lei et al.,
/// "Distribution-free predictive inference for regression", 2018).
struct ReplayedWidth: Sendable {
    /// A training dataset: its models, what was predicted of them without it, and their results in the target's units.
    struct Replay: Sendable {
        let group: Int
        let models: [Int]
        let predictions: [Double]
        let results: [Double]
    }

    /// With the correction for few datasets of split conformal prediction: of G datasets, the quantile at 0.8 (G + 1) / G.
    let share: Double
    /// Without it.
    let middle: Double

    private static let known = 2
    private static let mostModels = 60
    private static let mostReplays = 30
    private static let fewestReplays = 3
    /// As many datasets as a share of 1 counts for.
    private static let shrinkage = 2.0

    /// - Throws: `Cancelled`; ``NumericalError``.
    /// - Complexity: O(m r²) for m models of the replays and r columns of features.
    init(
        _ replays: [Replay], covariance: ResultCovariance, scale: ResultScale, mostBelow: Double, work: Work
    ) throws {
        let usable = replays.filter { $0.models.count >= Self.known + 4 }
            .sorted { ($0.models.count, $1.group) > ($1.models.count, $0.group) }.prefix(Self.mostReplays)
            .map(Self.shortened)
        guard usable.count >= Self.fewestReplays else {
            share = 1
            middle = 1
            return
        }
        let models = Set(usable.flatMap(\.models)).sorted()
        let rows = Dictionary(uniqueKeysWithValues: models.enumerated().map { ($1, $0) })
        let joint = try covariance.joint(of: models, work: work)
        var ratios: [(ratio: Double, weight: Double)] = []
        for replay in usable {
            try work.check()
            let places = replay.models.map { rows[$0] ?? 0 }
            let own = covariance.errorColumns(of: joint.shared).lowerBound + replay.group
            /// The covariance of two models' results without what the dataset's own errors say.
            func together(_ a: Int, _ b: Int) -> Double {
                let (first, second) = (joint.shared.row(places[a]), joint.shared.row(places[b]))
                var sum = -first[first.startIndex + own] * second[second.startIndex + own]
                for (x, y) in zip(first, second) { sum += x * y }
                return a == b ? sum + joint.rest[places[a]] : sum
            }
            let errors = try Self.ratios(
                replay, scale: scale, mostBelow: mostBelow, work: work, covariance: together)
            ratios += errors.map { ($0, 1 / Double(errors.count)) }
        }
        ratios.sort { $0.ratio < $1.ratio }
        let total = ratios.reduce(0) { $0 + $1.weight }
        let count = Double(usable.count)
        func width(at level: Double) -> Double {
            var sum = 0.0
            let quantile = ratios.first {
                sum += $0.weight
                return sum >= level * total
            }
            let found = min(max((quantile?.ratio ?? Statistics.normal90) / Statistics.normal90, 0.25), 4)
            return exp(log(found) * count / (count + Self.shrinkage))
        }
        middle = width(at: 0.8)
        share = width(at: min(0.8 * (count + 1) / count, 0.95))
    }

    /// The two models that are predicted best, the better result first, and some of the others, evenly spread.
    private static func shortened(_ replay: Replay) -> Replay {
        let order = replay.models.indices.sorted {
            (replay.predictions[$0], replay.models[$1]) > (replay.predictions[$1], replay.models[$0])
        }
        let first = order.prefix(known).sorted { replay.results[$0] > replay.results[$1] }
        let rest = Array(order.dropFirst(known))
        let count = min(rest.count, mostModels)
        let places = first + (0..<count).map { rest[$0 * rest.count / count] }
        return Replay(
            group: replay.group, models: places.map { replay.models[$0] },
            predictions: places.map { replay.predictions[$0] }, results: places.map { replay.results[$0] })
    }

    /// How far the results that are not known lie from what is expected of them, in deviations.
    private static func ratios(
        _ replay: Replay, scale: ResultScale, mostBelow: Double, work: Work,
        covariance: (Int, Int) -> Double
    ) throws -> [Double] {
        let open = known..<replay.models.count
        var between = Matrix(rows: known, columns: known)
        for a in 0..<known { for b in 0..<known { between[a, b] = covariance(a, b) } }
        let cross = open.map { place in (0..<known).map { covariance(place, $0) } }
        let own = open.map { covariance($0, $0) }
        var parts: [(evidence: Double, means: [Double], variances: [Double])] = []
        for (spread, prior) in scale.grid {
            let square = spread * spread
            var matrix = between
            for index in matrix.values.indices {
                matrix.values[index] = scale.level.variance + square * matrix.values[index]
            }
            guard let factor = CholeskyFactor(matrix) else { continue }
            let rest = (0..<known).map { replay.results[$0] - scale.level.mean - spread * replay.predictions[$0] }
            let surprises = try factor.winsorised(rest, below: -mostBelow, work: work).surprises
            var means: [Double] = []
            var variances: [Double] = []
            for (index, place) in open.enumerated() {
                let whitened = factor.forwardSubstituted(cross[index].map { scale.level.variance + square * $0 })
                means.append(
                    zip(whitened, surprises).reduce(scale.level.mean + spread * replay.predictions[place]) {
                        $0 + $1.0 * $1.1
                    })
                variances.append(
                    max(scale.level.variance + square * own[index] - whitened.reduce(0) { $0 + $1 * $1 }, 0))
            }
            let evidence =
                log(prior) - (surprises.reduce(0) { $0 + $1 * $1 } + factor.logDeterminant) / 2
            parts.append((evidence, means, variances))
        }
        let most = parts.map(\.evidence).max() ?? 0
        let weights = parts.map { exp($0.evidence - most) }
        let total = weights.reduce(0, +)
        guard total > 0 else { return [] }
        return open.indices.map { place in
            let index = place - known
            var mean = 0.0
            var second = 0.0
            for (part, weight) in zip(parts, weights) {
                mean += weight / total * part.means[index]
                second += weight / total * (part.variances[index] + part.means[index] * part.means[index])
            }
            return abs(replay.results[place] - mean) / max(second - mean * mean, 1e-18).squareRoot()
        }
    }
}
