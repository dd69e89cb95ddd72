import Support

/// What a graph network's first layer sees of each node: features that are learned, or a learned linear map of those
/// that are given.
struct NodeInputs: Sendable {
    /// A row a node; those of nodes with given features are not used.
    private var learned: DenseMatrix<Float>
    private var learnedSteps: Adam<Float>?
    /// The features of the nodes that have some, standardised, and the row of each node among them, or −1.
    private let given: DenseMatrix<Float>
    private let places: [Int32]
    /// `dimension × f`.
    private var projection: DenseMatrix<Float>
    private var projectionSteps: Adam<Float>?

    var dimension: Int { learned.columns }
    var nodeCount: Int { learned.rows }

    /// - Throws: ``EmbeddingError/incompleteRows(numbers:nodes:)``; `Cancelled`.
    init(
        nodeCount: Int, features: [Float]?, dimension: Int, using generator: inout SeededGenerator, work: Work
    ) throws {
        let features = features ?? []
        guard nodeCount == 0 || features.count % nodeCount == 0 else {
            throw EmbeddingError.incompleteRows(numbers: features.count, nodes: nodeCount)
        }
        let width = nodeCount == 0 ? 0 : features.count / nodeCount
        var places = [Int32](repeating: -1, count: nodeCount)
        var rows: [Float] = []
        if width > 0 {
            var count: Int32 = 0
            for node in 0..<nodeCount {
                let row = features[node * width..<(node + 1) * width]
                guard row.allSatisfy(\.isFinite) else { continue }
                places[node] = count
                count += 1
                rows.append(contentsOf: row)
            }
        }
        let count = width == 0 ? 0 : rows.count / width
        let raw = DenseMatrix(rows: count, columns: width, values: rows)
        given = DenseMatrix(
            rows: count, columns: width, values: StandardScaler(raw).transformed(raw).values.map(Float.init))
        self.places = places
        learned = DenseMatrix(rows: nodeCount, columns: dimension)
        let spread = 1 / Double(dimension).squareRoot()
        for place in learned.values.indices {
            if place & 0xFFFF == 0 { try work.check() }
            learned.values[place] = Float(generator.normal() * spread)
        }
        projection = DenseMatrix(rows: dimension, columns: width, glorot: &generator)
    }

    /// Makes the learned features alike where nodes are near each other: so many times over, each becomes the sum of its own
    /// and its neighbours' mean, of length 1. Random vectors that are spread so tell what a node's neighbourhood is (Chen et
    /// al., "Fast and Accurate Network Embeddings via Very Sparse Random Projection", CIKM 2019).
    ///
    /// - Throws: `Cancelled`.
    mutating func spread(over graph: CSRGraph, rounds: Int, loop: RowLoop) throws {
        let width = dimension
        for _ in 0..<rounds {
            var next: DenseMatrix<Float> = loop.room.matrix(rows: nodeCount, columns: width)
            try next.withMutableRows { next in
                try learned.withRows { learned in
                    // Each turn writes its own rows.
                    nonisolated(unsafe) let (next, learned) = (next, learned)
                    try loop.rows(graph.nodeCount, width: width) { nodes in
                        for node in nodes {
                            let (row, place) = (graph.row(node), next + node * width)
                            place.update(from: learned + node * width, count: width)
                            let share = 1 / Float(max(1, row.count))
                            for entry in row {
                                Float.add(
                                    share, times: learned + Int(graph.targets[entry]) * width, to: place, count: width)
                            }
                            let length = Float.dot(place, place, count: width).squareRoot()
                            guard length > 0 else { continue }
                            for column in 0..<width { place[column] /= length }
                        }
                    }
                }
            }
            swap(&learned, &next)
            loop.room.keep(next)
        }
    }

    mutating func prepareSteps() {
        learnedSteps = Adam(count: learned.values.count, width: dimension)
        projectionSteps = Adam(count: projection.values.count)
    }

    /// The inputs of some nodes, or of all.
    ///
    /// - Throws: `Cancelled`.
    func rows(of nodes: [Int32]?, loop: RowLoop) throws -> DenseMatrix<Float> {
        var rows = try nodes.map { try learned.gathering($0, loop: loop) } ?? learned
        let (places, given) = try givenRows(of: nodes, loop: loop)
        guard !places.isEmpty else { return rows }
        let projected = try given.times(projection, isTransposed: true, loop: loop)
        for (index, place) in places.enumerated() {
            rows.values.replaceSubrange(
                Int(place) * dimension..<(Int(place) + 1) * dimension,
                with: projected.values[index * dimension..<(index + 1) * dimension])
        }
        return rows
    }

    /// A step of Adam, of size `rate`, against the gradient by ``rows(of:loop:)``.
    ///
    /// - Throws: `Cancelled`.
    mutating func step(
        _ gradient: DenseMatrix<Float>, nodes: [Int32]?, rate: Double, loop: RowLoop
    ) throws {
        if given.rows < learned.rows {
            let nodes = nodes ?? Array(0..<Int32(learned.rows))
            try learnedSteps?.step(&learned.values, rows: nodes, gradient.values, rate: rate, loop: loop)
        }
        let (places, given) = try givenRows(of: nodes, loop: loop)
        guard !places.isEmpty else { return }
        let above = try gradient.gathering(places, loop: loop)
        projectionSteps?.step(
            &projection.values, try above.transposedTimes(given, loop: loop).values, rate: rate)
    }

    /// Lets go of what only further steps need.
    mutating func endSteps() {
        learnedSteps = nil
        projectionSteps = nil
    }

    /// Which of the rows belong to nodes with given features, and those features.
    private func givenRows(
        of nodes: [Int32]?, loop: RowLoop
    ) throws -> (places: [Int32], given: DenseMatrix<Float>) {
        guard given.rows > 0 else { return ([], given) }
        let all = nodes ?? Array(0..<Int32(places.count))
        let found = all.indices.filter { places[Int(all[$0])] >= 0 }
        return (found.map(Int32.init), try given.gathering(found.map { places[Int(all[$0])] }, loop: loop))
    }
}
