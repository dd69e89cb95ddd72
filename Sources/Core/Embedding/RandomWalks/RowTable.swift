/// A matrix of floats, each row on whole vectors of four, that the threads of one training share.
///
/// `@unchecked Sendable` holds because of how ``SkipGram`` uses it: by default, blocks that run at once touch disjoint
/// rows. With lock-free training rows are shared on purpose; then updates may be lost or mixed, which costs exactness
/// and nothing else, since every pattern of bits is a float and the memory lives until the last thread lets go of it.
final class RowTable: @unchecked Sendable {
    let rowCount: Int
    /// The vectors of four floats in a row.
    let lanes: Int
    private let start: UnsafeMutablePointer<SkipGramWindow.Lane>

    init(rowCount: Int, dimension: Int) {
        self.rowCount = rowCount
        lanes = (dimension + 3) / 4
        start = .allocate(capacity: max(1, rowCount * lanes))
        start.initialize(repeating: .zero, count: rowCount * lanes)
    }

    deinit { start.deallocate() }

    @inline(__always)
    func row(_ node: Int) -> SkipGramWindow.Row {
        start + node &* lanes
    }

    /// Fills every row from a random stream of its own, uniformly in ±1 / (2 · dimension), as word2vec does.
    func randomise(dimension: Int, seed: UInt64, threads: Int, work: Work) throws(Cancelled) {
        let reach = 1 / Float(dimension)
        try Parallel.loop((rowCount + 255) / 256, threads: threads, work: work) { chunk in
            for node in chunk * 256..<min(self.rowCount, chunk * 256 + 256) {
                var generator = SeededGenerator(seed: seed, stream: UInt64(node))
                let row = UnsafeMutableRawPointer(self.row(node)).assumingMemoryBound(to: Float.self)
                for component in 0..<dimension {
                    row[component] = (Float(generator.uniform()) - 0.5) * reach
                }
            }
        }
    }

    /// The rows, end to end and without padding.
    func components(dimension: Int) -> [Float] {
        Array(unsafeUninitializedCapacity: rowCount * dimension) { buffer, count in
            for node in 0..<rowCount {
                let row = UnsafeMutableRawPointer(row(node)).assumingMemoryBound(to: Float.self)
                for component in 0..<dimension {
                    buffer.initializeElement(at: node * dimension + component, to: row[component])
                }
            }
            count = rowCount * dimension
        }
    }
}
