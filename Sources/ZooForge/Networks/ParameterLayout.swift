import TransferGraphCore

/// Where each layer's weights stand in a network's one array of parameters, and how they begin.
struct ParameterLayout {
    private struct Block {
        let range: Range<Int>
        let limit: Double
    }

    private(set) var count = 0
    private var blocks: [Block] = []

    /// Room for a matrix of `inputs × outputs` weights that begin uniform in ±√(6 / (inputs + outputs))
    /// (Glorot and Bengio, AISTATS 2010, eq. 16). Returns where it starts.
    mutating func matrix(inputs: Int, outputs: Int) -> Int {
        reserve(inputs * outputs, limit: (6 / Double(inputs + outputs)).squareRoot())
    }

    /// Room for a table of vectors that begin uniform in ±½. Returns where it starts.
    mutating func table(rows: Int, columns: Int) -> Int {
        reserve(rows * columns, limit: 0.5)
    }

    /// Room for offsets that begin at zero. Returns where it starts.
    mutating func offsets(_ length: Int) -> Int {
        reserve(length, limit: 0)
    }

    private mutating func reserve(_ length: Int, limit: Double) -> Int {
        let start = count
        count += length
        blocks.append(Block(range: start..<count, limit: limit))
        return start
    }

    /// Fills the parameters from `first` on with their beginning values. Uniform draws need no function of the C
    /// library, so a seed gives the same network on every processor.
    func initialise<Number: Real>(
        _ parameters: Buffer<Number>, from first: Int = 0, _ generator: inout SeededGenerator
    ) {
        for block in blocks where block.range.lowerBound >= first {
            for index in block.range {
                parameters.base[index] =
                    block.limit == 0 ? 0 : Number((2 * generator.uniform() - 1) * block.limit)
            }
        }
    }
}
