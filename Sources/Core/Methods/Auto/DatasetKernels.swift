import Foundation
import Support

/// Kernels of a zoo's datasets before any fine-tuning, by what is known of them: given distances, size and classes, the
/// words of their names, a sentence encoder's vectors, and their other facts (type, languages, metric, …).
package struct DatasetKernels: Sendable {
    package enum Source: Int, CaseIterable, Sendable {
        case distance, description, names, facts, texts
    }

    /// What the zoo knows enough of to tell datasets apart.
    let sources: [Source]
    private let zoo: Zoo
    private let median: Double
    private let gamma: Double
    private let sizes: [Double]
    private let classes: [Double]
    private let words: TermVectors
    private let facts: [FactColumn]
    private let texts: TextVectors

    /// - Parameters:
    ///   - relevant: the datasets whose distances and numbers set the scale: those with results, and the target.
    ///   - gamma: γ in exp(-γ (d / median)²).
    init(_ zoo: Zoo, relevant: [Int], gamma: Double) {
        self.zoo = zoo
        self.gamma = gamma
        var distances: [Double] = []
        var areKnown = false
        if let matrix = zoo.distances {
            // Some four hundred rows, spread over all, are plenty for a median. The target's is among them, since it may
            // be the only one that has distances.
            let step = max(1, relevant.count / 400)
            let rows = stride(from: 0, to: relevant.count - 1, by: step).map { relevant[$0] } + relevant.suffix(1)
            for a in rows {
                for b in relevant where b != a {
                    guard let distance = matrix[a, b] else { continue }
                    areKnown = true
                    if distance > 0 { distances.append(distance) }
                }
            }
            distances.sort()
        }
        median = distances.isEmpty ? 1 : distances[distances.count / 2]
        sizes = Self.standardised(zoo.datasets.map(\.size), over: relevant)
        classes = Self.standardised(zoo.datasets.map(\.classes), over: relevant)
        words = TermVectors(
            zoo.datasets.map { NameTokens.of($0.name) },
            uniqueWeight: min(1, 64 / Double(max(zoo.datasets.count, 1))).squareRoot())
        facts = FactColumn.columns(zoo.datasets.map(\.other))
        var sources: [Source] = areKnown ? [.distance] : []
        if sizes.contains(where: { $0 != 0 }) || classes.contains(where: { $0 != 0 }) { sources.append(.description) }
        if words.tellsAnything { sources.append(.names) }
        if !facts.isEmpty { sources.append(.facts) }
        texts = TextVectors(zoo.textEmbeddings?.datasets ?? [])
        if texts.tellsAnything { sources.append(.texts) }
        self.sources = sources
    }

    /// The similarity of two datasets by one source, 1 for a dataset with itself.
    func similarity(_ a: Int, _ b: Int, by source: Source) -> Double {
        if a == b { return 1 }
        switch source {
        case .distance:
            guard let distance = zoo.distances?[a, b] else { return 0 }
            return exp(-gamma * (distance / median) * (distance / median))
        case .description:
            let size = sizes[a] - sizes[b]
            let classCount = classes[a] - classes[b]
            return exp(-(size * size + classCount * classCount) / 2)
        case .names: return Self.sharpened(words.cosine(a, b))
        case .texts: return Self.sharpened(max(0, texts.cosine(a, b)))
        case .facts:
            return facts.reduce(0) { $0 + $1.similarity(a, b) } / Double(max(facts.count, 1))
        }
    }

    /// How much every dataset's results say of the target, by all sources together.
    ///
    /// - Complexity: linear in datasets and in what describes them.
    func nearness(to target: Int) -> [Double] { nearness(to: target, by: sources) }

    /// The same by some sources.
    func nearness(to target: Int, by sources: [Source]) -> [Double] {
        var result = [Double](repeating: 0, count: zoo.datasets.count)
        for source in sources {
            switch source {
            case .names:
                for (dataset, cosine) in words.cosines(to: target).enumerated() {
                    result[dataset] += Self.sharpened(cosine)
                }
            case .facts:
                for column in facts {
                    for (dataset, cosine) in column.similarities(to: target).enumerated() {
                        result[dataset] += cosine / Double(facts.count)
                    }
                }
            case .texts:
                for (dataset, cosine) in texts.cosines(to: target).enumerated() {
                    result[dataset] += Self.sharpened(max(0, cosine))
                }
            case .distance, .description:
                let weight = source == .distance ? 2 : 0.1
                for dataset in result.indices {
                    result[dataset] += weight * similarity(target, dataset, by: source)
                }
            }
        }
        return result
    }

    /// The kernel of groups by one source: of one dataset each, or, for one that aggregates several, the mean over those.
    ///
    /// - Complexity: O(g²) for g groups, and a hundred squared for what an aggregated group stands for.
    func matrix(_ groups: [[Int]], by source: Source) throws(NumericalError) -> Matrix {
        var result = Matrix(rows: groups.count, columns: groups.count)
        for a in groups.indices {
            for b in 0...a {
                let value = mean(groups[a], groups[b], by: source)
                result[a, b] = value
                result[b, a] = value
            }
        }
        return try LinearAlgebra.nearestPositiveSemidefinite(result)
    }

    private func mean(_ a: [Int], _ b: [Int], by source: Source) -> Double {
        // Among very many, every so many stand for all.
        let left = stride(from: 0, to: a.count, by: max(1, a.count / 100)).map { a[$0] }
        let right = stride(from: 0, to: b.count, by: max(1, b.count / 100)).map { b[$0] }
        var sum = 0.0
        for first in left { for second in right { sum += similarity(first, second, by: source) } }
        return sum / Double(max(1, left.count * right.count))
    }

    /// Half the cosine and half its square: one common word among several says little.
    private static func sharpened(_ cosine: Double) -> Double { (cosine + cosine * cosine) / 2 }

    /// The standardised logarithms of a column; what is missing, or tells nothing, is zero.
    private static func standardised(_ column: [Double?], over relevant: [Int]) -> [Double] {
        let logarithms = column.map { $0.flatMap { $0 > 0 && $0.isFinite ? log($0) : nil } }
        let (mean, deviation) = Statistics.moments(relevant.compactMap { logarithms[$0] })
        guard deviation > 1e-9 else { return [Double](repeating: 0, count: column.count) }
        return logarithms.map { $0.map { ($0 - mean) / deviation } ?? 0 }
    }
}
