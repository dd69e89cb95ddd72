import Foundation

/// Kernels of datasets from what is known before any fine-tuning: their distance, and their size and number of classes.
struct DatasetKernels {
    private let zoo: Zoo
    private let median: Double
    private let gamma: Double
    private let sizes: [Double]
    private let classes: [Double]
    private let hasDistances: Bool

    /// - Parameter relevant: the datasets whose distances and numbers set the scale: those with results, and the target.
    init(_ zoo: Zoo, relevant: [Int], gamma: Double) {
        self.zoo = zoo
        self.gamma = gamma
        var distances: [Double] = []
        if let matrix = zoo.distances {
            // A thousand rows are plenty for a median.
            let rows = relevant.prefix(1000)
            for a in rows {
                for b in rows where a != b {
                    if let distance = matrix[a, b], distance > 0 { distances.append(distance) }
                }
            }
            distances.sort()
        }
        hasDistances = !distances.isEmpty
        median = distances.isEmpty ? 1 : distances[distances.count / 2]
        sizes = Self.standardised(zoo.datasets.map(\.size), over: relevant)
        classes = Self.standardised(zoo.datasets.map(\.classes), over: relevant)
    }

    /// The RBF kernel exp(-γ (d / median)²) of two datasets at distance d; 0 where it is not known.
    func byDistance(_ a: Int, _ b: Int) -> Double {
        if a == b { return 1 }
        guard hasDistances, let distance = zoo.distances?[a, b] else { return 0 }
        return exp(-gamma * (distance / median) * (distance / median))
    }

    /// The RBF kernel of the standardised logarithms of size and number of classes.
    func byDescription(_ a: Int, _ b: Int) -> Double {
        let size = sizes[a] - sizes[b]
        let classCount = classes[a] - classes[b]
        return exp(-(size * size + classCount * classCount) / 2)
    }

    /// The datasets with results, the closest to the target first.
    func ordered(_ datasets: [Int], around target: Int) -> [Int] {
        let similarity = datasets.map { byDistance($0, target) + 0.1 * byDescription($0, target) }
        return datasets.indices.sorted {
            similarity[$0] != similarity[$1] ? similarity[$0] > similarity[$1] : datasets[$0] < datasets[$1]
        }.map { datasets[$0] }
    }

    /// The kernels of groups: of one dataset each, or, for a group that aggregates several, the mean over those.
    ///
    /// Distances need not come from points in any space, so what their kernel lacks to be one is mended.
    ///
    /// - Throws: ``NumericalError``.
    /// - Complexity: O(s³) for s groups, and O(n²) once for n aggregated datasets.
    func matrices(_ groups: [[Int]]) throws(NumericalError) -> (distance: [Double], description: [Double]) {
        let count = groups.count
        var distance = Matrix(rows: count, columns: count)
        var description = distance
        for a in 0..<count {
            for b in 0...a {
                let pair = mean(groups[a], groups[b])
                for (row, column) in [(a, b), (b, a)] {
                    distance[row, column] = pair.distance
                    description[row, column] = pair.description
                }
            }
        }
        return (
            try LinearAlgebra.nearestPositiveSemidefinite(distance).values,
            try LinearAlgebra.nearestPositiveSemidefinite(description).values
        )
    }

    private func mean(_ a: [Int], _ b: [Int]) -> (distance: Double, description: Double) {
        // Among very many, every so many stand for all.
        let left = stride(from: 0, to: a.count, by: max(1, a.count / 200)).map { a[$0] }
        let right = stride(from: 0, to: b.count, by: max(1, b.count / 200)).map { b[$0] }
        var sums = (distance: 0.0, description: 0.0)
        for first in left {
            for second in right {
                sums.distance += byDistance(first, second)
                sums.description += byDescription(first, second)
            }
        }
        let pairs = Double(max(1, left.count * right.count))
        return (sums.distance / pairs, sums.description / pairs)
    }

    /// The standardised logarithms of a column; what is missing, or tells nothing, is zero.
    private static func standardised(_ column: [Double?], over relevant: [Int]) -> [Double] {
        let logarithms = column.map { $0.flatMap { $0 > 0 && $0.isFinite ? log($0) : nil } }
        let (mean, deviation) = Statistics.moments(relevant.compactMap { logarithms[$0] })
        guard deviation > 1e-9 else { return [Double](repeating: 0, count: column.count) }
        return logarithms.map { $0.map { ($0 - mean) / deviation } ?? 0 }
    }
}
