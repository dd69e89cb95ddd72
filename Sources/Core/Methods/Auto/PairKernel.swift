import Foundation

/// The prior covariance of results: a sum of products of how alike two models, two datasets and two scores are.
///
/// Records are grouped by slot: a slot is a dataset, several summed up in one, or the target.
public struct PairKernel: Sendable {
    /// The terms of the sum.
    public enum Term: Int, Sendable, CaseIterable {
        /// Alike models do alike everywhere.
        case models
        /// A model keeps its own level everywhere.
        case identity
        /// Alike models do alike on datasets close to each other.
        case modelsByDistance
        /// A model keeps its own level on datasets close to each other.
        case identityByDistance
        /// Alike models do alike on datasets of alike size and classes.
        case modelsByDescription
        /// Alike models do alike on one dataset, for reasons of its own.
        case modelsByDataset
        /// What no model or dataset explains.
        case noise
        /// A transferability score says the same everywhere.
        case scores
        /// A transferability score says the same on datasets close to each other.
        case scoresByDistance
        /// A transferability score says something of its own on each dataset.
        case scoresByDataset
        /// Models with alike scores on all datasets do alike everywhere.
        case profile
        /// Models with alike scores on all datasets do alike on datasets close to each other.
        case profileByDistance
        /// Results rise or fall with size, input and output everywhere.
        case trend
        /// Results rise or fall with size, input and output on datasets close to each other.
        case trendByDistance
    }

    /// A variance for each ``Term``, in the terms' order.
    public typealias Variances = [Double]

    /// Where the variances of an ``Auto`` start, in the terms' order: fractions of the variance of the results. They are
    /// the geometric means of what the marginal likelihood alone chose on the published image and text zoos.
    public static let priorVariances: Variances = [
        0.18, 0.033, 0.17, 0.04, 0.15, 0.048, 0.13, 0.084, 0.027, 0.013, 0.088, 0.046, 0.041, 0.02,
    ]

    /// The covariance of two models' parts, `modelCount × modelCount` each.
    let modelCount: Int
    let similarity: [Double]
    let trend: [Double]
    let profile: [Double]
    /// The covariance of two slots' parts, `slotCount × slotCount` each.
    let slotCount: Int
    let distance: [Double]
    let description: [Double]
    /// The number of scores a pair has, at least 1.
    let scoreCount: Int

    /// (Model, slot) pairs grouped by slot, each with its standardised scores.
    struct Pairs {
        var models: [Int32] = []
        /// `slotCount + 1` positions.
        var offsets: [Int] = [0]
        /// `count × scoreCount`.
        var scores: [Double] = []
        /// What the noise variance is multiplied by: 1 for a single result.
        var noise: [Double] = []

        var count: Int { models.count }
        func slot(_ index: Int) -> Range<Int> { offsets[index]..<offsets[index + 1] }
    }

    /// What the terms come to for two slots.
    private struct Coefficients {
        var similarity = 0.0
        var identity = 0.0
        var profile = 0.0
        var trend = 0.0
        var scores = 0.0

        init(_ v: Variances, distance: Double, description: Double, isSame: Bool) {
            func value(_ term: Term) -> Double { v[term.rawValue] }
            similarity =
                value(.models) + value(.modelsByDistance) * distance + value(.modelsByDescription) * description
                + (isSame ? value(.modelsByDataset) : 0)
            identity = value(.identity) + value(.identityByDistance) * distance
            profile = value(.profile) + value(.profileByDistance) * distance
            trend = value(.trend) + value(.trendByDistance) * distance
            scores =
                value(.scores) + value(.scoresByDistance) * distance + (isSame ? value(.scoresByDataset) : 0)
        }
    }

    /// Writes the covariance of rows `rows` of `a` with all of `b` into `matrix`, row by row of width `b.count`.
    ///
    /// - Parameter fromDiagonal: for `a` and `b` the same: whether only the entries from the diagonal on are wanted.
    /// - Complexity: O(|rows| n).
    func fill(
        _ matrix: UnsafeMutablePointer<Double>, rowsOf a: Pairs, slot: Int, rows: Range<Int>, with b: Pairs,
        variances: Variances, fromDiagonal: Bool = false
    ) {
        let width = b.count
        for other in 0..<min(slotCount, b.offsets.count - 1) {
            let columns = b.slot(other)
            if columns.isEmpty || (fromDiagonal && columns.upperBound <= rows.lowerBound) { continue }
            let k = Coefficients(
                variances, distance: distance[slot * slotCount + other],
                description: description[slot * slotCount + other], isSame: slot == other)
            let perScore = k.scores / Double(max(scoreCount, 1))
            for row in rows {
                let model = Int(a.models[row])
                let base = model * modelCount
                let line = matrix + (row - rows.lowerBound) * width
                let first = fromDiagonal ? max(columns.lowerBound, row) : columns.lowerBound
                if first >= columns.upperBound { continue }
                for column in first..<columns.upperBound {
                    let otherModel = Int(b.models[column])
                    let position = base + otherModel
                    var value = k.similarity * similarity[position] + k.trend * trend[position]
                    value += k.profile * profile[position]
                    if model == otherModel { value += k.identity }
                    for score in 0..<scoreCount {
                        value += perScore * a.scores[row * scoreCount + score] * b.scores[column * scoreCount + score]
                    }
                    line[column] = value
                }
            }
        }
    }

    /// For each term, the sum over all pairs i ≤ j of `weights[i, j]` times the term's covariance with variance one.
    ///
    /// - Parameter weights: `n × n`, row by row; entries below the diagonal are not read.
    func contracted(_ pairs: Pairs, weights: UnsafePointer<Double>) -> [Double] {
        var sums = [Double](repeating: 0, count: Term.allCases.count)
        let n = pairs.count
        for slot in 0..<slotCount {
            for other in slot..<slotCount {
                let columns = pairs.slot(other)
                var part = (similarity: 0.0, identity: 0.0, profile: 0.0, trend: 0.0, scores: 0.0)
                for row in pairs.slot(slot) {
                    let model = Int(pairs.models[row])
                    for column in max(columns.lowerBound, row)..<max(columns.upperBound, row) {
                        let weight = weights[row * n + column]
                        let otherModel = Int(pairs.models[column])
                        let position = model * modelCount + otherModel
                        part.similarity += weight * similarity[position]
                        part.profile += weight * profile[position]
                        part.trend += weight * trend[position]
                        if model == otherModel { part.identity += weight }
                        var product = 0.0
                        for score in 0..<scoreCount {
                            product +=
                                pairs.scores[row * scoreCount + score] * pairs.scores[column * scoreCount + score]
                        }
                        part.scores += weight * product
                    }
                }
                part.scores /= Double(max(scoreCount, 1))
                let distance = distance[slot * slotCount + other]
                func add(_ term: Term, _ value: Double) { sums[term.rawValue] += value }
                add(.models, part.similarity)
                add(.modelsByDistance, part.similarity * distance)
                add(.modelsByDescription, part.similarity * description[slot * slotCount + other])
                add(.identity, part.identity)
                add(.identityByDistance, part.identity * distance)
                add(.profile, part.profile)
                add(.profileByDistance, part.profile * distance)
                add(.trend, part.trend)
                add(.trendByDistance, part.trend * distance)
                add(.scores, part.scores)
                add(.scoresByDistance, part.scores * distance)
                if slot == other {
                    add(.modelsByDataset, part.similarity)
                    add(.scoresByDataset, part.scores)
                }
            }
        }
        for index in 0..<n { sums[Term.noise.rawValue] += weights[index * n + index] * pairs.noise[index] }
        return sums
    }
}
