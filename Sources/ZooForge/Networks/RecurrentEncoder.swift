/// A gated recurrent unit (Cho et al., EMNLP 2014, with the reset gate after the product, as in cuDNN) read from
/// left to right; the features are its last state.
///
/// With x the letter's vector and h the state before:
/// r = σ(x·Wr + h·Ur), z = σ(x·Wz + h·Uz), n = tanh(x·Wn + r ∘ (h·Un)), and the new state is (1 − z) ∘ n + z ∘ h,
/// each sum with its offset.
struct RecurrentEncoder<Number: Real> {
    private let letters: LetterTable<Number>
    /// x·[Wr Wz Wn] for all positions at once.
    private let inward: Dense<Number>
    /// h·[Ur Uz Un].
    private let onward: Dense<Number>
    private let width: Int
    private let x: Buffer<Number>
    private let xSlope: Buffer<Number>
    /// `batch × positions` rows of three gates.
    private let inwardSums: Buffer<Number>
    private let inwardSlope: Buffer<Number>
    /// `positions + 1` states of the whole batch, the first zero.
    private let states: Buffer<Number>
    /// `positions` blocks of the whole batch: h·U, its slopes, and the gates r, z, n.
    private let onwardSums: Buffer<Number>
    private let onwardSlope: Buffer<Number>
    private let gates: Buffer<Number>
    private let stateSlope: Buffer<Number>

    init(_ architecture: Architecture, batch: Int, in layout: inout ParameterLayout) {
        width = architecture.width
        let places = batch * Alphabet.positions
        letters = LetterTable(dimension: architecture.embedding, in: &layout)
        inward = Dense(inputs: architecture.embedding, outputs: 3 * width, activation: .none, in: &layout)
        onward = Dense(inputs: width, outputs: 3 * width, activation: .none, in: &layout)
        x = Buffer(count: places * architecture.embedding)
        xSlope = Buffer(count: places * architecture.embedding)
        inwardSums = Buffer(count: places * 3 * width)
        inwardSlope = Buffer(count: places * 3 * width)
        states = Buffer(count: (places + batch) * width)
        onwardSums = Buffer(count: places * 3 * width)
        onwardSlope = Buffer(count: places * 3 * width)
        gates = Buffer(count: places * 3 * width)
        stateSlope = Buffer(count: batch * width)
    }

    func forward(_ parameters: Buffer<Number>, _ batch: WordBatch) -> UnsafeMutablePointer<Number> {
        let positions = Alphabet.positions
        let rows = batch.count
        letters.forward(parameters, batch.right, count: rows * positions, into: x.base)
        inward.forward(parameters, x.base, rows: rows * positions, into: inwardSums.base)
        states.clear(first: rows * width)
        for position in 0..<positions {
            let state = states.base + position * rows * width
            let sums = onwardSums.base + position * rows * 3 * width
            onward.forward(parameters, state, rows: rows, into: sums)
            for row in 0..<rows {
                let a = inwardSums.base + (row * positions + position) * 3 * width
                let b = sums + row * 3 * width
                let gate = gates.base + (position * rows + row) * 3 * width
                let before = state + row * width
                let after = state + (rows + row) * width
                for unit in 0..<2 * width { gate[unit] = Number.sigmoid(a[unit] + b[unit]) }
                for unit in 0..<width {
                    let candidate = Number.hyperbolicTangent(
                        a[2 * width + unit] + gate[unit] * b[2 * width + unit])
                    gate[2 * width + unit] = candidate
                    after[unit] = candidate + gate[width + unit] * (before[unit] - candidate)
                }
            }
        }
        return states.base + positions * rows * width
    }

    func backward(
        _ parameters: Buffer<Number>, _ gradients: Buffer<Number>, _ batch: WordBatch,
        dy: UnsafeMutablePointer<Number>
    ) {
        let positions = Alphabet.positions
        let rows = batch.count
        // `dy` carries the slope of the state from step to step.
        for position in (0..<positions).reversed() {
            let state = states.base + position * rows * width
            for row in 0..<rows {
                let b = onwardSums.base + (position * rows + row) * 3 * width
                let gate = gates.base + (position * rows + row) * 3 * width
                let before = state + row * width
                let slope = dy + row * width
                let da = inwardSlope.base + (row * positions + position) * 3 * width
                let db = onwardSlope.base + (position * rows + row) * 3 * width
                for unit in 0..<width {
                    let reset = gate[unit]
                    let keep = gate[width + unit]
                    let candidate = gate[2 * width + unit]
                    let dCandidate = slope[unit] * (1 - keep) * (1 - candidate * candidate)
                    let dKeep = slope[unit] * (before[unit] - candidate) * keep * (1 - keep)
                    let dReset = dCandidate * b[2 * width + unit] * reset * (1 - reset)
                    da[unit] = dReset
                    da[width + unit] = dKeep
                    da[2 * width + unit] = dCandidate
                    db[unit] = dReset
                    db[width + unit] = dKeep
                    db[2 * width + unit] = dCandidate * reset
                    slope[unit] *= keep
                }
            }
            onward.slope(
                parameters, dy: onwardSlope.base + position * rows * 3 * width, rows: rows, into: stateSlope.base)
            for index in 0..<rows * width { dy[index] += stateSlope.base[index] }
        }
        onward.backward(
            parameters, gradients, x: states.base, y: onwardSums.base, rows: positions * rows,
            dy: onwardSlope.base, dx: nil)
        inward.backward(
            parameters, gradients, x: x.base, y: inwardSums.base, rows: rows * positions, dy: inwardSlope.base,
            dx: xSlope.base)
        letters.backward(gradients, batch.right, count: rows * positions, dx: xSlope.base)
    }
}
