/// The vectors of a word's first and last letters side by side, then dense layers.
struct EndsEncoder<Number: Real> {
    /// The letters kept of the beginning, and as many of the end, marks included.
    static var kept: Int { 7 }

    private let letters: LetterTable<Number>
    private let dense: DenseStack<Number>
    private let codes: UnsafeCodes
    private let x: Buffer<Number>
    private let slope: Buffer<Number>

    init(_ architecture: Architecture, batch: Int, in layout: inout ParameterLayout) {
        letters = LetterTable(dimension: architecture.embedding, in: &layout)
        let inputs = 2 * Self.kept * architecture.embedding
        dense = DenseStack(
            inputs: inputs, width: architecture.width, depth: architecture.depth, batch: batch, in: &layout)
        codes = UnsafeCodes(count: batch * 2 * Self.kept)
        x = Buffer(count: batch * inputs)
        slope = Buffer(count: batch * inputs)
    }

    func forward(_ parameters: Buffer<Number>, _ batch: WordBatch) -> UnsafeMutablePointer<Number> {
        let kept = Self.kept
        let positions = Alphabet.positions
        for index in 0..<batch.count {
            let to = codes.base + index * 2 * kept
            to.update(from: batch.left + index * positions, count: kept)
            (to + kept).update(from: batch.right + (index + 1) * positions - kept, count: kept)
        }
        letters.forward(parameters, codes.base, count: batch.count * 2 * kept, into: x.base)
        return dense.forward(parameters, x.base, rows: batch.count)
    }

    func backward(
        _ parameters: Buffer<Number>, _ gradients: Buffer<Number>, _ batch: WordBatch,
        dy: UnsafeMutablePointer<Number>
    ) {
        dense.backward(parameters, gradients, x: x.base, rows: batch.count, dy: dy, dx: slope.base)
        letters.backward(gradients, codes.base, count: batch.count * 2 * Self.kept, dx: slope.base)
    }

    /// Room for letters. Invariant: `base` points to as many initialised letters as were asked for.
    private final class UnsafeCodes {
        let base: UnsafeMutablePointer<UInt8>
        init(count: Int) {
            base = .allocate(capacity: count)
            base.initialize(repeating: 0, count: count)
        }
        deinit { base.deallocate() }
    }
}
