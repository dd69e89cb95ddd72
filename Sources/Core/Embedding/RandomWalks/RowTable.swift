import Support

/// A matrix of floats, each row on whole vectors of eight, that the threads of one training share.
///
/// `@unchecked Sendable` holds because of how ``SkipGram`` uses it: by default, blocks that run at once touch disjoint
/// rows. With lock-free training rows are shared on purpose; then updates may be lost or mixed, which costs exactness
/// and nothing else, since every pattern of bits is a float and the memory lives until the last thread lets go of it.
final class RowTable: @unchecked Sendable {
    let rowCount: Int
    /// The floats from one row to the next.
    let stride: Int
    private let start: SkipGramWindow.Row

    init(rowCount: Int, dimension: Int) {
        self.rowCount = rowCount
        let width = SkipGramWindow.width(of: dimension)
        stride = 8 * width
        start = SkipGramWindow.allocateRows(rowCount, width: width)
    }

    deinit { start.deallocate() }

    @inline(__always)
    func row(_ node: Int) -> SkipGramWindow.Row {
        start + node &* stride
    }

    /// Fills every row from a random stream of its own, uniformly in ±1 / (2 · dimension), as word2vec does.
    func randomise(dimension: Int, seed: UInt64, threads: Int, work: Work) throws(Cancelled) {
        let reach = 1 / Float(dimension)
        try Parallel.loop((rowCount + 255) / 256, threads: threads, work: work) { chunk in
            for node in chunk * 256..<min(self.rowCount, chunk * 256 + 256) {
                var generator = SeededGenerator(seed: seed, purpose: .initialVector, item: node)
                let row = self.row(node)
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
                let row = row(node)
                for component in 0..<dimension {
                    buffer.initializeElement(at: node * dimension + component, to: row[component])
                }
            }
            count = rowCount * dimension
        }
    }
}
