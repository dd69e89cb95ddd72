import Foundation

/// The models of a zoo that are most like one of them.
///
/// Where two models have results on the same datasets, their dissimilarity is the mean difference of their ranks there,
/// each from 0 (the worst of the dataset) to 1 (the best). A model with too few results is compared by its metadata: family,
/// architecture, pre-training data and size.
public struct ModelNeighbours: Sendable {
    public struct Neighbour: Sendable, Equatable {
        public let model: Int
        /// How many datasets both have results on; 0 where what is said of them makes them alike.
        public let sharedDatasets: Int
        /// The mean difference of the ranks; of metadata, 1 minus the share of the fields that agree.
        public let distance: Double
    }

    /// The nearest first.
    public let nearest: [Neighbour]

    /// - Complexity: linear in the results of the zoo, beside sorting them dataset by dataset.
    public init(of model: Int, in zoo: Zoo, limit: Int = 5) {
        var sums = [Double](repeating: 0, count: zoo.models.count)
        var shared = [Int](repeating: 0, count: zoo.models.count)
        var own = 0
        for dataset in zoo.datasets.indices {
            let column = zoo.results.column(dataset)
            guard column.count > 1, column.contains(where: { Int(zoo.results.models[$0]) == model }) else { continue }
            own += 1
            let ranks = Self.ranks(zoo.results.values[column])
            let position = column.first { Int(zoo.results.models[$0]) == model } ?? column.lowerBound
            let rank = ranks[position - column.lowerBound]
            for (offset, other) in zoo.results.models[column].enumerated() where Int(other) != model {
                sums[Int(other)] += abs(ranks[offset] - rank)
                shared[Int(other)] += 1
            }
        }
        let needed = max(2, own / 2)
        var found = zoo.models.indices.filter { shared[$0] >= needed }.map {
            Neighbour(model: $0, sharedDatasets: shared[$0], distance: sums[$0] / Double(shared[$0]))
        }
        if found.isEmpty { found = Self.byMetadata(model, zoo) }
        found.sort { ($0.distance, -$0.sharedDatasets, $0.model) < ($1.distance, -$1.sharedDatasets, $1.model) }
        nearest = Array(found.prefix(limit))
    }

    /// From 0 for the lowest to 1 for the highest; equal values share the mean of theirs.
    private static func ranks(_ values: ArraySlice<Double>) -> [Double] {
        let order = values.indices.sorted { values[$0] < values[$1] }
        var ranks = [Double](repeating: 0, count: values.count)
        var first = 0
        while first < order.count {
            var last = first
            while last + 1 < order.count, values[order[last + 1]] == values[order[first]] { last += 1 }
            let rank = Double(first + last) / 2 / Double(values.count - 1)
            for position in first...last { ranks[order[position] - values.startIndex] = rank }
            first = last + 1
        }
        return ranks
    }

    private static func byMetadata(_ model: Int, _ zoo: Zoo) -> [Neighbour] {
        let own = zoo.models[model]
        return zoo.models.indices.compactMap { index in
            let other = zoo.models[index]
            if index == model { return nil }
            var (agreeing, known) = (0.0, 0.0)
            func compare(_ a: String?, _ b: String?) {
                guard let a, let b else { return }
                known += 1
                if a == b { agreeing += 1 }
            }
            compare(own.family, other.family)
            compare(own.architecture, other.architecture)
            if !own.pretrainingDatasets.isEmpty, !other.pretrainingDatasets.isEmpty {
                let common = Set(own.pretrainingDatasets).intersection(other.pretrainingDatasets).count
                known += 1
                agreeing += Double(common) / Double(max(own.pretrainingDatasets.count, other.pretrainingDatasets.count))
            }
            if let a = own.parameters, let b = other.parameters, a > 0, b > 0 {
                known += 1
                agreeing += max(0, 1 - abs(log2(a / b)) / 4)
            }
            return agreeing > 0
                ? Neighbour(model: index, sharedDatasets: 0, distance: 1 - agreeing / max(known, 2)) : nil
        }
    }
}
