import CSkipGram
import Foundation

/// One step of skip-gram with negative sampling: all contexts of one centre against the centre and its negatives.
///
/// The negatives are shared by the contexts of a window, so that a step is three small matrix products (in `CSkipGram`) over rows that
/// stay in the first-level cache (Ji et al., "Parallelizing Word2Vec in Shared and Distributed Memory",
/// IEEE TPDS 2019). With scores `s = in · out`, labels `y` (1 for the centre, 0 for a negative) and the rate η:
/// `g = η (y − σ(s))`, `in += g · out`, `out += gᵀ · in`, both from the rows as they were.
///
/// The caller puts the addresses of rows into ``inputs`` and ``outputs``; a row is ``width`` vectors of eight floats,
/// aligned to 32 bytes. A row may stand in either list more than once. One value serves one thread at a time.
package struct SkipGramWindow: ~Copyable {
    package typealias Row = UnsafeMutablePointer<Float>

    /// The vectors of eight floats in a row.
    package let width: Int
    /// Room for `contextLimit` context rows, to be filled from 0.
    package let inputs: UnsafeMutablePointer<Row?>
    /// Room for the centre's row at 0 and the negatives' after it.
    package let outputs: UnsafeMutablePointer<Row?>

    /// Whether vectors of eight and fused products are used.
    private let isWide: Bool
    private let inputLimit: Int
    private let outputLimit: Int
    /// Where the next step's rows are put down while they are fetched from memory.
    private let nextInputs: UnsafeMutablePointer<Row?>
    private let nextOutputs: UnsafeMutablePointer<Row?>
    /// A row of zeros, at which unused places point.
    private let blank: Row
    private let scores: UnsafeMutablePointer<Float>
    private let gradients: UnsafeMutablePointer<Float>
    private let sigmoid: SigmoidTable

    /// The sides of the tiles in which scores and updates are worked out.
    private static let scoreTile = 3
    private static let updateTile = 6

    /// Whether the processor has vectors of eight floats and fused products.
    package static let processorIsWide = skipgram_has_wide()

    /// - Parameter isWide: the other way is for processors that have not, and for comparing with it.
    package init(
        dimension: Int, contextLimit: Int, negatives: Int, sigmoid: SigmoidTable = SigmoidTable(),
        isWide: Bool = processorIsWide
    ) {
        self.isWide = isWide && Self.processorIsWide
        width = Self.width(of: dimension)
        inputLimit = contextLimit.roundedUp(to: Self.scoreTile)
        outputLimit = (negatives + 1).roundedUp(to: Self.updateTile)
        blank = Self.allocateRows(1, width: width)
        inputs = .allocate(capacity: inputLimit)
        inputs.initialize(repeating: blank, count: inputLimit)
        outputs = .allocate(capacity: outputLimit)
        outputs.initialize(repeating: blank, count: outputLimit)
        nextInputs = .allocate(capacity: inputLimit)
        nextInputs.initialize(repeating: blank, count: inputLimit)
        nextOutputs = .allocate(capacity: outputLimit)
        nextOutputs.initialize(repeating: blank, count: outputLimit)
        scores = .allocate(capacity: inputLimit * outputLimit)
        scores.initialize(repeating: 0, count: inputLimit * outputLimit)
        gradients = .allocate(capacity: inputLimit * outputLimit)
        gradients.initialize(repeating: 0, count: inputLimit * outputLimit)
        self.sigmoid = sigmoid
    }

    deinit {
        blank.deallocate()
        inputs.deallocate()
        outputs.deallocate()
        nextInputs.deallocate()
        nextOutputs.deallocate()
        scores.deallocate()
        gradients.deallocate()
    }

    /// The vectors of eight floats that hold `dimension` components.
    package static func width(of dimension: Int) -> Int { (dimension + 7) / 8 }

    /// Rows of zeros, end to end, as a step wants them. To be given back with `deallocate()`.
    package static func allocateRows(_ count: Int, width: Int) -> Row {
        let rows = UnsafeMutableRawPointer.allocate(byteCount: max(1, count * width) * 32, alignment: 64)
        let start = rows.bindMemory(to: Float.self, capacity: max(1, count * width) * 8)
        start.initialize(repeating: 0, count: max(1, count * width) * 8)
        return start
    }

    /// Names a context of the step after the one that ``inputs`` and ``outputs`` name, and has it fetched.
    @inline(__always)
    func prepareInput(_ place: Int, _ row: Row) {
        skipgram_prefetch(row, width)
        nextInputs[place] = row
    }

    /// The same for the centre, at 0, and the negatives.
    @inline(__always)
    func prepareOutput(_ place: Int, _ row: Row) {
        skipgram_prefetch(row, width)
        nextOutputs[place] = row
    }

    /// Makes the step that was prepared the next to be taken.
    func advance() {
        inputs.update(from: nextInputs, count: inputLimit)
        outputs.update(from: nextOutputs, count: outputLimit)
    }

    /// Takes the step.
    ///
    /// - Parameters:
    ///   - inputCount: the contexts, from 1 to the limit.
    ///   - outputCount: the centre and its negatives.
    ///   - firstLabel: the label of `outputs[0]`: 1 for a centre, 0 where it is a negative too.
    ///   - rate: the learning rate η.
    /// - Complexity: O(inputCount · outputCount · dimension).
    package func step(inputCount: Int, outputCount: Int, firstLabel: Float = 1, rate: Float) {
        let outputWidth = outputCount.roundedUp(to: Self.updateTile)
        for place in inputCount..<inputCount.roundedUp(to: Self.scoreTile) { inputs[place] = blank }
        for place in outputCount..<outputWidth { outputs[place] = blank }
        skipgram_scores(inputs, inputCount, outputs, outputWidth, width, scores, isWide)
        for output in 0..<outputWidth {
            let label: Float = output == 0 ? firstLabel : 0
            // A blank row has the score 0; its gradient must not reach it.
            let used: Float = outputs[output] == blank ? 0 : rate
            for position in stride(from: output, to: inputCount * outputWidth, by: outputWidth) {
                gradients[position] = (label - sigmoid[scores[position]]) * used
            }
        }
        skipgram_update(inputs, inputCount, outputs, outputWidth, width, gradients, isWide)
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
}

extension Int {
    @inline(__always)
    fileprivate func roundedUp(to step: Int) -> Int { (self + step - 1) / step * step }
}
