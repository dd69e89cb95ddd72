/// What a graph network's first layer sees of each node: features that are learned, or a learned linear map of those
/// that are given.
struct NodeInputs: Sendable {
    /// A row a node; those of nodes with given features are not used.
    private var learned: NodeMatrix<Float>
    private var learnedSteps: Adam<Float>?
    /// The features of the nodes that have some, standardised, and the row of each node among them, or −1.
    private let given: NodeMatrix<Float>
    private let places: [Int32]
    /// `dimension × f`.
    private var projection: NodeMatrix<Float>
    private var projectionSteps: Adam<Float>?

    var dimension: Int { learned.columns }

    /// - Throws: ``UserError`` named `ShapeMismatch` if the features are not a row a node; ``Cancelled``.
    init(
        nodeCount: Int, features: [Float]?, dimension: Int, using generator: inout SeededGenerator, work: Work
    ) throws {
        let features = features ?? []
        guard nodeCount == 0 || features.count % nodeCount == 0 else {
            throw UserError(
                "ShapeMismatch", "\(features.count) numbers are not whole rows of features for \(nodeCount) nodes.")
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
        given = NodeMatrix(rows: count, columns: width, values: rows).standardised()
        self.places = places
        learned = NodeMatrix(rows: nodeCount, columns: dimension)
        let spread = 1 / Double(dimension).squareRoot()
        for place in learned.values.indices {
            if place & 0xFFFF == 0 { try work.check() }
            learned.values[place] = Float(generator.normal() * spread)
        }
        projection = NodeMatrix(rows: dimension, columns: width, glorot: &generator)
    }

    mutating func prepareSteps(rate: Float) {
        learnedSteps = Adam(count: learned.values.count, rate: rate, width: dimension)
        projectionSteps = Adam(count: projection.values.count, rate: rate)
    }

    /// The inputs of some nodes, or of all.
    func rows(of nodes: [Int32]?) -> NodeMatrix<Float> {
        var rows = nodes.map(learned.gathering) ?? learned
        let (places, given) = givenRows(of: nodes)
        guard !places.isEmpty else { return rows }
        let projected = given.timesTransposed(projection)
        for (index, place) in places.enumerated() {
            rows.values.replaceSubrange(
                place * dimension..<(place + 1) * dimension,
                with: projected.values[index * dimension..<(index + 1) * dimension])
        }
        return rows
    }

    /// A step of Adam against the gradient by ``rows(of:)``.
    mutating func step(_ gradient: NodeMatrix<Float>, nodes: [Int32]?) {
        if given.rows < learned.rows {
            if let nodes {
                learnedSteps?.step(&learned.values, rows: nodes, gradient.values)
            } else {
                learnedSteps?.step(&learned.values, gradient.values)
            }
        }
        let (places, given) = givenRows(of: nodes)
        guard !places.isEmpty else { return }
        let above = gradient.gathering(places.map(Int32.init))
        projectionSteps?.step(&projection.values, above.transposedTimes(given).values)
    }

    /// Which of the rows belong to nodes with given features, and those features.
    private func givenRows(of nodes: [Int32]?) -> (places: [Int], given: NodeMatrix<Float>) {
        guard given.rows > 0 else { return ([], given) }
        let all = nodes ?? Array(0..<Int32(places.count))
        let found = all.indices.filter { places[Int(all[$0])] >= 0 }
        return (found, given.gathering(found.map { places[Int(all[$0])] }))
    }
}

extension NodeMatrix {
    /// Each column shifted and scaled to mean 0 and variance 1; a column of one value becomes zeros.
    fileprivate func standardised() -> NodeMatrix {
        var result = self
        for column in 0..<columns {
            var (sum, squares) = (0.0, 0.0)
            for row in 0..<rows { sum += Double(values[row * columns + column]) }
            let mean = sum / Double(max(1, rows))
            for row in 0..<rows {
                let difference = Double(values[row * columns + column]) - mean
                squares += difference * difference
            }
            let deviation = (squares / Double(max(1, rows))).squareRoot()
            for row in 0..<rows {
                let difference = Double(values[row * columns + column]) - mean
                result.values[row * columns + column] = deviation > 0 ? Scalar(difference / deviation) : 0
            }
        }
        return result
    }
}
