import Foundation

/// One step of skip-gram with negative sampling: all contexts of one centre against the centre and its negatives.
///
/// The negatives are shared by the contexts of a window, so that a step is three small matrix products over rows that
/// stay in the first-level cache (Ji et al., "Parallelizing Word2Vec in Shared and Distributed Memory",
/// IEEE TPDS 2019). With scores `s = in · out`, labels `y` (1 for the centre, 0 for a negative) and the rate η:
/// `g = η (y − σ(s))`, `in += g · out`, `out += gᵀ · in`, both from the rows as they were.
///
/// The caller puts the addresses of rows into ``inputs`` and ``outputs``; a row is ``lanes`` vectors of four floats,
/// aligned to 16 bytes. A row may stand in either list more than once. One value serves one thread at a time.
package struct SkipGramWindow: ~Copyable {
    package typealias Lane = SIMD4<Float>
    package typealias Row = UnsafeMutablePointer<Lane>

    /// The vectors of four floats in a row.
    package let lanes: Int
    /// Room for `contextLimit` context rows, to be filled from 0.
    package let inputs: UnsafeMutablePointer<Row>
    /// Room for the centre's row at 0 and the negatives' after it.
    package let outputs: UnsafeMutablePointer<Row>

    private let inputLimit: Int
    private let outputLimit: Int
    /// A row of zeros, at which unused places point.
    private let blank: Row
    private let scores: UnsafeMutablePointer<Float>
    private let gradients: UnsafeMutablePointer<Lane>
    private let sigmoid: SigmoidTable

    /// The sides of the tiles in which scores and updates are worked out: both fit the 16 vector registers of x86-64.
    private static let scoreTile = 3
    private static let updateTile = 6

    package init(dimension: Int, contextLimit: Int, negatives: Int, sigmoid: SigmoidTable = SigmoidTable()) {
        lanes = (dimension + 3) / 4
        inputLimit = contextLimit.roundedUp(to: Self.scoreTile)
        outputLimit = (negatives + 1).roundedUp(to: Self.updateTile)
        blank = .allocate(capacity: lanes)
        blank.initialize(repeating: .zero, count: lanes)
        inputs = .allocate(capacity: inputLimit)
        inputs.initialize(repeating: blank, count: inputLimit)
        outputs = .allocate(capacity: outputLimit)
        outputs.initialize(repeating: blank, count: outputLimit)
        scores = .allocate(capacity: inputLimit * outputLimit)
        scores.initialize(repeating: 0, count: inputLimit * outputLimit)
        gradients = .allocate(capacity: inputLimit * outputLimit)
        gradients.initialize(repeating: .zero, count: inputLimit * outputLimit)
        self.sigmoid = sigmoid
    }

    deinit {
        blank.deallocate()
        inputs.deallocate()
        outputs.deallocate()
        scores.deallocate()
        gradients.deallocate()
    }

    /// Takes the step.
    ///
    /// - Parameters:
    ///   - inputCount: the contexts, from 1 to the limit.
    ///   - outputCount: the centre and its negatives.
    ///   - firstLabel: the label of `outputs[0]`: 1 for a centre, 0 where it is a negative too.
    ///   - rate: the learning rate η.
    /// - Complexity: O(inputCount · outputCount · dimension).
    @inline(__always)
    package func step(inputCount: Int, outputCount: Int, firstLabel: Float = 1, rate: Float) {
        let outputWidth = outputCount.roundedUp(to: Self.updateTile)
        for place in inputCount..<inputCount.roundedUp(to: Self.scoreTile) { inputs[place] = blank }
        for place in outputCount..<outputWidth { outputs[place] = blank }
        for input in stride(from: 0, to: inputCount, by: Self.scoreTile) {
            for output in stride(from: 0, to: outputWidth, by: Self.scoreTile) {
                score(input: input, output: output, width: outputWidth)
            }
        }
        for input in 0..<inputCount {
            let row = input * outputWidth
            for output in 0..<outputWidth {
                let label: Float = output == 0 ? firstLabel : 0
                // A blank row has the score 0; its gradient must not reach it.
                let isUsed = outputs[output] != blank
                gradients[row + output] = Lane(
                    repeating: isUsed ? (label - sigmoid[scores[row + output]]) * rate : 0)
            }
        }
        for output in stride(from: 0, to: outputWidth, by: Self.updateTile) {
            update(inputCount: inputCount, output: output, width: outputWidth)
        }
    }

    /// The mean of −log σ(±s) over the pairs of the step just taken, from the scores before it.
    package func loss(inputCount: Int, outputCount: Int) -> Double {
        let width = outputCount.roundedUp(to: Self.updateTile)
        var sum = 0.0
        for input in 0..<inputCount {
            for output in 0..<outputCount {
                let score = Double(scores[input * width + output])
                sum += log1p(exp(output == 0 ? -score : score))
            }
        }
        return sum / Double(inputCount)
    }

    /// An output row that no update reaches: what stands in for a negative that could not be drawn.
    package var unused: Row { blank }

    /// The dot products of three inputs with three outputs.
    @inline(__always)
    private func score(input: Int, output: Int, width: Int) {
        let (a0, a1, a2) = (inputs[input], inputs[input + 1], inputs[input + 2])
        let (b0, b1, b2) = (outputs[output], outputs[output + 1], outputs[output + 2])
        var (s00, s01, s02) = (Lane.zero, Lane.zero, Lane.zero)
        var (s10, s11, s12) = (Lane.zero, Lane.zero, Lane.zero)
        var (s20, s21, s22) = (Lane.zero, Lane.zero, Lane.zero)
        for lane in 0..<lanes {
            let (x0, x1, x2) = (a0[lane], a1[lane], a2[lane])
            let y0 = b0[lane]
            s00 += x0 * y0
            s10 += x1 * y0
            s20 += x2 * y0
            let y1 = b1[lane]
            s01 += x0 * y1
            s11 += x1 * y1
            s21 += x2 * y1
            let y2 = b2[lane]
            s02 += x0 * y2
            s12 += x1 * y2
            s22 += x2 * y2
        }
        let row = scores + input * width + output
        row[0] = s00.total
        row[1] = s01.total
        row[2] = s02.total
        row[width] = s10.total
        row[width + 1] = s11.total
        row[width + 2] = s12.total
        row[2 * width] = s20.total
        row[2 * width + 1] = s21.total
        row[2 * width + 2] = s22.total
    }

    /// Both updates for six outputs, four components at a time, so that each reads the other's row as it was.
    @inline(__always)
    private func update(inputCount: Int, output: Int, width: Int) {
        let rows = outputs + output
        for lane in 0..<lanes {
            let (b0, b1, b2) = (rows[0][lane], rows[1][lane], rows[2][lane])
            let (b3, b4, b5) = (rows[3][lane], rows[4][lane], rows[5][lane])
            var (c0, c1, c2) = (Lane.zero, Lane.zero, Lane.zero)
            var (c3, c4, c5) = (Lane.zero, Lane.zero, Lane.zero)
            var gradient = gradients + output
            for input in 0..<inputCount {
                let row = inputs[input]
                let x = row[lane]
                var change = gradient[0] * b0
                c0 += gradient[0] * x
                change += gradient[1] * b1
                c1 += gradient[1] * x
                change += gradient[2] * b2
                c2 += gradient[2] * x
                change += gradient[3] * b3
                c3 += gradient[3] * x
                change += gradient[4] * b4
                c4 += gradient[4] * x
                change += gradient[5] * b5
                c5 += gradient[5] * x
                row[lane] = x + change
                gradient += width
            }
            rows[0][lane] += c0
            rows[1][lane] += c1
            rows[2][lane] += c2
            rows[3][lane] += c3
            rows[4][lane] += c4
            rows[5][lane] += c5
        }
    }
}

extension SIMD4<Float> {
    /// The sum of the four lanes, in a fixed order.
    @inline(__always)
    fileprivate var total: Float {
        let pairs = lowHalf + highHalf
        return pairs.x + pairs.y
    }
}

extension Int {
    @inline(__always)
    fileprivate func roundedUp(to step: Int) -> Int { (self + step - 1) / step * step }
}
