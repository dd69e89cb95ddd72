import Foundation

/// Which of a zoo's datasets are each other's nearest, by the distances that it has, and without them by what is said of
/// the datasets: the words of their names, their size and classes, and their other facts.
struct DatasetNeighbours: Sendable {
    /// A pair of datasets each; weights above 0, at most 1.
    let edges: [CSRGraph.Edge]

    /// - Parameters:
    ///   - neighbours: the nearest of each dataset that are joined to it if it is among theirs.
    ///   - own: the nearest of each that are joined to it in any case.
    /// - Complexity: O(datasets² log datasets).
    init(_ zoo: Zoo, neighbours: Int, own: Int) {
        let count = zoo.datasets.count
        let kernels = DatasetKernels(zoo, relevant: Array(0..<count), gamma: 1)
        let hasDistances = (0..<count).map { dataset in
            zoo.distances.map { matrix in (0..<count).contains { $0 != dataset && matrix[dataset, $0] != nil } }
                ?? false
        }
        // For each dataset its nearest with the squared distance, nearest first.
        let nearest = (0..<count).map { dataset -> [(dataset: Int, square: Double)] in
            var found: [(dataset: Int, square: Double)] = []
            if hasDistances[dataset] {
                for other in 0..<count where other != dataset {
                    if let distance = zoo.distances?[dataset, other] { found.append((other, distance * distance)) }
                }
            } else {
                let nearness = kernels.descriptions(near: dataset)
                for other in 0..<count where other != dataset && nearness[other] > Self.leastNearness {
                    found.append((other, 1 - nearness[other]))
                }
            }
            found.sort { ($0.square, $0.dataset) < ($1.square, $1.dataset) }
            return Array(found.prefix(max(neighbours, own)))
        }
        var joined: [Int: Double] = [:]
        for dataset in 0..<count {
            for (rank, other) in nearest[dataset].enumerated() {
                let back = nearest[other.dataset].firstIndex { $0.dataset == dataset }
                guard rank < own || (rank < neighbours && back.map { $0 < neighbours } == true) else { continue }
                joined[min(dataset, other.dataset) * count + max(dataset, other.dataset)] = other.square
            }
        }
        let reach = nearest.map { $0.last?.square ?? 0 }
        edges = joined.sorted { $0.key < $1.key }.map { key, square in
            let (a, b) = (key / count, key % count)
            let scale = (reach[a] * reach[b]).squareRoot()
            // Distances near the end of the numbers have squares beyond it.
            let weight = scale.isFinite ? scale > 0 ? exp(-square / scale) : 1 : 0
            return CSRGraph.Edge(from: Int32(a), to: Int32(b), weight: max(Float(weight), Self.leastWeight))
        }
    }

    /// Datasets that are less near by their descriptions have too little in common for an edge.
    private static let leastNearness = 0.1
    /// The lightest edge: one to a dataset that is near to nothing.
    private static let leastWeight: Float = 0.05
}

extension DatasetKernels {
    /// How near every dataset is to one by what is said of them, the mean over what there is: 0 to 1.
    fileprivate func descriptions(near dataset: Int) -> [Double] {
        let used = sources.filter { $0 == .names || $0 == .facts }
        guard !used.isEmpty else { return nearness(to: dataset).map { _ in 0 } }
        return nearness(to: dataset, by: used).map { $0 / Double(used.count) }
    }
}
