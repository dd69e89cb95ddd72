/// One head of self-attention (Vaswani et al., NeurIPS 2017, eq. 1) with a way around it, a rectified layer at each
/// letter, and the mean over the word's letters.
struct AttentionEncoder<Number: Real> {
    private let letters: LetterTable<Number>
    private let project: Dense<Number>
    private let mix: Dense<Number>
    private let respond: Dense<Number>
    private let dimension: Int
    private let width: Int
    private let x: Buffer<Number>
    private let projected: Buffer<Number>
    private let attention: Buffer<Number>
    private let heard: Buffer<Number>
    private let mixed: Buffer<Number>
    private let responses: Buffer<Number>
    private let features: Buffer<Number>
    private let xSlope: Buffer<Number>
    private let projectedSlope: Buffer<Number>
    private let attentionSlope: Buffer<Number>
    private let heardSlope: Buffer<Number>
    private let mixedSlope: Buffer<Number>
    private let responseSlope: Buffer<Number>

    init(_ architecture: Architecture, batch: Int, in layout: inout ParameterLayout) {
        dimension = architecture.embedding
        width = architecture.width
        let places = batch * Alphabet.positions
        letters = LetterTable(dimension: dimension, withPositions: true, in: &layout)
        project = Dense(inputs: dimension, outputs: 3 * dimension, activation: .none, in: &layout)
        mix = Dense(inputs: dimension, outputs: dimension, activation: .none, in: &layout)
        respond = Dense(inputs: dimension, outputs: width, activation: .relu, in: &layout)
        x = Buffer(count: places * dimension)
        projected = Buffer(count: places * 3 * dimension)
        attention = Buffer(count: places * Alphabet.positions)
        heard = Buffer(count: places * dimension)
        mixed = Buffer(count: places * dimension)
        responses = Buffer(count: places * width)
        features = Buffer(count: batch * width)
        xSlope = Buffer(count: places * dimension)
        projectedSlope = Buffer(count: places * 3 * dimension)
        attentionSlope = Buffer(count: Alphabet.positions * Alphabet.positions)
        heardSlope = Buffer(count: places * dimension)
        mixedSlope = Buffer(count: places * dimension)
        responseSlope = Buffer(count: places * width)
    }

    private var scale: Number { 1 / Number(dimension).squareRoot() }

    private func length(of word: Int, in batch: WordBatch) -> Int {
        let codes = batch.left + word * Alphabet.positions
        var length = 0
        while length < Alphabet.positions && codes[length] != 0 { length += 1 }
        return length
    }

    func forward(_ parameters: Buffer<Number>, _ batch: WordBatch) -> UnsafeMutablePointer<Number> {
        let positions = Alphabet.positions
        let places = batch.count * positions
        letters.forward(parameters, batch.left, count: places, into: x.base)
        project.forward(parameters, x.base, rows: places, into: projected.base)
        heard.clear(first: places * dimension)
        for word in 0..<batch.count {
            let length = length(of: word, in: batch)
            let query = projected.base + word * positions * 3 * dimension
            let weights = attention.base + word * positions * positions
            Number.gemm(
                m: length, n: length, k: dimension, alpha: scale, query, lda: 3 * dimension, transposeA: false,
                query + dimension, ldb: 3 * dimension, transposeB: true, beta: 0, into: weights, ldc: positions)
            for place in 0..<length {
                let row = weights + place * positions
                var largest = row[0]
                for other in 1..<length where row[other] > largest { largest = row[other] }
                var sum: Number = 0
                for other in 0..<length {
                    row[other] = Number.exponential(row[other] - largest)
                    sum += row[other]
                }
                for other in 0..<length { row[other] /= sum }
            }
            Number.gemm(
                m: length, n: dimension, k: length, alpha: 1, weights, lda: positions, transposeA: false,
                query + 2 * dimension, ldb: 3 * dimension, transposeB: false, beta: 0,
                into: heard.base + word * positions * dimension, ldc: dimension)
        }
        mix.forward(parameters, heard.base, rows: places, into: mixed.base)
        for index in 0..<places * dimension { mixed.base[index] += x.base[index] }
        respond.forward(parameters, mixed.base, rows: places, into: responses.base)
        for word in 0..<batch.count {
            let length = length(of: word, in: batch)
            let mean = features.base + word * width
            mean.update(repeating: 0, count: width)
            for place in 0..<length {
                let response = responses.base + (word * positions + place) * width
                for unit in 0..<width { mean[unit] += response[unit] }
            }
            for unit in 0..<width { mean[unit] /= Number(length) }
        }
        return features.base
    }

    func backward(
        _ parameters: Buffer<Number>, _ gradients: Buffer<Number>, _ batch: WordBatch,
        dy: UnsafeMutablePointer<Number>
    ) {
        let positions = Alphabet.positions
        let places = batch.count * positions
        responseSlope.clear(first: places * width)
        for word in 0..<batch.count {
            let length = length(of: word, in: batch)
            for place in 0..<length {
                let to = responseSlope.base + (word * positions + place) * width
                for unit in 0..<width { to[unit] = dy[word * width + unit] / Number(length) }
            }
        }
        respond.backward(
            parameters, gradients, x: mixed.base, y: responses.base, rows: places, dy: responseSlope.base,
            dx: mixedSlope.base)
        mix.backward(
            parameters, gradients, x: heard.base, y: mixed.base, rows: places, dy: mixedSlope.base,
            dx: heardSlope.base)
        projectedSlope.clear(first: places * 3 * dimension)
        for word in 0..<batch.count { backwardThroughHead(word, length: length(of: word, in: batch)) }
        project.backward(
            parameters, gradients, x: x.base, y: projected.base, rows: places, dy: projectedSlope.base,
            dx: xSlope.base)
        for index in 0..<places * dimension { xSlope.base[index] += mixedSlope.base[index] }
        letters.backward(gradients, batch.left, count: places, dx: xSlope.base)
    }

    /// From `heardSlope` to `projectedSlope`, for one word.
    private func backwardThroughHead(_ word: Int, length: Int) {
        let positions = Alphabet.positions
        let query = projected.base + word * positions * 3 * dimension
        let querySlope = projectedSlope.base + word * positions * 3 * dimension
        let weights = attention.base + word * positions * positions
        let slope = attentionSlope.base
        let dHeard = heardSlope.base + word * positions * dimension
        Number.gemm(
            m: length, n: length, k: dimension, alpha: 1, dHeard, lda: dimension, transposeA: false,
            query + 2 * dimension, ldb: 3 * dimension, transposeB: true, beta: 0, into: slope, ldc: positions)
        Number.gemm(
            m: length, n: dimension, k: length, alpha: 1, weights, lda: positions, transposeA: true, dHeard,
            ldb: dimension, transposeB: false, beta: 0, into: querySlope + 2 * dimension, ldc: 3 * dimension)
        for place in 0..<length {
            let row = weights + place * positions
            let rowSlope = slope + place * positions
            var along: Number = 0
            for other in 0..<length { along += row[other] * rowSlope[other] }
            for other in 0..<length { rowSlope[other] = row[other] * (rowSlope[other] - along) }
        }
        Number.gemm(
            m: length, n: dimension, k: length, alpha: scale, slope, lda: positions, transposeA: false,
            query + dimension, ldb: 3 * dimension, transposeB: false, beta: 0, into: querySlope, ldc: 3 * dimension)
        Number.gemm(
            m: length, n: dimension, k: length, alpha: scale, slope, lda: positions, transposeA: true, query,
            ldb: 3 * dimension, transposeB: false, beta: 0, into: querySlope + dimension, ldc: 3 * dimension)
    }
}
